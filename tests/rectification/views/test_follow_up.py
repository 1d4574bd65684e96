"""Pages after the promise: the ladder, escalations, quarterly checks, the year's marks, the chain."""

import datetime as dt
import itertools

import pytest
from django.test import Client
from django.urls import reverse

from common import clock
from rectification.actions.fulfilments import MarkRow, mark_fulfilments
from rectification.models import Fulfilment, LadderStep, RectificationItem
from rectification.models.chains import chain_of
from rectification.models.ladder import ladder_of
from rectification.papers.fulfilments import content as fulfilment_paper
from rectification.papers.ladder import content as step_paper
from rectification.rules.items import ListState
from tests.factories import make_cycle, make_reporter
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


@pytest.fixture
def item(world: World) -> RectificationItem:
    return make_item(make_list(world.reporter, ListState.COMMITTED, items=0), due_date=dt.date(2026, 11, 1))


def test_a_sheet_by_hand_is_answered_and_printed(world: World, item: RectificationItem) -> None:
    clerk, staff = signed_in(world, "clerk"), signed_in(world, "staff")
    address = reverse("rectification:step_send", args=[item.pk])
    assert clerk.post(address, {"level": "3", "text": ""}).status_code == 302  # the words of the rule
    step = LadderStep.objects.get()
    assert step.text == ladder_of(world.cycle)[3].text
    reply = reverse("rectification:step_reply", args=[step.pk])
    assert staff.post(reply, {"reply": "已完成***"}).status_code == 302
    assert "已完成***" in clerk.get(reverse("rectification:step_show", args=[step.pk])).content.decode()
    [part] = step_paper(step.pk).parts
    assert all(words in part.html for words in ("通报单", "甲乡党委", "2026年11月1日", "2026年11月28日", "已完成***"))


def test_the_ladder_is_written_on_one_page(world: World) -> None:
    client = signed_in(world, "clerk")
    address = reverse("rectification:ladder_edit", args=[world.cycle.pk])
    assert client.get(address).status_code == 200
    rows = {"rungs-TOTAL_FORMS": "2", "rungs-INITIAL_FORMS": "0", "basic_percent": "60", "revision": "0"}
    for number, (level, days) in enumerate(((1, 3), (2, 10))):
        rows |= {
            f"rungs-{number}-level": str(level),
            f"rungs-{number}-days": str(days),
            f"rungs-{number}-text": f"文字{level}",
            f"rungs-{number}-automatic": "on",
        }
    assert "同一级别" in client.post(address, rows | {"rungs-1-level": "1"}).content.decode()
    assert client.post(address, rows).status_code == 302
    assert [(rung.level, rung.days, rung.text) for rung in ladder_of(world.cycle)] == [
        (1, 3, "文字1"),
        (2, 10, "文字2"),
    ]
    assert client.post(address, rows).status_code == 409


def test_the_marks_of_a_list_on_one_page(world: World, item: RectificationItem) -> None:
    client = signed_in(world, "clerk")
    address = reverse("rectification:fulfilment_mark", args=[item.list_id])
    typed = {f"mark_{item.pk}": "basic", f"evidence_{item.pk}": "", f"revision_{item.pk}": "0"}
    assert "请写明评定的依据" in client.post(address, typed).content.decode()
    assert client.post(address, typed | {f"evidence_{item.pk}": "查阅台账"}).status_code == 302
    assert Fulfilment.objects.get().evidence == "查阅台账"
    board = client.get(reverse("rectification:fulfilment_board", args=[world.cycle.pk])).content.decode()
    assert "50.0%" in board
    assert "基本完成项数×50%" in board
    [part] = fulfilment_paper(world.cycle.pk).parts
    assert "查阅台账" in part.html


def test_an_organization_sees_its_own_row_of_the_board(world: World, item: RectificationItem) -> None:
    make_list(world.other_reporter, ListState.COMMITTED)
    page = signed_in(world, "secretary").get(reverse("rectification:fulfilment_board", args=[world.cycle.pk]))
    assert [row.organization for row, _count in page.context["rows"]] == [world.township]


def test_the_chain_is_walked_over_the_years(world: World) -> None:
    lists = [
        make_list(make_reporter(make_cycle(world.county, year), world.township), ListState.COMMITTED, items=0)
        for year in (2023, 2024, 2025)
    ]
    items = [make_item(made, text=f"老问题{made.cycle.year}") for made in lists]
    for before, after in itertools.pairwise(items):
        after.problem.previous = before
        after.problem.save()
    assert chain_of(items[1]) == items
    html = signed_in(world, "staff").get(reverse("rectification:item_show", args=[items[0].pk])).content.decode()
    assert all(f"{year}年度第 1 项" in html for year in (2023, 2024, 2025))


def test_a_quarterly_check_and_an_escalation(world: World, item: RectificationItem) -> None:
    standing = make_item(item.list, kind="standing", due_text="")
    clerk, staff = signed_in(world, "clerk"), signed_in(world, "staff")
    check = {"year": "2026", "quarter": "4", "outcome": "kept", "note": "坚持得好**"}
    assert clerk.post(reverse("rectification:item_check", args=[standing.pk]), check).status_code == 302
    assert "坚持得好**" in staff.get(reverse("rectification:item_show", args=[standing.pk])).content.decode()
    staff.post(reverse("rectification:escalation_create", args=[item.pk]), {"reason": "请协调用地"})
    queue = signed_in(world, "leader").get(reverse("rectification:escalation_list")).content.decode()
    assert "请协调用地" in queue


def test_a_case_keeps_its_group_and_report(world: World, item: RectificationItem) -> None:
    staff = signed_in(world, "staff")
    address = reverse("rectification:item_case", args=[item.pk])
    assert staff.post(address, {"group": "组长：**", "report": "", "revision": "1"}).status_code == 302
    assert staff.post(address, {"group": "别的", "report": "", "revision": "1"}).status_code == 409
    assert "组长：**" in staff.get(reverse("rectification:item_show", args=[item.pk])).content.decode()


def test_pages_cost_the_same_for_one_row_and_thirty(world: World, django_assert_max_num_queries: object) -> None:
    made = make_list(world.reporter, ListState.COMMITTED, items=1)
    client = signed_in(world, "clerk")
    addresses = [
        reverse("rectification:fulfilment_board", args=[world.cycle.pk]),
        reverse("rectification:fulfilment_mark", args=[made.pk]),
        reverse("rectification:step_list"),
    ]
    counted: list[list[int]] = []
    for more in (0, 29):
        for _ in range(more):
            make_item(made)
        for item in made.items.all():
            LadderStep.objects.get_or_create(
                item=item, level=1, due_date=dt.date(2026, 1, 1), defaults={"text": "x", "at": clock.now()}
            )
            mark_fulfilments(made, rows=[MarkRow(item.pk, "basic", "台账")], by=world.user("clerk"))
        found = []
        for address in addresses:
            with django_assert_max_num_queries(80) as seen:  # type: ignore[operator]
                client.get(address)
            found.append(len(seen))
        counted.append(found)
    assert counted[0] == counted[1]
