"""Accountability records on their pages: into a bulletin (S-142)."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from rectification.models import Bulletin, TypicalCase
from tests.factories import make_cycle
from tests.reviews.access_of_use import make_record
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(world: World, client: Client) -> Client:
    client.force_login(world.user("clerk"))
    return client


def test_a_typical_record_is_told_in_a_bulletin_without_names(world: World, clerk: Client) -> None:
    record = make_record(world, is_typical=True, is_masked=True, reason="整改不力。")
    show, cite = (reverse(f"reviews:accountability_{name}", args=[record.pk]) for name in ("show", "cite"))
    assert cite in clerk.get(show).content.decode()
    assert "没有正在拟稿的通报" in clerk.get(cite).content.decode()
    bulletin = Bulletin.objects.create(cycle=world.cycle, kind="special", title="专项", as_of=dt.date(2026, 6, 1))
    page = clerk.get(cite)
    words = page.context["form"].initial["text"]
    assert words == "某乡镇（街道）、部门党组织：整改不力。2026年6月1日，县委决定给予约谈。"
    assert clerk.post(cite, {"bulletin": bulletin.pk, "text": words}, follow=True).status_code == 200
    assert TypicalCase.objects.get().text == words
    assert "已写入通报" in clerk.get(show).content.decode()


def test_what_is_not_typical_or_published_meanwhile_is_refused(world: World, clerk: Client) -> None:
    record = make_record(world)
    bulletin = Bulletin.objects.create(cycle=world.cycle, kind="special", title="专项", as_of=dt.date(2026, 6, 1))
    url = reverse("reviews:accountability_cite", args=[record.pk])
    page = clerk.post(url, {"bulletin": bulletin.pk, "text": "某乡"}).content.decode()
    assert "没有标为典型问题" in page
    Bulletin.objects.update(state="published")
    page = clerk.post(url, {"bulletin": bulletin.pk, "text": "某乡"}).content.decode()
    assert "某乡" not in page  # nothing is being drawn up any more
    assert "没有正在拟稿的通报" in page
    assert not TypicalCase.objects.exists()


def test_a_bulletin_of_another_committee_is_no_choice(world: World, clerk: Client) -> None:
    record = make_record(world, is_typical=True)
    other = make_cycle(world.sibling)
    bulletin = Bulletin.objects.create(cycle=other, kind="special", title="邻县", as_of=dt.date(2026, 6, 1))
    Bulletin.objects.create(cycle=world.cycle, kind="special", title="本县", as_of=dt.date(2026, 6, 1))
    url = reverse("reviews:accountability_cite", args=[record.pk])
    answer = clerk.post(url, {"bulletin": bulletin.pk, "text": "某乡"})
    assert set(answer.context["form"].errors) == {"bulletin"}


def test_records_are_counted_by_measure_level_and_year(world: World, clerk: Client) -> None:
    make_record(world)
    make_record(world, measure="reminder")
    make_record(world, organization=world.county, level="county", post=None)
    before = make_cycle(world.county, world.cycle.year - 1)
    make_record(world, cycle=before)
    make_record(world, cycle=make_cycle(world.sibling))
    page = clerk.get(reverse("reviews:accountability_list", args=[world.cycle.pk]), {"measure": "reminder"})
    assert len(page.context["page_obj"]) == 1
    by_level, by_year = page.context["by_level"], page.context["by_year"]
    assert by_level.heads == ["县（市、区）级", "乡镇（街道）、部门"]
    assert by_level.rows == [("提醒", [0, 1], 1), ("约谈", [1, 1], 2)]
    assert (by_level.totals, by_level.total) == ([1, 2], 3)
    assert by_year.heads == [f"{world.cycle.year}年度", f"{before.year}年度"]
    assert by_year.rows == [("提醒", [1, 0], 1), ("约谈", [2, 1], 3)]


def test_the_code_finds_one_of_several_of_one_name(world: World, clerk: Client) -> None:
    make_record(world)
    make_record(world, organization=world.other_township, post=None)
    url = reverse("reviews:accountability_list", args=[world.cycle.pk])
    found = clerk.get(url, {"q": world.township.code}).context["page_obj"]
    assert [record.organization for record in found] == [world.township]
