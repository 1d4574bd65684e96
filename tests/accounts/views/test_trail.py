"""The page of the trail: the end of the chain for paper, values in words, marks for nobody."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.actions.audit import record, seal_entries, snapshot
from accounts.models import AuditEntry
from reviews.actions.score_sheets import submit_sheet
from tests.reviews.rows_of_scoring import make_meeting, make_rater, marks_for
from tests.world import World, build_world

pytestmark = pytest.mark.django_db

URL = reverse("accounts:audit_list")


@pytest.fixture
def world() -> World:
    return build_world()


def page(client, world: World, role: str = "administrator", **query: str) -> str:
    client.force_login(world.user(role))
    return client.get(URL, query).content.decode()


def test_the_end_of_the_chain_is_shown_for_printing(client, world: World) -> None:
    record(world.township, "试验", by=None)
    seal_entries()
    assert AuditEntry.objects.head().short_hash in page(client, world)


def test_values_are_told_in_words(client, world: World) -> None:
    post = world.user("secretary").person.posts.get()
    before = snapshot(post)
    post.role, post.is_first_responsible, post.end = "deputy", False, dt.date(2026, 6, 30)
    record(post, "修改任职", by=None, before=before, after=snapshot(post))
    text = page(client, world)
    for words in (
        "角色：党组织书记",
        "角色：副书记",
        "第一责任人：是",
        "第一责任人：否",
        "免职日期：（空）",
        "免职日期：2026-06-30",
    ):
        assert words in text


def test_a_kind_of_thing_that_is_gone_is_told_by_its_stored_names() -> None:
    entry = AuditEntry(subject_type="gone.thing", after={"a": ["x", 1], "b": {"c": None}})
    assert entry.after_lines == [("a", "x、1"), ("b", "c （空）")]


@pytest.mark.parametrize("role", ["administrator", "clerk"])
def test_nobody_reads_marks_in_the_trail(client, world: World, role: str) -> None:
    """Planted: the same values written about a thing that is not secret are shown."""
    rater = make_rater(make_meeting(world.cycle), world.user("attendee"))
    marks = marks_for(world.cycle, "90.25", "88.75")
    submit_sheet(rater, world.reporter, marks=marks, revision=0, by=rater.person.user)
    assert AuditEntry.objects.get(verb="提交评分表").after == {"履行主体责任": "90.25", "个人履职": "88.75"}
    text = page(client, world, role)
    assert "提交评分表" in text
    assert "分数保密" in text
    assert "90.25" not in text
    record(world.township, "试验", by=None, after={"履行主体责任": str(Decimal("90.25"))})
    assert "90.25" in page(client, world, role)
