"""The page of the trail: the end of the chain for paper, values in words, marks for nobody."""

import datetime as dt
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.actions.audit import record, seal_entries, snapshot
from accounts.models import AuditEntry
from accounts.views import trail
from common import clock
from reviews.actions.score_sheets import submit_sheet
from tests.factories import make_organization
from tests.reviews.rows_of_scoring import make_meeting, make_rater, marks_for
from tests.world import World

pytestmark = pytest.mark.django_db

URL = reverse("accounts:audit_list")


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


def exported(client, world: World, role: str = "administrator", **query: str) -> list[list[object]]:
    client.force_login(world.user(role))
    response = client.get(reverse("accounts:audit_export"), query)
    assert response.status_code == 200
    return [list(row) for row in load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True)]


def test_the_trail_is_exported_with_the_filters_and_only_what_one_may_see(client, world: World) -> None:
    record(world.township, "试验", by=world.user("clerk"), after={"parent": world.county.pk}, note="=1+1")
    record(world.township, "别的", by=None)
    record(world.sibling, "试验", by=None)
    seal_entries()
    head, *rows = exported(client, world, q="试验")
    assert head[:4] == ["序号", "时间", "操作人", "操作"]
    (row,) = rows
    assert row[0] == AuditEntry.objects.get(note="=1+1").number
    assert row[2:9] == ["赵某", "试验", "甲乡党委", "甲乡党委（X1）", "=1+1", None, "上级党组织：某县委"]


def test_no_text_of_an_export_is_a_formula(client, world: World) -> None:
    record(world.township, "试验", by=None, note="=cmd()")
    client.force_login(world.user("administrator"))
    book = load_workbook(BytesIO(client.get(reverse("accounts:audit_export")).content))
    (cell,) = [cell for row in book.active.iter_rows() for cell in row if cell.value == "=cmd()"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_marks_are_not_exported_either(client, world: World) -> None:
    rater = make_rater(make_meeting(world.cycle), world.user("attendee"))
    marks = marks_for(world.cycle, "90.25", "88.75")
    submit_sheet(rater, world.reporter, marks=marks, revision=0, by=rater.person.user)
    text = str(exported(client, world))
    assert "提交评分表" in text
    assert "90.25" not in text


def test_too_long_a_list_is_told_and_the_filters_stay(client, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trail, "MOST_EXPORTED", 1)
    record(world.township, "试验", by=None)
    record(world.township, "试验", by=None)
    client.force_login(world.user("clerk"))
    response = client.get(reverse("accounts:audit_export"), {"q": "试验"}, follow=True)
    assert "一次最多导出 1 条" in response.content.decode()
    assert response.request["QUERY_STRING"]


def test_the_page_asks_as_many_questions_for_one_as_for_thirty(client, world: World) -> None:
    client.force_login(world.user("clerk"))
    counts = []
    for more in (1, 29):
        for _ in range(more):
            organization = make_organization("某乡党委", world.county)
            record(organization, "修改党组织", by=None, before={"parent": world.city.pk}, after=snapshot(organization))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(URL).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_list_ends_with_the_day_asked_for(client, world: World) -> None:
    with clock.at(dt.datetime(2026, 1, 5, 4, tzinfo=dt.UTC)):
        record(world.township, "从前", by=None)
    record(world.township, "现在", by=None)
    text = page(client, world, until="2026-01-05")
    assert "从前" in text
    assert "现在</td>" not in text
