import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from common import clock
from rectification.actions.bulletins import create_bulletin, edit_bulletin, publish_bulletin
from rectification.models import Bulletin
from rectification.rules.bulletins import Audience
from reporting.models import Cycle
from reporting.rules.cycles import CyclePhase
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(clock, "today", lambda: dt.date(2026, 7, 8))
    return build_world()


def signed_in(world: World, role: str) -> Client:
    client = Client()
    client.force_login(world.user(role))
    return client


def page(client: Client, name: str, *args: int) -> str:
    response = client.get(reverse(f"rectification:{name}", args=args))
    assert response.status_code == 200, name
    return response.content.decode()


def test_from_the_plan_to_the_reader(world: World) -> None:
    office = signed_in(world, "supervision")
    board = page(office, "bulletin_board", world.cycle.pk)
    assert board.count("应发未发") == 4  # lead and both quarters and the half-year
    create_url = reverse("rectification:bulletin_create", args=[world.cycle.pk])
    assert office.post(create_url, {"kind": "quarter_2"}).status_code == 302
    bulletin = Bulletin.objects.get()
    lines = list(bulletin.lines.for_table())
    data = {
        "title": "第二季度通报",
        "number": "〔2026〕X号",
        "opening": "***多人，，",
        "common": "有的单位……",
        "closing": "",
        "has_ranking": "on",
        "revision": bulletin.revision,
        "lines-TOTAL_FORMS": len(lines),
        "lines-INITIAL_FORMS": len(lines),
    }
    for number, line in enumerate(lines):
        data |= {
            f"lines-{number}-id": line.pk,
            f"lines-{number}-comment": f"评{number}",
            f"lines-{number}-findings": "",
        }
        if number:
            data[f"lines-{number}-is_named"] = "on"
    assert office.post(reverse("rectification:bulletin_edit", args=[bulletin.pk]), data).status_code == 302
    publish_url = reverse("rectification:bulletin_publish", args=[bulletin.pk])
    assert office.post(publish_url, {"audience": "reporters"}).status_code == 302
    reader = signed_in(world, "secretary")
    html = page(reader, "bulletin_show", bulletin.pk)
    assert "***多人，，" in html
    assert "评0" not in html  # not named
    assert "评1" in html
    assert "阅读情况" not in html
    assert "已读 1／" in page(office, "bulletin_board", world.cycle.pk)


def test_a_year_opened_late_owes_nothing_for_the_time_before(world: World) -> None:
    Cycle.objects.filter(pk=world.cycle.pk).update(opened_on=dt.date(2026, 7, 1))
    board = page(signed_in(world, "supervision"), "bulletin_board", world.cycle.pk)
    assert (board.count("应发未发"), board.count("不需补发"), board.count("未到时间")) == (1, 3, 3)
    assert (board.count('aria-label="拟稿'), "btn-primary" in board) == (5, False)


def test_who_keeps_the_bulletins_is_led_to_the_board_of_each_year(world: World) -> None:
    board = reverse("rectification:bulletin_board", args=[world.cycle.pk])
    assert board in page(signed_in(world, "supervision"), "bulletin_list")
    assert board not in page(signed_in(world, "secretary"), "bulletin_list")
    Cycle.objects.update(phase=CyclePhase.CLOSED)
    assert board not in page(signed_in(world, "supervision"), "bulletin_list")


def test_a_draft_is_nobodys_but_the_offices(world: World) -> None:
    draft = create_bulletin(world.cycle, kind="quarter_1", by=world.user("clerk"))
    for role in ("secretary", "staff", "other_secretary", "sibling_clerk"):
        response = signed_in(world, role).get(reverse("rectification:bulletin_show", args=[draft.pk]))
        assert response.status_code == 404, role


def test_what_is_not_sent_down_is_not_seen_below(world: World) -> None:
    bulletin = create_bulletin(world.cycle, kind="quarter_1", by=world.user("clerk"))
    publish_bulletin(bulletin, audience=Audience.NONE, by=world.user("clerk"))
    assert (
        signed_in(world, "secretary").get(reverse("rectification:bulletin_show", args=[bulletin.pk])).status_code == 404
    )


def test_two_people_at_one_bulletin(world: World) -> None:
    bulletin = create_bulletin(world.cycle, kind="special", by=world.user("clerk"))
    facts = {"title": "甲", "number": "", "opening": "对方", "common": "", "closing": "", "has_ranking": False}
    edit_bulletin(bulletin, facts=facts, words={}, seen=1, by=world.user("supervision"))
    data = {"title": "乙", "opening": "我的", "revision": 1, "lines-TOTAL_FORMS": 0, "lines-INITIAL_FORMS": 0}
    response = signed_in(world, "clerk").post(reverse("rectification:bulletin_edit", args=[bulletin.pk]), data)
    assert response.status_code == 409
    assert "我的" in response.content.decode()


def test_a_period_that_is_there_is_said_and_an_unknown_one_too(world: World) -> None:
    client = signed_in(world, "clerk")
    url = reverse("rectification:bulletin_create", args=[world.cycle.pk])
    client.post(url, {"kind": "quarter_1"})
    assert "已经有了" in client.post(url, {"kind": "quarter_1"}, follow=True).content.decode()
    assert "请选择" in client.post(url, {"kind": "x"}, follow=True).content.decode()


def test_the_table_goes_to_excel(world: World) -> None:
    bulletin = create_bulletin(world.cycle, kind="quarter_1", by=world.user("clerk"))
    response = signed_in(world, "clerk").get(reverse("rectification:bulletin_export", args=[bulletin.pk]))
    assert b"".join(response.streaming_content)[:2] == b"PK"
