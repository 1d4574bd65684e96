import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from common import clock
from rectification.models import RectificationItem
from rectification.rules.items import ItemState, ListState
from tests.factories import make_organization, make_reporter
from tests.rectification.rows import make_item, make_list
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(clock, "today", lambda: dt.date(2026, 11, 21))
    return build_world()


def signed_in(world: World, role: str) -> Client:
    client = Client()
    client.force_login(world.user(role))
    return client


def url(name: str, *args: int) -> str:
    return reverse(f"rectification:{name}", args=args)


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", ["list_list", "item_list", "overdue_list"])
def test_queries_do_not_grow_with_rows(world: World, name: str) -> None:
    late = {"due_date": dt.date(2026, 11, 20)}
    make_item(make_list(world.reporter, items=0), **late)
    client = signed_in(world, "clerk")
    one = queries(client, url(name))
    for _ in range(29):
        reporter = make_reporter(world.cycle, make_organization("市XX局", world.county))
        make_item(make_list(reporter, items=0), **late)
    assert queries(client, url(name)) == one


def test_queries_of_a_list_do_not_grow_with_its_items(world: World) -> None:
    made = make_list(world.reporter, items=1)
    client = signed_in(world, "clerk")
    one = queries(client, url("list_show", made.pk))
    for _ in range(29):
        make_item(made)
    assert queries(client, url("list_show", made.pk)) == one


def test_a_list_page_counts_states_and_overdue(world: World) -> None:
    made = make_list(world.reporter, ListState.COMMITTED, items=0)
    make_item(made, due_date=dt.date(2026, 11, 20))
    make_item(made, due_date=dt.date(2026, 11, 21))
    make_item(made, state=ItemState.APPLIED, due_date=dt.date(2026, 1, 1))
    make_item(made, state=ItemState.CLOSED, due_date=dt.date(2026, 1, 1))
    make_item(made, kind="standing", due_date=dt.date(2026, 1, 1))
    make_list(world.other_reporter)
    response = signed_in(world, "clerk").get(url("list_list"))
    row = next(row for row in response.context["page_obj"] if row.pk == made.pk)
    counts = (row.item_count, row.open_count, row.applied_count, row.closed_count, row.overdue_count)
    assert counts == (5, 3, 1, 1, 2)
    assert {code: n for _, code, n in response.context["states"]} == {
        "draft": 1,
        "submitted": 0,
        "returned": 0,
        "approved": 0,
        "committed": 1,
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"late", "draft"}),
        ("state=draft", {"draft"}),
        ("overdue=on", {"late"}),
        ("state=nonsense&cycle=x", {"late", "draft"}),
    ],
)
def test_lists_are_filtered(world: World, query: str, found: set[str]) -> None:
    late = make_list(world.reporter, ListState.COMMITTED, items=0)
    make_item(late, due_date=dt.date(2026, 11, 20))
    draft = make_list(world.other_reporter)
    response = signed_in(world, "clerk").get(f"{url('list_list')}?{query}")
    names = {late.pk: "late", draft.pk: "draft"}
    assert {names[row.pk] for row in response.context["page_obj"]} == found


def test_reporters_without_a_list_are_named(world: World) -> None:
    make_list(world.reporter)
    response = signed_in(world, "clerk").get(f"{url('list_list')}?cycle={world.cycle.pk}")
    assert response.context["without_list"] == ["乙镇党委（X2）"]


def test_an_organization_sees_its_own_list_only(world: World) -> None:
    mine, _ = make_list(world.reporter), make_list(world.other_reporter)
    response = signed_in(world, "staff").get(url("list_list"))
    assert [row.pk for row in response.context["page_obj"]] == [mine.pk]


def test_items_are_filtered_by_source(world: World) -> None:
    made = make_list(world.reporter, items=1)
    make_item(made, source="masses", text="群众评议的问题")
    client = signed_in(world, "clerk")
    for address in (f"{url('list_show', made.pk)}?source=masses", f"{url('item_list')}?source=masses"):
        context = client.get(address).context
        rows = context["items"] if "items" in context else context["page_obj"]
        assert [row.problem.text for row in rows] == ["群众评议的问题"]


def test_overdue_begins_the_day_after_and_needs_a_date(world: World) -> None:
    made = make_list(world.reporter, ListState.COMMITTED, items=0)
    for text, date in (
        ("昨天到期", dt.date(2026, 11, 20)),
        ("今天到期", dt.date(2026, 11, 21)),
        ("七天后", dt.date(2026, 11, 28)),
        ("八天后", dt.date(2026, 11, 29)),
        ("只有文字", None),
    ):
        make_item(made, text=text, due_date=date)
    client = signed_in(world, "supervision")

    def shown(query: str) -> list[str]:
        return [row.problem.text for row in client.get(f"{url('overdue_list')}{query}").context["page_obj"]]

    assert shown("") == ["昨天到期", "今天到期", "七天后"]
    assert shown("?due=overdue") == ["昨天到期"]
    assert shown("?due=soon") == ["今天到期", "七天后"]


