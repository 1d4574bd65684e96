import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry, Organization
from common.conflicts import StaleRevision
from reporting.actions.key_tasks import TaskFacts, copy_key_tasks, create_key_task, edit_key_task, remove_key_task
from reporting.models import KeyTask
from reporting.rules.cycles import CyclePhase
from reporting.rules.refusals import CycleClosed, TaskRefused
from tests.factories import make_cycle
from tests.reporting.rows import make_task, tell
from tests.world import World

pytestmark = pytest.mark.django_db


def numbered(world: World) -> list[tuple[int, str]]:
    return list(world.cycle.key_tasks.values_list("position", "text"))


def test_numbers_run_without_a_gap_wherever_a_task_is_put(world: World) -> None:
    clerk = world.user("clerk")
    first = make_task(world, text="甲")
    make_task(world, text="乙")
    make_task(world, text="丙", position=1)
    assert numbered(world) == [(1, "丙"), (2, "甲"), (3, "乙")]
    first.refresh_from_db()
    edit_key_task(first, facts=TaskFacts(text="甲", position=99), seen=first.revision, by=clerk)
    assert numbered(world) == [(1, "丙"), (2, "乙"), (3, "甲")]
    remove_key_task(KeyTask.objects.get(text="乙"), by=clerk)
    assert numbered(world) == [(1, "丙"), (2, "甲")]


def test_what_was_typed_is_kept_and_the_trail_says_so(world: World) -> None:
    task = make_task(world, text="**项  任务，，", due_text="XX年年底前", is_mandatory=True)
    task.refresh_from_db()
    assert (task.text, str(task.deadline), task.is_mandatory) == ("**项  任务，，", "XX年年底前", True)
    entry = AuditEntry.objects.of(task).get()
    assert (entry.verb, entry.actor, entry.organization) == ("新增重点任务", world.user("clerk"), world.county)


@pytest.mark.parametrize("role", ["secretary", "leader", "superior", "administrator", "sibling_clerk"])
def test_only_the_committees_department_sets_tasks(world: World, role: str) -> None:
    task = make_task(world)
    by = world.user(role)
    with pytest.raises(PermissionDenied):
        create_key_task(world.cycle, facts=TaskFacts(text="x"), by=by)
    with pytest.raises(PermissionDenied):
        edit_key_task(task, facts=TaskFacts(text="x"), seen=task.revision, by=by)
    with pytest.raises(PermissionDenied):
        remove_key_task(task, by=by)


def test_a_closed_year_stays_as_it_is(world: World) -> None:
    world.cycle.phase = CyclePhase.CLOSED
    world.cycle.save()
    with pytest.raises(CycleClosed):
        create_key_task(world.cycle, facts=TaskFacts(text="x"), by=world.user("clerk"))


def test_the_later_of_two_saves_is_told(world: World) -> None:
    task, clerk = make_task(world), world.user("clerk")
    edit_key_task(task, facts=TaskFacts(text="先"), seen=1, by=clerk)
    with pytest.raises(StaleRevision):
        edit_key_task(task, facts=TaskFacts(text="后"), seen=1, by=clerk)
    task.refresh_from_db()
    assert task.text == "先"


def test_a_task_with_progress_is_not_removed(world: World) -> None:
    assignment = make_task(world, organizations=[world.township]).assignments.get()
    tell(assignment, by=world.user("secretary"))
    with pytest.raises(TaskRefused, match="已有单位填报进展"):
        remove_key_task(assignment.task, by=world.user("clerk"))
    assert KeyTask.objects.exists()


def test_last_years_list_is_taken_over_one_year_on_without_progress(world: World) -> None:
    clerk = world.user("clerk")
    task = make_task(
        world,
        organizations=[world.township, world.other_township],
        due_text="2026年6月底前",
        due_date=dt.date(2026, 6, 30),
        is_mandatory=True,
    )
    own = task.assignments.get(organization=world.township)
    own.target, own.due_text = "本单位**个", "X月底前"
    own.save()
    tell(own, by=world.user("secretary"))
    following = make_cycle(world.county, 2027)
    (copy,) = copy_key_tasks(following, tasks=[task], with_assignments=True, by=clerk)
    assert (copy.cycle, copy.position, str(copy.deadline), copy.due_date) == (
        following,
        1,
        "2027年6月底前",
        dt.date(2027, 6, 30),
    )
    assert copy.is_mandatory
    assert set(copy.assignments.values_list("organization__code", "target", "due_text", "state")) == {
        ("X1", "本单位**个", "X月底前", "not_started"),
        ("X2", "", "", "not_started"),
    }
    (bare,) = copy_key_tasks(following, tasks=[task], with_assignments=False, by=clerk)
    assert (bare.position, bare.assignments.count()) == (2, 0)


def test_a_list_of_two_years_ago_moves_to_this_year_and_leaves_out_who_belongs_elsewhere_now(world: World) -> None:
    task = make_task(
        world,
        organizations=[world.township, world.other_township],
        due_text="2026年6月底前",
        due_date=dt.date(2026, 6, 30),
    )
    Organization.objects.filter(pk=world.other_township.pk).update(parent=world.sibling)
    later = make_cycle(world.county, 2028)
    (copy,) = copy_key_tasks(later, tasks=[task], with_assignments=True, by=world.user("clerk"))
    assert (copy.due_text, copy.due_date) == ("2028年6月底前", dt.date(2028, 6, 30))
    assert list(copy.assignments.values_list("organization__code", flat=True)) == ["X1"]


def test_another_committees_list_is_not_taken_over(world: World) -> None:
    task = make_task(world)
    sibling = make_cycle(world.sibling, 2027)
    with pytest.raises(PermissionDenied):
        copy_key_tasks(sibling, tasks=[task], with_assignments=True, by=world.user("sibling_clerk"))
