"""Automatic saves of the lists of the year's start and of the five ones: nothing typed is lost, nothing counts twice."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry
from reporting.models import FiledList, FiveOneSheet
from tests.reporting.rows_of_work import call_lists, filed_list, hand_in_list
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    world = build_world()
    for position in (1, 2):
        world.cycle.scheme.tasks.create(name=f"第{position}件事", position=position)
    call_lists(world)
    return world


@pytest.fixture
def staff(world: World, client: Client) -> Client:
    client.force_login(world.user("staff"))
    return client


# --- 清单 ---------------------------------------------------------------------------------------


def rows(*sent: dict[str, Any], revision: int = 1, save_id: str = "a1", **facts: Any) -> dict[str, Any]:
    data: dict[str, Any] = {"rows-TOTAL_FORMS": len(sent), "rows-INITIAL_FORMS": 0, "revision": revision}
    for index, row in enumerate(sent):
        data |= {f"rows-{index}-{name}": value for name, value in row.items()}
    return data | {"save_id": save_id} | facts


def save_list(client: Client, filed: FiledList, data: dict[str, Any]):
    return client.post(reverse("reporting:filed_list_autosave", args=[filed.pk]), data)


def matters(filed: FiledList) -> list[str]:
    return list(filed.rows.values_list("matter", flat=True))


def test_rows_are_stored_unfinished_and_get_their_ids_once(world: World, staff: Client) -> None:
    filed = filed_list(world)
    data = rows({"matter": "一", "ORDER": 1}, {"matter": "", "ORDER": 2}, {"matter": "X月X日　", "ORDER": 3})
    first, again = save_list(staff, filed, data), save_list(staff, filed, data)
    ids = list(filed.rows.values_list("pk", flat=True))
    assert first.json()["values"] == {"rows-0-id": ids[0], "rows-2-id": ids[1]}
    assert again.json() == first.json()
    assert matters(filed) == ["一", "X月X日　"]
    assert AuditEntry.objects.of(filed).filter(verb="撰写清单").count() == 1


def test_rows_move_and_go_by_an_explicit_removal_only(world: World, staff: Client) -> None:
    filed = filed_list(world)
    kept, moved, gone = (filed.rows.create(matter=name, position=n) for n, name in enumerate("甲乙丙"))
    filed.rows.create(matter="别人加的", position=9)
    data = rows(
        {"id": kept.pk, "matter": "甲甲", "ORDER": 2},
        {"id": moved.pk, "matter": "乙", "ORDER": 1},
        {"id": gone.pk, "matter": "丙", "ORDER": 3, "DELETE": "on"},
    )
    assert save_list(staff, filed, data).json()["values"] == {}
    assert matters(filed) == ["乙", "甲甲", "别人加的"]


def test_a_page_left_before_the_answer_does_not_add_its_rows_again(world: World, staff: Client) -> None:
    filed = filed_list(world)
    save_list(staff, filed, rows({"matter": "一"}))
    answer = save_list(staff, filed, rows({"matter": "一二"}, save_id="a2", after="a1"))
    assert answer.json()["revision"] == 3
    assert matters(filed) == ["一二"]


def test_the_slower_of_two_gets_what_is_stored(world: World, staff: Client) -> None:
    filed = filed_list(world)
    row = filed.rows.create(matter="原来的", position=1)
    save_list(staff, filed, rows({"id": row.pk, "matter": "先存的"}))
    staff.force_login(world.user("secretary"))
    answer = save_list(staff, filed, rows({"id": row.pk, "matter": "后存的"}, save_id="b1"))
    body = answer.json()
    assert (answer.status_code, body["revision"], body["by"]) == (409, 2, "李某")
    assert body["theirs"]["rows-0-matter"] == "先存的"
    assert matters(filed) == ["先存的"]


def test_what_cannot_be_stored_is_told(world: World, staff: Client) -> None:
    filed = filed_list(world)
    wrong = save_list(staff, filed, rows({"matter": "一", "due_date": "2026-02-30"}))
    assert (wrong.status_code, wrong.json()["message"][:4]) == (400, "第1项时")
    hand_in_list(filed, world)
    filed.refresh_from_db()
    late = save_list(staff, filed, rows({"matter": "晚了"}, revision=filed.revision, save_id="a2"))
    assert late.status_code == 423
    assert "已经报送" in late.json()["message"]


def test_signed_out_nothing_is_stored_and_the_page_keeps_it(world: World, client: Client) -> None:
    assert save_list(client, filed_list(world), rows({"matter": "一"})).status_code == 302
    assert matters(filed_list(world)) == []


# --- 五个一 -------------------------------------------------------------------------------------


def save_ones(client: Client, world: World, data: dict[str, Any]):
    url = reverse("reporting:five_one_autosave", args=[world.cycle.pk, world.township.pk])
    return client.post(url, {"revision": 0, "save_id": "a1", **data})


def test_only_the_changed_fields_of_the_five_ones_are_stored(world: World, staff: Client) -> None:
    first, second = world.cycle.scheme.tasks.all()
    one, two, done = f"task_{first.pk}_text", f"task_{second.pk}_text", f"task_{first.pk}_is_done"
    answer = save_ones(staff, world, {"changed": [one], one: "去了X次\r\n", two: "没有改过"})
    assert answer.json()["revision"] == 2
    assert save_ones(staff, world, {"changed": [one], one: "去了X次\r\n"}).json() == answer.json()
    save_ones(staff, world, {"revision": 2, "save_id": "a2", "changed": [done, two], done: "on", two: "**户"})
    save_ones(staff, world, {"revision": 3, "save_id": "a3", "changed": [done]})
    records = FiveOneSheet.objects.get().records
    assert records[str(first.pk)] == {"text": "去了X次\n", "is_done": False, "evidence": ""}
    assert records[str(second.pk)]["text"] == "**户"
    assert AuditEntry.objects.of(FiveOneSheet.objects.get()).count() == 1


def test_done_without_words_waits_for_them(world: World, staff: Client) -> None:
    done = f"task_{world.cycle.scheme.tasks.first().pk}_is_done"
    answer = save_ones(staff, world, {"changed": [done], done: "on"})
    assert (answer.status_code, answer.json()["message"]) == (400, "标为已经完成的，请写明做了什么。")


def test_two_tabs_of_the_five_ones_are_told_apart(world: World, staff: Client) -> None:
    first = world.cycle.scheme.tasks.first()
    text, done = f"task_{first.pk}_text", f"task_{first.pk}_is_done"
    save_ones(staff, world, {"changed": [text, done], text: "这一个窗口", done: "on"})
    answer = save_ones(staff, world, {"save_id": "b1", "changed": [text], text: "那一个窗口"})
    body = answer.json()
    assert (answer.status_code, body["revision"], body["by"]) == (409, 2, "您在另一个窗口")
    assert (body["theirs"][text], body["theirs"][done]) == ("这一个窗口", "on")
    late = save_ones(staff, world, {"save_id": "a2", "after": "a1", "changed": [text], text: "离开时"})
    assert late.status_code == 200


def test_nobody_else_writes_them(world: World, client: Client) -> None:
    client.force_login(world.user("clerk"))
    assert save_ones(client, world, {"changed": []}).status_code == 403
