import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry, Notice
from common import clock
from reporting.actions.letters import draw_letters, record_signings
from reporting.actions.task_assignments import TargetRow, edit_targets
from reporting.models import ResponsibilityLetter
from reporting.rules.refusals import LetterRefused
from tests.factories import make_cycle
from tests.reporting.rows import make_task, noon
from tests.reporting.rows_of_work import call_lists, filed_list, hand_in_list
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def letters(world: World) -> list[ResponsibilityLetter]:
    """甲乡 has a list and a task of its own target, 乙镇 the task only, the department nothing."""
    call_lists(world)
    hand_in_list(filed_list(world, "responsibilities"), world)
    task = make_task(world, [world.township, world.other_township], target="今年建成", due_text="年底前")
    own = task.assignments.get(organization=world.township)
    edit_targets(task, rows=[TargetRow(own, "XX年建成", "XX年")], seen=1, by=world.user("clerk"))
    return draw_letters(world.cycle, by=world.user("clerk"))


def test_a_letter_holds_the_list_and_the_tasks_with_own_targets(letters: list[ResponsibilityLetter]) -> None:
    shown = {letter.organization.code: letter.items for letter in letters}
    assert shown == {
        "X1": [
            {"matter": "抓得不细，**户", "target": "每季度研究", "due": "X月底前"},
            {"matter": "建成党群服务中心", "target": "XX年建成", "due": "XX年"},
        ],
        "X2": [{"matter": "建成党群服务中心", "target": "今年建成", "due": "年底前"}],
    }
    assert letters[0].party_b is not None
    assert letters[0].party_b.person.name == "张某"
    assert AuditEntry.objects.of(letters[0]).get().verb == "生成责任书"


def test_a_signed_letter_stays_as_it_was_signed(world: World, letters: list[ResponsibilityLetter]) -> None:
    clerk = world.user("clerk")
    record_signings(world.cycle, letters=letters[:1], signed_on=dt.date(2026, 3, 20), by=clerk)
    make_task(world, [world.township, world.other_township], text="后来的任务")
    draw_letters(world.cycle, by=clerk)
    assert [len(letter.items) for letter in ResponsibilityLetter.objects.for_table()] == [2, 2]
    assert Notice.objects.filter(user=world.user("secretary"), text__contains="已登记签订").count() == 1


def test_signing_is_noted_by_day_and_taken_back(world: World, letters: list[ResponsibilityLetter]) -> None:
    clerk = world.user("clerk")
    with clock.at(noon(2026, 3, 20)):
        with pytest.raises(LetterRefused, match="不能晚于今天"):
            record_signings(world.cycle, letters=letters, signed_on=dt.date(2026, 3, 21), by=clerk)
        record_signings(world.cycle, letters=letters, signed_on=dt.date(2026, 3, 20), by=clerk)
        assert ResponsibilityLetter.objects.all().counts_by_level() == [("乡镇（街道）、部门", 2, 2)]
        record_signings(world.cycle, letters=letters[1:], signed_on=None, by=clerk)
    assert ResponsibilityLetter.objects.all().counts_by_level() == [("乡镇（街道）、部门", 2, 1)]


def test_nothing_to_promise_makes_no_letter(world: World) -> None:
    with pytest.raises(LetterRefused, match="还没有单位报送责任清单"):
        draw_letters(world.cycle, by=world.user("clerk"))


def test_wrong_people_and_letters_of_another_year_are_refused(
    world: World, letters: list[ResponsibilityLetter]
) -> None:
    for role in ("secretary", "leader", "superior", "sibling_clerk"):
        with pytest.raises(PermissionDenied):
            draw_letters(world.cycle, by=world.user(role))
        with pytest.raises(PermissionDenied):
            record_signings(world.cycle, letters=letters, signed_on=None, by=world.user(role))
    with pytest.raises(PermissionDenied):
        record_signings(make_cycle(world.county, 2027), letters=letters, signed_on=None, by=world.user("clerk"))
