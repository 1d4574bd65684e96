"""The duty log as a page: one form above the list, totals by type, months."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from common import clock
from reporting.actions.duty_entries import remove_duty_entry
from reporting.models import DutyEntry
from reporting.views import duty_entries
from tests.reporting.rows import make_duty_entry
from tests.world import World

pytestmark = pytest.mark.django_db
LIST = "reporting:duty_entry_list"


@pytest.fixture
def staff(world: World, client: Client) -> Client:
    client.force_login(world.user("staff"))
    return client


def test_one_entry_in_one_go(world: World, staff: Client) -> None:
    with clock.at(dt.datetime(2026, 5, 6, 4, tzinfo=dt.UTC)):
        form = staff.get(reverse(LIST)).context["form"]
        assert form["date"].value() == dt.date(2026, 5, 6)
        data = {
            "organization": world.township.pk,
            "kind": "research",
            "subject": " 到XX村，看烘干厂 ",
            "date": "2026-05-06",
        }
        answer = staff.post(reverse("reporting:duty_entry_create"), data, follow=True)
    entry = DutyEntry.objects.get()
    assert (entry.subject, entry.year, entry.when) == (" 到XX村，看烘干厂 ", 2026, "2026年5月6日")
    assert "已记入" in answer.content.decode()


def test_words_in_place_of_a_date_and_neither_is_said(world: World, staff: Client) -> None:
    data = {"organization": world.township.pk, "kind": "lecture", "subject": "讲党课", "count_text": "X"}
    page = staff.post(reverse("reporting:duty_entry_create"), data)
    assert "请选择日期，或者在“日期（文字）”里写明。" in page.content.decode()
    assert page.context["form"]["subject"].value() == "讲党课"
    staff.post(reverse("reporting:duty_entry_create"), data | {"date_text": "3月X日"})
    entry = DutyEntry.objects.get()
    assert (entry.when, entry.month, entry.count_text) == ("3月X日", 3, "X")


def test_months_newest_first_then_what_has_no_date(world: World, staff: Client) -> None:
    by = world.user("staff")
    for date in (dt.date(2026, 3, 1), dt.date(2026, 5, 6), dt.date(2026, 5, 1)):
        make_duty_entry(world.township, by=by, date=date)
    make_duty_entry(world.township, by=by, date_text="X月X日", count_text="多次")
    context = staff.get(reverse(LIST), {"year": "2026"}).context
    assert [(month, len(entries)) for month, entries in context["months"]] == [(5, 2), (3, 1), (None, 1)]
    assert [(kind.value, total.total, total.skipped) for kind, total in context["totals"]] == [("research", 3, 1)]
    assert not staff.get(reverse(LIST), {"year": "2025"}).context["months"]
    assert staff.get(reverse(LIST), {"year": "²", "kind": "x"}).status_code == 200


def test_the_slower_of_two_sees_both(world: World, staff: Client) -> None:
    entry = make_duty_entry(world.township, by=world.user("staff"))
    DutyEntry.objects.update(revision=3)
    address = reverse("reporting:duty_entry_edit", args=[entry.pk])
    data = {"kind": "research", "subject": "我的", "date": "2026-05-06", "revision": 1}
    answer = staff.post(address, data)
    page = answer.content.decode()
    assert (answer.status_code, "到XX村调研" in page, "我的" in page) == (409, True, True)
    assert staff.post(address, data | {"revision": 3}).status_code == 302


def test_another_organizations_log_is_not_there(world: World, staff: Client) -> None:
    entry = make_duty_entry(world.other_township, by=world.user("other_secretary"))
    assert staff.get(reverse("reporting:duty_entry_edit", args=[entry.pk])).status_code == 404
    data = {"organization": world.other_township.pk, "kind": "research", "subject": "X", "date": "2026-05-06"}
    assert staff.post(reverse("reporting:duty_entry_create"), data).status_code == 200
    assert DutyEntry.objects.count() == 1


def test_of_two_who_remove_at_once_the_later_one_is_told(
    world: World, staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = make_duty_entry(world.township, by=world.user("staff"), date=dt.date(2026, 5, 6))

    def removed_meanwhile(row: DutyEntry, **facts: object) -> None:
        DutyEntry.objects.filter(pk=row.pk).delete()  # by the other, between the page and the lock
        remove_duty_entry(row, **facts)

    monkeypatch.setattr(duty_entries, "remove_duty_entry", removed_meanwhile)
    answer = staff.post(reverse("reporting:duty_entry_remove", args=[entry.pk]))
    assert answer.status_code == 404
    assert "刚刚已被删除" in answer.content.decode()


@pytest.mark.parametrize("date", ["0026-05-06", "9999-12-31"])
def test_a_year_nobody_means_is_asked_about(world: World, staff: Client, date: str) -> None:
    data = {"organization": world.township.pk, "kind": "research", "subject": "到XX村", "date": date}
    page = staff.post(reverse("reporting:duty_entry_create"), data)
    assert "请核对年份" in page.content.decode()
    assert page.context["form"]["subject"].value() == "到XX村"
    assert not DutyEntry.objects.exists()
