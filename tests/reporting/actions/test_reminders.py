import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from accounts.models import AuditEntry, Notice, User
from accounts.rules.roles import Role
from common.conflicts import StaleRevision
from common.flow import TransitionNotAllowed
from reporting.actions import reminders as deeds
from reporting.actions.reminders import retry_reminder, save_robot, send_reminders
from reporting.models import Cycle, FilingCall, ProjectScope, Reminder, Robot
from reporting.models.owed import owed_in
from reporting.rules.refusals import CycleClosed, ReminderRefused
from reporting.rules.reminders import OwedKind
from reporting.schedule import remind_by_the_clock
from tests.factories import make_organization, make_reporter, make_user
from tests.reporting.rows import hand_in
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
ROBOT = "https://robot.example/send?key=k"


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(deeds, "wake", lambda *_: None)
    return build_world()


@pytest.fixture
def outside(settings: Any, world: World) -> None:
    """E-mail and a robot are configured; the secretary of 甲乡 has an address."""
    settings.REMINDER_EMAIL = True
    settings.REMINDER_ROBOT_HOSTS = ["robot.example"]
    User.objects.filter(pk=world.user("secretary").pk).update(email="zhang@example.org")
    save_robot(world.county, kind="wecom", url=ROBOT, is_active=True, seen=0, by=world.user("clerk"))


def remind(world: World, **facts: Any) -> list[Reminder]:
    return send_reminders(world.cycle, kind=OwedKind.REPORT, **{"by": world.user("clerk"), **facts})


def told() -> set[tuple[str, str]]:
    rows = Reminder.objects.select_related("user__person")
    return {(str(row.user or "群"), row.channel) for row in rows}


def test_only_those_who_have_not_done_it_are_told_and_nothing_leaves(world: World) -> None:
    hand_in(world.reporter, by=world.user("secretary"))
    Notice.objects.all().delete()
    sent = remind(world)
    assert [(row.user, row.channel, row.state, row.organization) for row in sent] == [
        (world.user("other_secretary"), "inbox", "sent", world.other_township)
    ]
    notice = Notice.objects.get()
    assert notice.user == world.user("other_secretary")
    assert notice.text.startswith("【催报】乙镇党委2026年度述职报告还没有报送，时限：12月15日前（2026年12月15日）")
    assert notice.url == f"/reports/{world.other_reporter.pk}/edit/"
    entry = AuditEntry.objects.of(world.cycle).get(verb="催报")
    assert entry.after == {"kind": "述职报告", "units": ["乙镇党委（X2）"], "without_account": []}


@pytest.mark.usefixtures("outside")
def test_mail_and_robot_are_queued_when_configured(world: World) -> None:
    remind(world)
    assert told() == {("张某", "inbox"), ("张某", "email"), ("李某", "inbox"), ("王某", "inbox"), ("群", "robot")}
    assert set(Reminder.objects.exclude(channel="inbox").values_list("state", flat=True)) == {"queued"}
    assert "甲乡党委、乙镇党委" in Reminder.objects.get(channel="robot").text


@pytest.mark.usefixtures("outside")
def test_never_twice_a_day_and_again_the_next_day(world: World) -> None:
    with time_machine.travel(dt.datetime(2026, 12, 1, 10, tzinfo=dt.UTC)):
        remind(world, organizations={world.township.pk})
        with pytest.raises(ReminderRefused, match="今天已经提醒过"):
            remind(world, organizations={world.township.pk})
        assert [row.user for row in remind(world)] == [world.user("other_secretary")]
    with time_machine.travel(dt.datetime(2026, 12, 2, 10, tzinfo=dt.UTC)):
        assert len(remind(world)) == 5
    assert Notice.objects.filter(text__startswith="【催报】").count() == 6


def test_the_database_refuses_the_second_too(world: World) -> None:
    reminder = remind(world)[0]
    reminder.pk = None
    reminder._state.adding = True
    with pytest.raises(IntegrityError):
        reminder.save()


def test_who_has_no_account_is_named_in_the_trail(world: World) -> None:
    make_reporter(world.cycle, make_organization("丙乡党委", world.county, code="X9"))
    remind(world)
    entry = AuditEntry.objects.of(world.cycle).get(verb="催报")
    assert entry.after["without_account"] == ["丙乡党委（X9）"]


@pytest.mark.parametrize("role", ["secretary", "leader", "superior", "administrator", "sibling_clerk"])
def test_nobody_else_reminds(world: World, role: str) -> None:
    with pytest.raises(PermissionDenied):
        remind(world, by=world.user(role))
    with pytest.raises(PermissionDenied):
        save_robot(world.county, kind="wecom", url=ROBOT, is_active=True, seen=0, by=world.user(role))


