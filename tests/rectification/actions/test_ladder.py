import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry, Notice
from common import clock
from common.conflicts import StaleRevision
from rectification.actions.ladder import edit_ladder, reply_step, send_step, take_due_step
from rectification.models import LadderStep, RectificationItem
from rectification.models.ladder import basic_percent_of, ladder_of
from rectification.rules.items import ItemState, ListState
from rectification.rules.ladder import PRESET, LadderLevel, LadderRefused, Rung
from rectification.schedule import climb_by_the_clock
from reporting.rules.cycles import CyclePhase
from tests.rectification.rows import make_item, make_list
from tests.world import World

pytestmark = pytest.mark.django_db

DUE = dt.date(2026, 6, 30)


class Calendar:
    day = dt.date(2026, 7, 1)


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> Calendar:
    calendar = Calendar()
    monkeypatch.setattr(clock, "today", lambda: calendar.day)
    monkeypatch.setattr(clock, "now", lambda: dt.datetime.combine(calendar.day, dt.time(4), dt.UTC))
    return calendar


@pytest.fixture
def item(world: World) -> RectificationItem:
    return make_item(make_list(world.reporter, ListState.COMMITTED, items=0), due_text="", due_date=DUE)


def levels(item: RectificationItem) -> list[int]:
    return list(item.ladder_steps.values_list("level", flat=True))


def test_the_clock_climbs_rung_by_rung_and_never_twice(item: RectificationItem, calendar: Calendar) -> None:
    for after, climbed in ((-8, []), (-7, [0]), (0, [0]), (1, [0, 1]), (7, [0, 1]), (8, [0, 1, 2]), (22, [0, 1, 2, 3])):
        calendar.day = DUE + dt.timedelta(days=after)
        climb_by_the_clock()
        climb_by_the_clock()
        assert levels(item) == climbed
    assert item.ladder_steps.last().reply_due == calendar.day + dt.timedelta(days=7)
    assert Notice.objects.filter(user__username="secretary").count() == 4


def test_missed_days_give_one_sheet(item: RectificationItem, calendar: Calendar) -> None:
    calendar.day = DUE + dt.timedelta(days=60)
    climb_by_the_clock()
    assert levels(item) == [LadderLevel.CIRCULAR]  # 约谈 and 预警 are for people to decide


def test_a_new_deadline_starts_the_ladder_anew(item: RectificationItem, calendar: Calendar) -> None:
    climb_by_the_clock()
    RectificationItem.objects.update(due_date=dt.date(2026, 7, 10))
    calendar.day = dt.date(2026, 7, 11)
    climb_by_the_clock()
    assert levels(item) == [LadderLevel.PROMPT, LadderLevel.PROMPT]


@pytest.mark.parametrize(
    "change", [{"state": ItemState.CLOSED}, {"kind": "standing"}, {"due_date": None}, {"state": ItemState.CARRIED}]
)
def test_what_is_not_late_is_left_alone(item: RectificationItem, calendar: Calendar, change: dict[str, object]) -> None:
    RectificationItem.objects.update(**change)
    climb_by_the_clock()
    assert levels(item) == []


def test_a_closed_year_is_left_alone(world: World, item: RectificationItem, calendar: Calendar) -> None:
    type(world.cycle).objects.update(phase=CyclePhase.CLOSED)
    climb_by_the_clock()
    assert levels(item) == []


def test_nothing_is_sent_at_night(item: RectificationItem, calendar: Calendar, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: dt.datetime(2026, 7, 1, 16, tzinfo=dt.UTC))
    climb_by_the_clock()
    assert levels(item) == []


def test_by_hand_once_for_a_deadline_and_the_clock_does_not_repeat_it(
    world: World, item: RectificationItem, calendar: Calendar
) -> None:
    step = send_step(item, level=LadderLevel.TALK, text="约谈**", by=world.user("supervision"))
    assert (step.reply_due, step.told, step.by) == (dt.date(2026, 7, 4), 2, world.user("supervision"))
    assert AuditEntry.objects.of(item).first().verb == "约谈"
    with pytest.raises(LadderRefused, match="已经发过"):
        send_step(item, level=LadderLevel.TALK, text="再来", by=world.user("clerk"))
    assert take_due_step(item, rungs=PRESET) is None


def test_by_hand_only_where_it_makes_sense(world: World, item: RectificationItem, calendar: Calendar) -> None:
    clerk = world.user("clerk")
    with pytest.raises(LadderRefused, match="请写明内容"):
        send_step(item, level=LadderLevel.URGE, text=" ", by=clerk)
    for role in ("secretary", "leader", "superior", "sibling_clerk"):
        with pytest.raises(PermissionDenied):
            send_step(item, level=LadderLevel.URGE, text="x", by=world.user(role))
    RectificationItem.objects.update(due_date=None)
    with pytest.raises(LadderRefused, match="没有日期时限"):
        send_step(item, level=LadderLevel.URGE, text="x", by=clerk)
    RectificationItem.objects.update(due_date=DUE, state=ItemState.CLOSED)
    with pytest.raises(LadderRefused, match="已经办结"):
        send_step(item, level=LadderLevel.URGE, text="x", by=clerk)


def test_the_organization_answers_once(world: World, item: RectificationItem, calendar: Calendar) -> None:
    step = send_step(item, level=LadderLevel.CIRCULAR, text="通报", by=world.user("clerk"))
    with pytest.raises(PermissionDenied):
        reply_step(step, reply="x", by=world.user("clerk"))
    with pytest.raises(LadderRefused, match="请写明"):
        reply_step(step, reply=" ", by=world.user("staff"))
    reply_step(step, reply="已完成八成***", by=world.user("staff"))
    assert LadderStep.objects.get().reply == "已完成八成***"
    assert Notice.objects.filter(user__username="clerk", text__contains="已反馈通报单").exists()
    with pytest.raises(LadderRefused, match="已经反馈过"):
        reply_step(step, reply="再", by=world.user("staff"))


def test_a_committee_writes_its_own_ladder(world: World) -> None:
    clerk = world.user("clerk")
    assert ladder_of(world.cycle) == list(PRESET)
    rungs = [Rung(LadderLevel.PROMPT, 2, None, "提示"), Rung(LadderLevel.URGE, 9, 5, "催办", automatic=False)]
    edit_ladder(world.cycle, rungs=rungs, basic_percent=60, revision=0, by=clerk)
    assert (ladder_of(world.cycle), basic_percent_of(world.cycle)) == (rungs, 60)
    with pytest.raises(StaleRevision):
        edit_ladder(world.cycle, rungs=rungs, basic_percent=70, revision=0, by=clerk)
    wrong = [rungs[0], Rung(LadderLevel.URGE, 1, None, "x")]
    with pytest.raises(LadderRefused, match="“催办”不能早于“提示”"):
        edit_ladder(world.cycle, rungs=wrong, basic_percent=60, revision=1, by=clerk)
    with pytest.raises(PermissionDenied):
        edit_ladder(world.cycle, rungs=rungs, basic_percent=60, revision=1, by=world.user("supervision"))
