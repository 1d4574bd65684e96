"""Rectification lists not handed in are reminded of like every other deadline (S-75, S-147)."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Notice
from common import clock
from rectification.models import RectificationList
from rectification.models.owed import lists_owed
from rectification.schedule import remind_lists_by_the_clock
from reporting.actions import reminders as deeds
from reporting.models import Cycle, Reminder
from tests.rectification.rows import make_list
from tests.reporting.rows import noon
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
DUE = dt.date(2027, 2, 10)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(deeds, "wake", lambda *_: None)
    world = build_world()
    make_list(world.reporter, "draft")
    make_list(world.other_reporter, "submitted")
    RectificationList.objects.update(due_date=DUE)
    return world


def told_on(*days: dt.date) -> list[str]:
    """Units told on these days, each looked at twice."""
    for day in days:
        with clock.at(noon(day.year, day.month, day.day)):
            remind_lists_by_the_clock()
            remind_lists_by_the_clock()
    rows = Reminder.objects.filter(kind="list").order_by("pk")
    return [f"{row.organization.code} {row.day:%m-%d} {row.user.username}" for row in rows]


def test_only_who_has_not_handed_it_in_is_told_and_never_twice(world: World) -> None:
    told = told_on(dt.date(2027, 2, 2), dt.date(2027, 2, 3), DUE, dt.date(2027, 2, 11), dt.date(2027, 2, 12))
    # Seven days before and the day after; the scheme also says three days and one day before.
    assert told == [
        "X1 02-03 secretary",
        "X1 02-03 staff",
        "X1 02-11 secretary",
        "X1 02-11 staff",
    ]
    text = Reminder.objects.first().text
    assert text.startswith("【催报】甲乡党委2026年度整改清单还没有报审：")
    assert set(Notice.objects.filter(text=text).values_list("user__username", flat=True)) == {"secretary", "staff"}


def test_a_returned_list_is_owed_again_and_a_closed_year_asks_for_nothing(world: World) -> None:
    RectificationList.objects.filter(reporter=world.other_reporter).update(state="returned")
    assert [debtor.organization.code for debtor in lists_owed(world.cycle).debtors] == ["X1", "X2"]
    Cycle.objects.update(phase="closed")
    assert told_on(dt.date(2027, 2, 3)) == []


def test_a_deadline_in_words_alone_reminds_nobody(world: World) -> None:
    RectificationList.objects.update(due_date=None, due_text="会后30日内")
    assert told_on(dt.date(2027, 2, 3), dt.date(2027, 2, 11)) == []


def test_the_same_queries_for_three_and_for_thirty(world: World, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        assert len(lists_owed(world.cycle).debtors) == 1
    RectificationList.objects.update(state="draft")
    with django_assert_num_queries(1):
        assert len(lists_owed(world.cycle).debtors) == 2


def test_the_clerk_reminds_by_hand_once_a_day(world: World, client: Client) -> None:
    client.force_login(world.user("clerk"))
    page = client.get(reverse("rectification:list_list")).content.decode()
    assert "还有 1 个单位没有报审整改清单" in page
    url = reverse("rectification:list_remind", args=[world.cycle.pk])
    client.post(url)
    client.post(url)
    assert Reminder.objects.filter(kind="list", by=world.user("clerk")).count() == 2  # two accounts, once each
    page = client.get(reverse("reporting:reminder_list", args=[world.cycle.pk])).content.decode()
    assert "整改清单" in page
