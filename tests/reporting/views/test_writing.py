"""The page of a report: what is typed is kept, the slower is told, automatic saves answer as agreed."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from reporting.actions.reports import ReportChanges, save_report, submit_report
from reporting.models import DutyReport
from tests.reporting.rows import TEXTS, complete, hand_in, problem, write
from tests.world import World

pytestmark = pytest.mark.django_db

LONG = "（一）是“一岗双责”，，落实不够；***、XX、<b>&amp;" * 900


@pytest.fixture
def staff(world: World, client: Client) -> Client:
    client.force_login(world.user("staff"))
    return client


def address(world: World, name: str = "edit") -> str:
    return reverse(f"reporting:report_{name}", args=[world.reporter.pk])


def rows(*problems: dict[str, Any], seen: int) -> dict[str, Any]:
    data: dict[str, Any] = {"problems-TOTAL_FORMS": len(problems), "problems-INITIAL_FORMS": 0, "problems-seen": seen}
    for index, row in enumerate(problems):
        data |= {f"problems-{index}-{name}": value for name, value in row.items()}
    return data


def test_the_first_visit_makes_the_report_and_offers_the_scheme(world: World, staff: Client) -> None:
    page = staff.get(address(world)).content.decode()
    assert DutyReport.objects.get().reporter == world.reporter
    for words in ("一、履行主体责任情况", "二、个人履职情况", "五、存在问题及原因剖析", "添加一个问题"):
        assert words in page
    assert "上年度没有结转到本单位的问题和承诺，本部分不用填写。" in page
    assert "“主要成绩”还没有填写。" in page


def test_the_button_keeps_everything_as_typed_and_shows_it_again(world: World, staff: Client) -> None:
    staff.get(address(world))
    text = f"  {LONG}\n\n　末行 "
    data = {"revision": 1, "section_achievements": text.replace("\n", "\r\n")}
    data |= rows({"text": LONG, "cause": "", "category": "***"}, {"text": ""}, seen=1)
    assert staff.post(address(world), data).status_code == 302
    report = DutyReport.objects.get()
    assert report.texts.get(section__key="achievements").text == text
    stored = report.problems.get()
    assert (stored.text, stored.category) == (LONG, "***")
    form = staff.get(address(world)).context["page"].form
    assert form["section_achievements"].value() == text


def test_a_draft_may_be_incomplete_and_goes_on_to_the_check(world: World, client: Client) -> None:
    client.force_login(world.user("secretary"))
    client.get(address(world))
    answer = client.post(address(world), {"revision": 1, "section_achievements": "写了", "next": "submit"}, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == f"{address(world)}?missing=1"
    assert "已保存，还没有报送" in page
    assert '<a href="#id_section_main_responsibility">“履行主体责任情况”还没有填写。</a>' in page
    assert "写了" in page
    check = client.get(address(world, "submit")).content.decode()
    assert f'href="{address(world)}#id_section_main_responsibility"' in check


def test_the_slower_gets_409_with_both_texts(world: World, staff: Client) -> None:
    report = write(world.reporter, by=world.user("secretary"))
    data = {"revision": report.revision - 1, "section_achievements": "我打的字"}
    answer = staff.post(address(world), data)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "我打的字" in page
    assert TEXTS["achievements"] in page
    assert "已有人修改了这项内容" in page
    again = staff.post(address(world), data | {"revision": report.revision})
    assert again.status_code == 302
    assert report.texts.get(section__key="achievements").text == "我打的字"


def test_an_automatic_save_stores_the_changed_fields_only(world: World, staff: Client) -> None:
    report = write(world.reporter, by=world.user("secretary"))
    data = {
        "revision": report.revision,
        "save_id": "a1",
        "changed": ["section_achievements"],
        "section_achievements": "改成***。",
    }
    answer = staff.post(address(world, "autosave"), data)
    report.refresh_from_db()
    body = answer.json()
    assert (answer.status_code, body["ok"], body["revision"]) == (200, True, report.revision)
    assert body["counts"]["section_achievements"] == 6
    assert body["values"] == {}
    texts = {text.section.key: text.text for text in report.texts.select_related("section")}
    assert texts == TEXTS | {"achievements": "改成***。"}
    assert report.problems.count() == 1


def test_new_rows_get_their_ids_back_once(world: World, staff: Client) -> None:
    staff.get(address(world))
    data = {"revision": 1, "save_id": "a1", "changed": ["problems-0-text"]}
    data |= rows({"text": "一"}, {"text": ""}, {"text": "三"}, seen=1)
    first = staff.post(address(world, "autosave"), data).json()
    second = staff.post(address(world, "autosave"), data).json()
    ids = list(DutyReport.objects.get().problems.values_list("pk", flat=True))
    assert first["values"] == {"problems-0-id": ids[0], "problems-2-id": ids[1], "problems-seen": 2}
    assert second == first


def test_a_conflict_hands_over_what_is_stored(world: World, staff: Client) -> None:
    report = write(world.reporter, by=world.user("secretary"))
    stored = report.problems.get()
    data = {"revision": 1, "save_id": "a1", "changed": ["problems-3-text"]}
    data |= {"problems-TOTAL_FORMS": 4, "problems-INITIAL_FORMS": 1, "problems-seen": 1}
    data |= {"problems-3-id": stored.pk, "problems-3-text": "我的"}
    answer = staff.post(address(world, "autosave"), data)
    body = answer.json()
    assert (answer.status_code, body["conflict"], body["revision"], body["by"]) == (409, True, report.revision, "张某")
    assert body["theirs"]["section_personal_duty"] == TEXTS["personal_duty"]
    assert body["theirs"]["problems-3-text"] == "抓得不细。"
    assert body["theirs"]["problems-seen"] == str(report.revision)
    stored.refresh_from_db()
    assert stored.text == "抓得不细。"


def test_an_automatic_save_after_handing_in_is_refused_in_words(world: World, staff: Client) -> None:
    report = hand_in(world.reporter, by=world.user("secretary"))
    data = {"revision": report.revision, "save_id": "a9", "changed": ["section_achievements"]}
    answer = staff.post(address(world, "autosave"), data | {"section_achievements": "晚了"})
    assert (answer.status_code, "报告已经报送或定稿" in answer.json()["message"]) == (423, True)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"revision": "x"},
        {"revision": "1", "save_id": "a", "problems-TOTAL_FORMS": "x"},
        {"revision": "1", "save_id": "a", "section_achievements": "a\x00b"},
    ],
)
def test_nonsense_is_answered_with_a_message(world: World, staff: Client, data: dict[str, str]) -> None:
    staff.get(address(world))
    answer = staff.post(address(world, "autosave"), data)
    assert answer.status_code == 400
    assert "message" in answer.json()


def test_answers_to_last_year_are_saved_by_name(world: World, staff: Client) -> None:
    item = world.reporter.carried_items.create(text="承诺建***个", origin=1, origin_year=2025)
    page = staff.get(address(world)).content.decode()
    assert "承诺建***个" in page
    name = f"carried_{item.pk}_status"
    data = {"revision": 1, "save_id": "b", "changed": [name], name: "standing"}
    assert staff.post(address(world, "autosave"), data).status_code == 200
    item.refresh_from_db()
    assert (item.status, item.explanation) == ("standing", "")


def test_the_check_beside_the_text_follows_what_is_stored(world: World, staff: Client) -> None:
    report = write(world.reporter, complete(), by=world.user("secretary"))
    assert "必填内容都已填写，可以报送" in staff.get(address(world, "check")).content.decode()
    gone = ReportChanges(problems=[problem(id=report.problems.get().pk, is_deleted=True)])
    save_report(report, changes=gone, seen=report.revision, by=world.user("staff"))
    assert "至少要写一个问题" in staff.get(address(world, "check")).content.decode()


def test_what_was_handed_in_is_not_written_on(world: World, staff: Client) -> None:
    report = write(world.reporter, by=world.user("secretary"))
    submit_report(report, by=world.user("secretary"))
    assert staff.get(address(world)).url == address(world, "show")


def test_what_was_typed_in_another_window_meanwhile_stays_on_the_page(world: World, staff: Client) -> None:
    report = hand_in(world.reporter, by=world.user("secretary"))
    answer = staff.post(address(world), {"revision": report.revision, "section_achievements": "另一个窗口里写的"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "报告已经报送或定稿" in page
    assert "另一个窗口里写的" in page


def test_a_conflict_with_oneself_says_so(world: World, client: Client) -> None:
    report = write(world.reporter, by=world.user("secretary"))
    client.force_login(world.user("secretary"))
    data = {"revision": report.revision - 1, "save_id": "b1", "changed": ["section_achievements"]}
    answer = client.post(address(world, "autosave"), data | {"section_achievements": "我"})
    assert answer.json()["by"] == "您在另一个窗口"


@pytest.mark.parametrize(
    "garbage",
    [
        {"problems-0-ORDER": "-1"},
        {"problems-0-ORDER": "99999999999999999999"},
        {"problems-0-id": "99999999999999999999"},
        {"problems-seen": "²"},
        {"problems-seen": "9" * 5000},
    ],
)
def test_garbage_in_hidden_fields_loses_nothing(world: World, staff: Client, garbage: dict[str, str]) -> None:
    staff.get(address(world))
    data = {"revision": 1, "section_achievements": "甲"} | rows({"text": "问题", "cause": "原因"}, seen=1) | garbage
    assert staff.post(address(world), data).status_code == 302
    report = DutyReport.objects.get()
    assert report.problems.get().text == "问题"
    assert report.texts.get(section__key="achievements").text == "甲"


def test_rows_that_cannot_be_read_are_said_and_not_dropped_in_silence(world: World, staff: Client) -> None:
    staff.get(address(world))
    data = {"revision": 1, "section_achievements": "甲", "problems-TOTAL_FORMS": "1", "problems-0-text": "问题"}
    page = staff.post(address(world), data)
    assert page.status_code == 200
    assert page.context["faults"]
    answer = staff.post(address(world, "autosave"), data | {"save_id": "a", "after": ""})
    assert (answer.status_code, bool(answer.json()["message"])) == (400, True)
    assert not DutyReport.objects.get().texts.exists()


def test_the_name_of_a_save_may_be_anything(world: World, staff: Client) -> None:
    staff.get(address(world))
    data = {"revision": 1, "save_id": "a\x00b", "after": "\x00", "changed": "section_achievements"}
    answer = staff.post(address(world, "autosave"), data | {"section_achievements": "甲"})
    assert answer.status_code == 200
    assert DutyReport.objects.get().last_save_id == "ab"