def test_submitting_an_incomplete_list_names_what_is_missing(world: World) -> None:
    made = make_list(world.reporter, items=0)
    make_item(made, text="甲", measures=(), due_text="")
    response = signed_in(world, "secretary").post(url("list_submit", made.pk))
    assert response.status_code == 200
    assert "第1项“甲”缺整改措施、整改时限" in response.content.decode()


def test_a_second_submission_is_told_so(world: World) -> None:
    made = make_list(world.reporter, ListState.SUBMITTED)
    response = signed_in(world, "secretary").post(url("list_submit", made.pk))
    assert response.status_code == 409
    assert "请刷新页面" in response.content.decode()


def test_masked_and_marked_text_is_shown_as_typed(world: World) -> None:
    made = make_list(world.reporter, items=0)
    make_item(made, text="共***多人，，<b>**不是格式**</b> & XX", owner_text="***")
    html = signed_in(world, "clerk").get(url("list_show", made.pk)).content.decode()
    assert "共***多人，，&lt;b&gt;**不是格式**&lt;/b&gt; &amp; XX" in html


def plan(**facts: str) -> dict[str, str]:
    head = {"measures-TOTAL_FORMS": "1", "measures-INITIAL_FORMS": "0", "measures-0-text": "第一条"}
    return {"kind": "dated", "revision": "1", **head, **facts}


def test_a_list_is_filled_in_item_after_item(world: World) -> None:
    made = make_list(world.reporter, items=0)
    first, second = (make_item(made, measures=()) for _ in range(2))
    staff = signed_in(world, "staff")
    assert "保存并填写下一项" in staff.get(url("item_edit", first.pk)).content.decode()
    assert "保存并填写下一项" not in staff.get(url("item_edit", second.pk)).content.decode()
    answer = staff.post(url("item_edit", first.pk), plan(following="1"))
    assert answer["Location"] == url("item_edit", second.pk)
    assert staff.post(url("item_edit", second.pk), plan())["Location"] == url("list_show", made.pk)


def test_a_new_time_limit_lies_ahead(world: World) -> None:
    item = make_item(make_list(world.reporter, items=0), due_date=dt.date(2021, 6, 30), measures=())
    staff = signed_in(world, "staff")
    answer = staff.post(url("item_edit", item.pk), plan(due_date="2020-12-31"))
    assert "整改时限早于今天" in answer.content.decode()
    # The one that has passed since it was set may stay.
    assert staff.post(url("item_edit", item.pk), plan(due_date="2021-06-30")).status_code == 302


def test_the_whole_way_in_the_browser_from_draft_to_closed(world: World) -> None:
    made = make_list(world.reporter, items=0)
    item = make_item(made, measures=(), owner_text="", due_text="")
    staff, secretary, clerk = (signed_in(world, role) for role in ("staff", "secretary", "clerk"))
    staff.post(
        url("item_edit", item.pk),
        {
            "kind": "dated",
            "owner_post": str(world.reporter.post_id),
            "due_text": "2026年年底前",
            "year_end": "on",
            "revision": "1",
            "measures-TOTAL_FORMS": "2",
            "measures-INITIAL_FORMS": "0",
            "measures-0-text": "第二条",
            "measures-0-ORDER": "2",
            "measures-1-text": "第一条",
            "measures-1-ORDER": "1",
        },
    )
    item.refresh_from_db()
    assert item.due_date == dt.date(2026, 12, 31)
    assert [measure.text for measure in item.measures.all()] == ["第一条", "第二条"]
    secretary.post(url("list_submit", made.pk))
    clerk.post(url("list_return", made.pk), {"reason": "再具体一些"})
    secretary.post(url("list_submit", made.pk))
    clerk.post(url("list_approve", made.pk))
    refused = secretary.post(url("list_commit", made.pk), {"text": "承诺的话"})
    assert "请勾选确认" in refused.content.decode()
    assert "承诺的话" in refused.content.decode()
    secretary.post(url("list_commit", made.pk), {"text": "承诺的话", "confirmed": "on"})
    made.refresh_from_db()
    assert (made.state, made.commitment.text) == ("committed", "承诺的话")
    staff.post(url("progress_add", item.pk), {"date": "2026-11-20", "text": "做了"})
    staff.post(url("item_apply", item.pk))
    clerk.post(url("item_verify", item.pk), {"outcome": "passed"})
    assert RectificationItem.objects.get(pk=item.pk).state == "closed"