def test_a_closed_year_reminds_nobody(world: World) -> None:
    Cycle.objects.update(phase="closed")
    with pytest.raises(CycleClosed):
        remind(world)


def test_what_is_owed_is_exact(world: World) -> None:
    scope = ProjectScope.objects.create(cycle=world.cycle, mode="chosen", due_text="3月底前")
    scope.organizations.set([world.township, world.department])
    call = FilingCall.objects.create(cycle=world.cycle, due_text="3月底前")
    for unit, kind, state in (
        (world.township, "problems", "returned"),
        (world.township, "responsibilities", "draft"),
        (world.other_township, "problems", "submitted"),
    ):
        call.lists.create(organization=unit, kind=kind, state=state)
    hand_in(world.reporter, by=world.user("secretary"))
    found = {each.kind: [debtor.organization.name for debtor in each.debtors] for each in owed_in(world.cycle)}
    assert found == {"report": ["乙镇党委"], "project": ["甲乡党委", "县财政局党组"], "filing": ["甲乡党委"]}
    filing = owed_in(world.cycle)[-1]
    assert filing.debtors[0].note == "问题清单已退回，责任清单未报"
    sent = send_reminders(world.cycle, kind=OwedKind.PROJECT, by=world.user("clerk"))
    assert {row.organization.name for row in sent} == {"甲乡党委"}
    assert "领办项目申报还没有报送，时限：3月底前" in sent[0].text


def test_what_is_owed_needs_the_same_queries_for_many(world: World, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(10) as few:
        owed_in(Cycle.objects.select_related("scheme").get(pk=world.cycle.pk))
    for number in range(10):
        unit = make_organization(f"第{number}乡党委", world.county)
        make_user(Role.SECRETARY, unit)
        make_reporter(world.cycle, unit)
    with django_assert_max_num_queries(len(few)):
        owed_in(Cycle.objects.select_related("scheme").get(pk=world.cycle.pk))


@pytest.mark.parametrize(
    ("moment", "count"),
    [
        ((2026, 12, 12, 0), 3),  # 8 o'clock in the office, three days before
        ((2026, 12, 11, 23), 0),  # 7 o'clock of that day
        ((2026, 12, 13, 4), 0),
        ((2026, 12, 16, 4), 3),  # the day after
    ],
)
def test_the_clock_reminds_once_on_its_days(world: World, moment: tuple[int, ...], count: int) -> None:
    with time_machine.travel(dt.datetime(*moment, tzinfo=dt.UTC), tick=False):
        remind_by_the_clock()
        remind_by_the_clock()
    assert Notice.objects.filter(text__startswith="【催报】").count() == count
    assert AuditEntry.objects.filter(verb="催报").count() == (1 if count else 0)


def test_the_clock_leaves_a_year_in_preparation_alone(world: World) -> None:
    Cycle.objects.update(phase="preparation")
    with time_machine.travel(dt.datetime(2026, 12, 12, 4, tzinfo=dt.UTC)):
        remind_by_the_clock()
    assert not Reminder.objects.exists()


@pytest.mark.usefixtures("outside")
def test_a_failed_one_is_sent_again_by_hand_only(world: World) -> None:
    remind(world)
    reminder = Reminder.objects.get(channel="email")
    with pytest.raises(TransitionNotAllowed):
        retry_reminder(reminder, by=world.user("clerk"))
    Reminder.objects.filter(pk=reminder.pk).update(state="failed", attempts=3, error="拒收")
    again = retry_reminder(reminder, by=world.user("clerk"))
    assert (again.state, again.attempts, again.error) == ("queued", 0, "")
    with pytest.raises(PermissionDenied):
        retry_reminder(reminder, by=world.user("leader"))


def test_the_key_of_a_robot_stays_out_of_the_trail(world: World) -> None:
    clerk = world.user("clerk")
    robot = save_robot(world.county, kind="dingtalk", url=ROBOT, is_active=True, seen=0, by=clerk)
    entry = AuditEntry.objects.of(robot).get()
    assert (entry.note, "key=" in str(entry.after)) == ("更换了地址", False)
    with pytest.raises(StaleRevision):
        save_robot(world.county, kind="wecom", url=ROBOT, is_active=True, seen=0, by=clerk)
    save_robot(world.county, kind="wecom", url=ROBOT, is_active=False, seen=1, by=clerk)
    assert Robot.objects.get().is_active is False
