import dataclasses
import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry, Notice
from common.conflicts import StaleRevision
from common.flow import TransitionNotAllowed
from reporting.actions.reports import (
    ReportChanges,
    SaveMarks,
    accept_report,
    lock_report,
    reopen_report,
    return_report,
    save_report,
    start_report,
    submit_report,
)
from reporting.models import DutyReport
from reporting.rules.cycles import CyclePhase
from reporting.rules.refusals import CycleClosed, ReportIncomplete
from reporting.rules.reports import ReportState
from tests.reporting.rows import TEXTS, complete, hand_in, problem, write
from tests.world import World

pytestmark = pytest.mark.django_db

LONG = "（一）是“一岗双责”，，落实不够；***、XX、<b>&amp;\n" * 800  # more than 20,000 characters


def test_a_draft_keeps_exactly_what_was_typed(world: World) -> None:
    text = f"  {LONG}\t\n\n"
    changes = ReportChanges(texts={"achievements": text}, problems=[problem(text=text, cause="", category="**")])
    report = write(world.reporter, changes, by=world.user("staff"))
    assert report.texts.get().text == text
    assert report.problems.get().text == text
    assert report.problems.get().category == "**"
    assert report.state == ReportState.DRAFT


def test_starting_twice_gives_one_report(world: World) -> None:
    first = start_report(world.reporter, by=world.user("staff"))
    assert start_report(world.reporter, by=world.user("secretary")) == first
    assert list(AuditEntry.objects.of(first).values_list("verb", flat=True)) == ["新建报告"]


@pytest.mark.parametrize("role", ["other_secretary", "clerk", "leader", "attendee"])
def test_nobody_else_writes(world: World, role: str) -> None:
    report = start_report(world.reporter, by=world.user("staff"))
    with pytest.raises(PermissionDenied):
        save_report(report, changes=complete(), seen=report.revision, by=world.user(role))


def test_saving_leaves_one_line_of_a_sitting(world: World) -> None:
    report = write(world.reporter, by=world.user("staff"))
    report = save_report(report, changes=complete(), seen=report.revision, by=world.user("staff"))
    save_report(report, changes=complete(), seen=report.revision, by=world.user("secretary"))
    verbs = AuditEntry.objects.of(report).values_list("verb", "actor__username")
    assert list(verbs) == [("撰写报告", "secretary"), ("撰写报告", "staff"), ("新建报告", "staff")]


def test_the_slower_of_two_is_told_and_nothing_is_stored(world: World) -> None:
    report = write(world.reporter, by=world.user("staff"))
    seen = report.revision
    first = ReportChanges(texts={"achievements": "先"})
    save_report(report, changes=first, seen=seen, by=world.user("staff"))
    with pytest.raises(StaleRevision):
        save_report(report, changes=ReportChanges(texts={"achievements": "后"}), seen=seen, by=world.user("secretary"))
    assert report.texts.get(section__key="achievements").text == "先"


def test_the_same_save_twice_gives_the_same_answer(world: World) -> None:
    report = start_report(world.reporter, by=world.user("staff"))
    seen, marks = report.revision, SaveMarks("s1")
    first = save_report(report, changes=complete(), seen=seen, marks=marks, by=world.user("staff"))
    second = save_report(report, changes=complete(), seen=seen, marks=marks, by=world.user("staff"))
    assert (second.revision, second.last_save_values) == (first.revision, first.last_save_values)
    assert report.problems.count() == 1
    assert first.last_save_values == {"problems-0-id": report.problems.get().pk, "problems-seen": first.revision}


def test_a_page_that_was_left_builds_on_the_save_it_did_not_hear_of(world: World) -> None:
    report = start_report(world.reporter, by=world.user("staff"))
    seen = report.revision
    save_report(report, changes=complete(), seen=seen, marks=SaveMarks("s1"), by=world.user("staff"))
    later = dataclasses.replace(complete(), problems=[problem(text="改过。")], problems_seen=seen)
    save_report(report, changes=later, seen=seen, marks=SaveMarks("s2", after="s1"), by=world.user("staff"))
    assert [row.text for row in report.problems.all()] == ["改过。"]


def test_rows_of_a_page_from_before_are_compared_apart(world: World) -> None:
    report = write(world.reporter, by=world.user("staff"))
    stored = report.problems.get()
    report = save_report(
        report,
        changes=ReportChanges(problems=[problem(text="别人改的", id=stored.pk)]),
        seen=report.revision,
        by=world.user("secretary"),
    )
    old_rows = ReportChanges(problems=[problem(id=stored.pk)], problems_seen=report.revision - 1)
    with pytest.raises(StaleRevision):
        save_report(report, changes=old_rows, seen=report.revision, by=world.user("staff"))
    assert report.problems.get().text == "别人改的"


