"""Key tasks, responsibility letters and other reports: only who has not done it, by hand and by the clock (S-171)."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import Notice
from common import clock
from reporting.actions import reminders as deeds
from reporting.actions.due_reports import DueFacts, add_due_reports, file_due_report
from reporting.actions.letters import draw_letters, record_signings
from reporting.actions.reminders import send_reminders
from reporting.models import Cycle, Reminder, Scheme
from reporting.models.owed import due_reports_owed, letters_owed, owed_in, tasks_owed
from reporting.rules.key_tasks import TaskState
from reporting.rules.refusals import ReminderRefused
from reporting.rules.reminders import OwedKind
from reporting.schedule import remind_by_the_clock
from tests.factories import make_organization
from tests.reporting.rows import make_task, noon, tell
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(deeds, "wake", lambda *_: None)
    return build_world()


def notes(owed) -> dict[str, str]:
    return {debtor.organization.code: debtor.note for debtor in owed.debtors}


def reminded() -> set[tuple[str, str]]:
    return set(Reminder.objects.values_list("kind", "organization__code"))


def test_tasks_are_owed_when_late_untold_or_soon_due(world: World) -> None:
    both = [world.township, world.other_township]
    with clock.at(noon(2026, 2, 10)):
        first = make_task(world, both, due_date=dt.date(2026, 3, 31))
        make_task(world, both, due_date=dt.date(2026, 5, 20))
        make_task(world, both, due_text="X月底前")
        third_of_one = first.assignments.get(organization=world.other_township)
        tell(third_of_one, by=world.user("other_secretary"), state=TaskState.DONE)
    with clock.at(noon(2026, 3, 20)):
        assert notes(tasks_owed(world.cycle)) == {}
    with clock.at(noon(2026, 3, 25)):
        assert notes(tasks_owed(world.cycle)) == {"X1": "第1项2026年3月31日到期"}
    with clock.at(noon(2026, 5, 15)):
        assert notes(tasks_owed(world.cycle)) == {
            "X1": "第1项逾期未完成，第2项缺第一季度进展，第3项缺第一季度进展",
            "X2": "第2项缺第一季度进展，第3项缺第一季度进展",
        }


def test_what_is_told_names_the_tasks_and_nobody_is_told_twice(world: World) -> None:
    with clock.at(noon(2026, 2, 10)):
        make_task(world, [world.township], due_date=dt.date(2026, 3, 31))
    Notice.objects.all().delete()
    with clock.at(noon(2026, 4, 2)):
        send_reminders(world.cycle, kind=OwedKind.TASK, by=world.user("clerk"))
        with pytest.raises(ReminderRefused):
            send_reminders(world.cycle, kind=OwedKind.TASK, by=world.user("clerk"))
    notice = Notice.objects.get(user=world.user("secretary"))
    assert notice.text == "【催报】甲乡党委2026年度重点任务还没有办完：第1项逾期未完成。请尽快办理。"
    assert notice.url == f"{reverse('reporting:work_show', args=[world.township.pk])}?year=2026"


def test_the_clock_goes_by_each_unit_s_own_dates_even_in_preparation(world: World) -> None:
    Cycle.objects.update(phase="preparation")
    with clock.at(noon(2026, 2, 10)):
        make_task(world, [world.township], due_date=dt.date(2026, 3, 11))
        make_task(world, [world.other_township], due_date=dt.date(2026, 3, 14))
    for day, expected in ((9, set()), (10, {"X1"}), (11, {"X1", "X2"})):
        with clock.at(noon(2026, 3, day)):
            remind_by_the_clock()
            remind_by_the_clock()
        assert {code for _kind, code in reminded()} == expected
    assert Reminder.objects.filter(organization=world.township, user=world.user("secretary")).count() == 1


def test_letters_are_owed_until_signed_and_the_scheme_says_by_when(world: World) -> None:
    make_task(world, [world.township, world.other_township])
    letters = draw_letters(world.cycle, by=world.user("clerk"))
    signed = [letter for letter in letters if letter.organization == world.township]
    record_signings(world.cycle, letters=signed, signed_on=clock.today(), by=world.user("clerk"))
    assert notes(letters_owed(world.cycle)) == {"X2": "没有签订"}
    Scheme.objects.update(letter_due_text="3月底前", letter_due_date=dt.date(2026, 3, 31))
    with clock.at(noon(2026, 4, 1)):
        remind_by_the_clock()
    assert ("letter", "X2") in reminded()
    told = Reminder.objects.filter(kind=OwedKind.LETTER).first()
    assert told.text == "【催报】乙镇党委2026年度目标责任书还没有签订，时限：3月底前（2026年3月31日），请尽快办理。"


def test_other_reports_are_owed_until_filed(world: World) -> None:
    clerk, both = world.user("clerk"), [world.township, world.other_township]
    facts = DueFacts("半年工作报告", "县委", "7月X日前", None)
    dated = DueFacts("半年工作报告", "县委", "", dt.date(2026, 7, 10))
    add_due_reports(world.cycle, facts=facts, organizations=[world.township], by=clerk)
    for report in add_due_reports(world.cycle, facts=dated, organizations=both, by=clerk):
        if report.organization == world.other_township:
            file_due_report(report, filed_on=clock.today(), upload=None, by=world.user("other_secretary"))
    owed = due_reports_owed(world.cycle)
    assert notes(owed) == {"X1": "“半年工作报告”（2026年7月10日），“半年工作报告”（7月X日前）"}
    assert owed.debtors[0].dates == {dt.date(2026, 7, 10)}
    with clock.at(noon(2026, 7, 9)):
        remind_by_the_clock()
    assert reminded() == {("due_report", "X1")}


def test_the_board_asks_no_more_for_many(world: World, django_assert_max_num_queries) -> None:
    def ask() -> None:
        owed_in(Cycle.objects.select_related("scheme").get(pk=world.cycle.pk))

    with clock.at(noon(2026, 2, 10)):
        make_task(world, [world.township], due_date=dt.date(2026, 3, 31))
    with clock.at(noon(2026, 5, 15)):
        with django_assert_max_num_queries(12) as few:
            ask()
        units = [make_organization(f"第{number}乡党委", world.county) for number in range(10)]
        task = make_task(world, units, due_date=dt.date(2026, 3, 31))
        task.assignments.update(assigned_on=dt.date(2026, 2, 1))
        with django_assert_max_num_queries(len(few)):
            ask()
