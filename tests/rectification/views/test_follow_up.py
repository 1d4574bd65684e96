"""Pages after the promise: the ladder, escalations, quarterly checks, the year's marks, the chain."""

import datetime as dt
import itertools

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from common import clock
from rectification.actions.fulfilments import MarkRow, mark_fulfilments
from rectification.models import (
    Amendment,
    Bulletin,
    Escalation,
    Fulfilment,
    Inquiry,
    Inspection,
    LadderStep,
    RectificationItem,
)
from rectification.models.chains import chain_of
from rectification.models.ladder import ladder_of
from rectification.papers.fulfilments import content as fulfilment_paper
from rectification.papers.ladder import content as step_paper
from rectification.rules.items import ListState
from reporting.rules.cycles import CyclePhase
from tests.factories import make_cycle, make_organization, make_reporter
from tests.files import PDF
from tests.rectification.rows import make_item, make_list, make_progress
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
    unknown = client.post(address, rows | {"rungs-1-level": "99"})
    assert unknown.status_code == 200
    assert "请从列出的内容中选择" in unknown.content.decode()
    assert "文字2" in unknown.content.decode()
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


def test_the_marks_of_a_closed_year_are_read_and_no_longer_changed(world: World, item: RectificationItem) -> None:
    client = signed_in(world, "clerk")
    mark_fulfilments(item.list, rows=[MarkRow(item.pk, "basic", "查阅台账")], by=world.user("clerk"))
    world.cycle.phase = CyclePhase.CLOSED
    world.cycle.save()
    board = client.get(reverse("rectification:fulfilment_board", args=[world.cycle.pk])).content.decode()
    address = reverse("rectification:fulfilment_mark", args=[item.list_id])
    assert f'href="{address}">查看评定' in board
    page = client.get(address)
    html = page.content.decode()
    assert (page.status_code, "<textarea" in html, "保存评定" in html) == (200, False, False)
    assert all(words in html for words in ("已办结，评定结果不能再改。", "基本完成", "查阅台账"))

    typed = {f"mark_{item.pk}": "done", f"evidence_{item.pk}": "改了", f"revision_{item.pk}": "1"}
    assert client.post(address, typed).status_code == 409
    assert Fulfilment.objects.get().mark == "basic"


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


@pytest.mark.parametrize(
    "name",
    [
        "amendment_list",
        "escalation_list",
        "step_list",
        "inspection_list",
        "inquiry_list",
        "bulletin_list",
        "bulletin_board",
        "bulletin_show",
        "fulfilment_board",
        "problem_list",
        "usual_performance_show",
        "item_show",
        "list_sheet_show",
    ],
)
def test_lists_ask_as_often_for_thirty_rows_as_for_three(world: World, name: str) -> None:
    def add(number: int) -> None:
        for _ in range(number):
            one_of_each(world, make_item(made, due_date=dt.date(2026, 1, 1)))

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    client = signed_in(world, "clerk")
    made = make_list(world.reporter, ListState.COMMITTED, items=1)
    bulletin = Bulletin.objects.create(cycle=world.cycle, kind="quarter_1", title="通报", as_of=dt.date(2026, 4, 1))
    targets = {
        "bulletin_board": [world.cycle.pk],
        "bulletin_show": [bulletin.pk],
        "fulfilment_board": [world.cycle.pk],
        "problem_list": [world.cycle.pk],
        "usual_performance_show": [world.reporter.pk],
        "item_show": [made.items.get().pk],
        "list_sheet_show": [made.pk, "duties"],
    }
    address = reverse(f"rectification:{name}", args=targets.get(name, []))
    for item in made.items.all():
        one_of_each(world, item)
    add(2)
    few = count()
    add(27)
    assert count() == few


def one_of_each(world: World, item: RectificationItem) -> None:
    """What may hang from an item, and a unit in the bulletins."""
    clerk, secretary, now = world.user("clerk"), world.user("secretary"), clock.now()
    unit = make_organization("县XX局", world.county)
    Amendment.objects.create(
        item=item, before={}, after={}, plan={}, reason="调整", proposed_by=secretary, proposed_at=now
    )
    Escalation.objects.create(item=item, reason="协调", asked_by=secretary, asked_at=now)
    LadderStep.objects.create(item=item, level=1, due_date=dt.date(2026, 1, 1), text="x", at=now)
    Inspection.objects.create(
        committee=world.county, organization=world.township, date=dt.date(2026, 3, 1), findings="差", by=clerk
    )
    Inquiry.objects.create(
        committee=world.county,
        kind="talk",
        post=world.reporter.post,
        item=item,
        by_whom="书记",
        reason="事由",
        demands="要求",
        issued_at=now,
        issued_by=clerk,
    )
    make_progress(item)
    item.parties.create(kind="main", unit="县XX局", position=1)
    special = Bulletin.objects.create(
        cycle=world.cycle, kind="special", title="专项", as_of=dt.date(2026, 4, 1), state="published", published_at=now
    )
    for bulletin in (special, Bulletin.objects.get(kind="quarter_1")):
        bulletin.lines.create(organization=unit)
        bulletin.receipts.create(organization=unit)
        bulletin.cases.create(origin=item.pk, text="某乡")


def test_a_mark_is_based_on_files_that_whoever_sees_the_item_may_open(world: World, item: RectificationItem) -> None:
    clerk = signed_in(world, "clerk")
    address = reverse("rectification:fulfilment_mark", args=[item.list_id])
    names = {"mark": f"mark_{item.pk}", "evidence": f"evidence_{item.pk}", "files": f"files_{item.pk}"}

    def upload(content: bytes = PDF) -> SimpleUploadedFile:
        return SimpleUploadedFile("整改台账.pdf", content)

    page = clerk.post(address, {names["files"]: upload()})
    assert names["mark"] in page.context["form"].errors  # a file without a mark is not passed over in silence
    page = clerk.post(address, {names["mark"]: "basic", names["evidence"]: "有台账", names["files"]: upload(b"MZ")})
    assert not Fulfilment.objects.exists()
    assert "有台账" in page.content.decode()
    posted = {names["mark"]: "basic", names["evidence"]: "有台账", names["files"]: [upload(), upload()]}
    assert clerk.post(address, posted).status_code == 302
    mark = Fulfilment.objects.get()
    assert [file.name for file in mark.files.all()] == ["整改台账.pdf", "整改台账.pdf"]
    again = {names["mark"]: "basic", names["evidence"]: "有台账", f"revision_{item.pk}": mark.revision}
    assert clerk.post(address, again | {names["files"]: upload()}).status_code == 302
    assert mark.files.count() == 3
    download = reverse("rectification:fulfilment_download", args=[mark.files.first().pk])
    staff = signed_in(world, "staff")
    assert download in staff.get(reverse("rectification:item_show", args=[item.pk])).content.decode()
    answer = staff.get(download)
    assert b"".join(answer.streaming_content) == PDF
    assert "attachment" in answer["Content-Disposition"]
    assert signed_in(world, "other_secretary").get(download).status_code == 404
    assert "（附：整改台账.pdf）" in fulfilment_paper(world.cycle.pk).parts[0].html