def test_only_an_explicit_removal_removes_a_problem(world: World) -> None:
    rows = [problem(0, "甲"), problem(1, "乙"), problem(2, "", "", category=" ")]
    report = write(world.reporter, ReportChanges(problems=rows), by=world.user("staff"))
    first, second = report.problems.all()
    report = save_report(report, changes=ReportChanges(problems=[]), seen=report.revision, by=world.user("staff"))
    assert [row.text for row in report.problems.all()] == ["甲", "乙"]
    rows = [problem(0, "甲", id=first.pk, position=2), problem(1, "乙", id=second.pk, position=1)]
    report = save_report(report, changes=ReportChanges(problems=rows), seen=report.revision, by=world.user("staff"))
    assert [row.text for row in report.problems.all()] == ["乙", "甲"]
    gone = [problem(0, id=first.pk, is_deleted=True), problem(5, id=99999, is_deleted=True)]
    save_report(report, changes=ReportChanges(problems=gone), seen=report.revision, by=world.user("staff"))
    assert [row.text for row in report.problems.all()] == ["乙"]


def test_answers_to_last_year_stay_with_their_item(world: World) -> None:
    item = world.reporter.carried_items.create(text="旧问题", origin=1, origin_year=2025)
    other = world.other_reporter.carried_items.create(text="别人的", origin=2)
    answers = {item.pk: ("done", "已建成。"), other.pk: ("done", "越权")}
    report = write(world.reporter, ReportChanges(answers=answers), by=world.user("staff"))
    save_report(
        report, changes=ReportChanges(answers={item.pk: (None, "改")}), seen=report.revision, by=world.user("staff")
    )
    item.refresh_from_db()
    other.refresh_from_db()
    assert (item.status, item.explanation) == ("done", "改")
    assert other.explanation == ""


def test_handing_in_moves_writes_a_version_freezes_and_tells(world: World) -> None:
    report = hand_in(world.reporter, by=world.user("secretary"))
    version = report.versions.get()
    assert report.state == ReportState.SUBMITTED
    assert (version.number, version.state, version.by) == (1, "submitted", world.user("secretary"))
    assert version.as_content.sections[0].text == TEXTS["main_responsibility"]
    assert version.sha256 == report.content.sha256
    scheme = world.cycle.scheme
    scheme.refresh_from_db()
    assert scheme.frozen_reason == "甲乡党委报送了报告"
    assert AuditEntry.objects.of(report).get(verb="报送报告").after["state"] == "submitted"
    notice = Notice.objects.get()
    assert (notice.user, notice.text) == (world.user("clerk"), "甲乡党委（X1）报送了2026年度述职报告")


def test_drafting_staff_cannot_hand_in(world: World) -> None:
    report = write(world.reporter, by=world.user("staff"))
    with pytest.raises(PermissionDenied):
        submit_report(report, by=world.user("staff"))


def test_an_incomplete_report_is_refused_by_name_and_nothing_is_lost(world: World) -> None:
    item = world.reporter.carried_items.create(text="旧问题", origin=1)
    changes = ReportChanges(texts={"personal_duty": "我"}, problems=[problem(cause="")])
    report = write(world.reporter, changes, by=world.user("secretary"))
    with pytest.raises(ReportIncomplete) as refused:
        submit_report(report, by=world.user("secretary"))
    assert refused.value.sentences == [
        "“履行主体责任情况”还没有填写。",
        "“主要成绩”还没有填写。",
        "上年度事项第1项还没有选择整改情况、填写情况说明。",
        "第1个问题没有写原因。",
        "“下一步措施与承诺”还没有填写。",
    ]
    report.refresh_from_db()
    assert (report.state, report.submitted_at, report.versions.count()) == ("draft", None, 0)
    assert report.texts.get().text == "我"
    assert item.reporter == world.reporter


@pytest.mark.parametrize(("day", "late"), [(15, False), (16, True)])
def test_after_the_dated_deadline_a_report_is_late_but_taken(world: World, day: int, late: bool) -> None:
    with time_machine.travel(dt.datetime(2026, 12, day, 23, 0, tzinfo=dt.timezone(dt.timedelta(hours=8))), tick=False):
        report = hand_in(world.reporter, by=world.user("secretary"))
    assert (report.state, report.is_late) == (ReportState.SUBMITTED, late)


