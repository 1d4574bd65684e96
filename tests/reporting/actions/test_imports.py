import dataclasses

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry
from common.conflicts import StaleRevision
from common.flow import TransitionNotAllowed
from reporting.actions.imports import confirm_import, create_import, discard_import, place_import
from reporting.actions.reports import ReportChanges, save_report, submit_report
from reporting.models import DutyReport, ReportImport
from reporting.rules.imports import DROPPED, Choice, Piece
from reporting.rules.refusals import ImportRefused
from tests.reporting.rows import TEXTS, problem, read_in, write
from tests.world import World

pytestmark = pytest.mark.django_db

LINES = (
    "三、主要成绩",
    "建成***个。",
    "五、存在问题及原因剖析",
    "（一）抓得不细。",
    "原因：我认识不足。",
    "（二）带队伍不强。",
)


@pytest.fixture
def draft(world: World) -> DutyReport:
    return write(world.reporter, ReportChanges(), by=world.user("staff"))


def stored(report: DutyReport) -> dict[str, str]:
    return {row.section.key: row.text for row in report.texts.all()}


def problems(report: DutyReport) -> list[tuple[str, str]]:
    return list(report.problems.values_list("text", "cause"))


def test_reading_writes_nothing_and_confirming_writes_as_typing_does(world: World, draft: DutyReport) -> None:
    imported = read_in(draft, *LINES, by=world.user("staff"))
    assert (stored(draft), problems(draft)) == ({}, [])
    report = confirm_import(imported, choices={}, seen=draft.revision, by=world.user("staff"))
    assert stored(report) == {"achievements": "建成***个。"}
    assert problems(report) == [("抓得不细。", "我认识不足。"), ("带队伍不强。", "")]
    assert (report.revision, report.saved_by) == (draft.revision + 1, world.user("staff"))
    entry = AuditEntry.objects.of(report).get(verb="从 Word 导入")
    assert (entry.actor, entry.note) == (world.user("staff"), "报告.docx；未写入 0 段")
    assert ReportImport.objects.count() == 0


@pytest.mark.parametrize(
    ("choice", "text", "rows"),
    [
        (Choice.REPLACE, "建成***个。", ["抓得不细。", "带队伍不强。"]),
        (Choice.APPEND, TEXTS["achievements"] + "\n建成***个。", ["旧问题", "抓得不细。", "带队伍不强。"]),
        (Choice.LEAVE, TEXTS["achievements"], ["旧问题"]),
    ],
)
def test_what_stands_there_is_replaced_followed_or_left(world: World, choice: str, text: str, rows: list[str]) -> None:
    changes = ReportChanges(texts=TEXTS, problems=[problem(text="旧问题")])
    draft = write(world.reporter, changes, by=world.user("staff"))
    imported = read_in(draft, *LINES, by=world.user("staff"))
    with pytest.raises(ImportRefused, match="已有内容"):
        confirm_import(imported, choices={}, seen=draft.revision, by=world.user("staff"))
    choices = dict.fromkeys(("section-achievements", "problems"), choice)
    report = confirm_import(imported, choices=choices, seen=draft.revision, by=world.user("staff"))
    assert stored(report) == TEXTS | {"achievements": text}
    assert [text for text, _ in problems(report)] == rows


def test_answers_to_last_years_items_are_written_with_their_state(world: World, draft: DutyReport) -> None:
    item = world.reporter.carried_items.create(text="学习不够经常。")
    lines = ("四、上次承诺兑现", "1.学习不够经常。（已完成）", "每月一次。")
    imported = read_in(draft, *lines, by=world.user("staff"))
    confirm_import(imported, choices={}, seen=draft.revision, by=world.user("staff"))
    item.refresh_from_db()
    assert (item.status, item.explanation) == ("done", "每月一次。")


def moved(imported: ReportImport, place: str) -> list[Piece]:
    return [dataclasses.replace(piece, place=place) for piece in imported.as_pieces]


def test_undecided_pieces_stop_the_writing(world: World, draft: DutyReport) -> None:
    imported = read_in(draft, "一、特色和亮点", "甲", by=world.user("staff"))
    with pytest.raises(ImportRefused, match="还有 1 处"):
        confirm_import(imported, choices={}, seen=draft.revision, by=world.user("staff"))
    place_import(imported, pieces=moved(imported, "section-achievements"), by=world.user("staff"))
    report = confirm_import(imported, choices={}, seen=draft.revision, by=world.user("staff"))
    assert stored(report) == {"achievements": "一、特色和亮点\n甲"}


def test_what_is_not_wanted_is_left_out_and_counted(world: World, draft: DutyReport) -> None:
    imported = read_in(draft, "一、特色和亮点", "甲", by=world.user("staff"))
    place_import(imported, pieces=moved(imported, DROPPED), by=world.user("staff"))
    report = confirm_import(imported, choices={}, seen=draft.revision, by=world.user("staff"))
    assert stored(report) == {}
    assert AuditEntry.objects.of(report).get(verb="从 Word 导入").note == "报告.docx；未写入 2 段"


def test_a_change_since_then_is_told(world: World, draft: DutyReport) -> None:
    imported = read_in(draft, *LINES, by=world.user("staff"))
    save_report(draft, changes=ReportChanges(texts=TEXTS), seen=draft.revision, by=world.user("secretary"))
    with pytest.raises(StaleRevision):
        confirm_import(
            imported,
            choices={"section-achievements": Choice.REPLACE},
            seen=draft.revision,
            by=world.user("staff"),
        )
    assert stored(draft) == TEXTS


@pytest.mark.parametrize("role", ["clerk", "leader", "other_secretary"])
def test_nobody_else_imports(world: World, draft: DutyReport, role: str) -> None:
    imported = read_in(draft, *LINES, by=world.user("staff"))
    user = world.user(role)
    with pytest.raises(PermissionDenied):
        create_import(draft, file_name="x", lines=[], notes=[], by=user)
    with pytest.raises(PermissionDenied):
        place_import(imported, pieces=[], by=user)
    with pytest.raises(PermissionDenied):
        confirm_import(imported, choices={}, seen=1, by=user)
    with pytest.raises(PermissionDenied):
        discard_import(imported, by=user)


def test_nothing_is_imported_into_a_report_that_was_handed_in(world: World) -> None:
    report = write(world.reporter, by=world.user("secretary"))
    imported = read_in(report, *LINES, by=world.user("secretary"))
    report = submit_report(report, by=world.user("secretary"))
    with pytest.raises(TransitionNotAllowed, match="现在不能导入"):
        read_in(report, *LINES, by=world.user("secretary"))
    with pytest.raises(TransitionNotAllowed):
        confirm_import(imported, choices={}, seen=report.revision, by=world.user("secretary"))


def test_a_new_file_of_the_same_person_takes_the_place_of_the_old(world: World, draft: DutyReport) -> None:
    for user in ("staff", "secretary", "staff"):
        read_in(draft, *LINES, by=world.user(user))
    assert ReportImport.objects.count() == 2