def test_handed_in_again_after_the_deadline_it_is_not_late(world: World) -> None:
    east = dt.timezone(dt.timedelta(hours=8))
    with time_machine.travel(dt.datetime(2026, 12, 10, tzinfo=east), tick=False):
        report = hand_in(world.reporter, by=world.user("secretary"))
        report = return_report(report, reason="问题不具体", by=world.user("clerk"))
    with time_machine.travel(dt.datetime(2026, 12, 20, tzinfo=east), tick=False):
        report = submit_report(report, by=world.user("secretary"))
    assert not report.is_late


def test_without_a_date_nobody_is_late(world: World) -> None:
    world.cycle.scheme.__class__.objects.update(report_due_date=None, report_due_text="X月底前")
    with time_machine.travel(dt.datetime(2030, 1, 1, tzinfo=dt.UTC), tick=False):
        assert not hand_in(world.reporter, by=world.user("secretary")).is_late


def test_a_return_tells_the_authors_why_and_keeps_what_was_handed_in(world: World) -> None:
    report = hand_in(world.reporter, by=world.user("secretary"))
    Notice.objects.all().delete()
    report = return_report(report, reason="以业务代替党建\n请重写。", by=world.user("clerk"))
    assert (report.state, report.rounds, report.return_reason) == ("returned", 1, "以业务代替党建\n请重写。")
    assert {notice.user.username for notice in Notice.objects.all()} == {"secretary", "staff"}
    changes = ReportChanges(texts={"achievements": "正在改"})
    report = save_report(report, changes=changes, seen=report.revision, by=world.user("staff"))
    handed_in = report.handed_in
    assert handed_in is not None
    assert handed_in.sections[2].text == TEXTS["achievements"]
    assert report.content.sections[2].text == "正在改"


def test_the_whole_way_writes_a_version_at_each_station(world: World) -> None:
    clerk = world.user("clerk")
    report = hand_in(world.reporter, by=world.user("secretary"))
    report = accept_report(report, by=clerk)
    report = lock_report(report, by=clerk)
    report = reopen_report(report, reason="改一个数", by=clerk)
    report = return_report(report, reason="改一个数", by=clerk)
    versions = report.versions.order_by("number").values_list("number", "state")
    assert list(versions) == [(1, "submitted"), (2, "accepted"), (3, "locked"), (4, "returned")]
    assert AuditEntry.objects.of(report).get(verb="重新打开").note == "改一个数"


DEEDS = {
    "save": lambda report, by: save_report(report, changes=complete(), seen=report.revision, by=by),
    "submit": lambda report, by: submit_report(report, by=by),
    "return": lambda report, by: return_report(report, reason="再改", by=by),
    "accept": lambda report, by: accept_report(report, by=by),
    "lock": lambda report, by: lock_report(report, by=by),
    "reopen": lambda report, by: reopen_report(report, reason="再开", by=by),
}
ACTORS = {"save": "secretary", "submit": "secretary"}
POSSIBLE = {
    "draft": {"save", "submit"},
    "submitted": {"return", "accept"},
    "returned": {"save", "submit"},
    "accepted": {"return", "lock"},
    "locked": {"reopen"},
}


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("state", ReportState.values)
def test_each_deed_in_each_state(world: World, state: str, deed: str) -> None:
    report = write(world.reporter, by=world.user("secretary"))
    DutyReport.objects.filter(pk=report.pk).update(state=state)
    report.refresh_from_db()
    actor = world.user(ACTORS.get(deed, "clerk"))
    if deed in POSSIBLE[state]:
        DEEDS[deed](report, actor)
    else:
        with pytest.raises(TransitionNotAllowed):
            DEEDS[deed](report, actor)


@pytest.mark.parametrize("deed", ["return", "accept", "lock", "reopen"])
@pytest.mark.parametrize("role", ["secretary", "leader", "supervision", "superior", "administrator", "sibling_clerk"])
def test_only_the_committees_own_department_screens(world: World, role: str, deed: str) -> None:
    report = hand_in(world.reporter, by=world.user("secretary"))
    with pytest.raises(PermissionDenied):
        DEEDS[deed](report, world.user(role))


@pytest.mark.parametrize("deed", ["save", "submit"])
def test_a_closed_year_is_not_written_any_more(world: World, deed: str) -> None:
    report = write(world.reporter, by=world.user("secretary"))
    world.cycle.phase = CyclePhase.CLOSED
    world.cycle.save()
    report = DutyReport.objects.get(pk=report.pk)
    with pytest.raises(CycleClosed):
        DEEDS[deed](report, world.user("secretary"))
