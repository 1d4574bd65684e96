"""Word files into reports: read, laid out, looked at, and only then written, by the way that typing goes (S-79)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions.audit import record
from accounts.models import User
from common import clock
from common.flow import TransitionNotAllowed
from reporting.actions.report_parts import ProblemRow
from reporting.actions.reports import ReportChanges, save_report
from reporting.models import DutyReport, ReportImport
from reporting.permissions import can_write_report
from reporting.rules.imported_problems import split_problems
from reporting.rules.imports import (
    DROPPED,
    ELSEWHERE,
    NOWHERE,
    PROBLEMS,
    Choice,
    Line,
    Outline,
    Piece,
    cut,
    item_place,
    joined,
    text_place,
)
from reporting.rules.outlines import printed_lines
from reporting.rules.refusals import ImportRefused
from reporting.rules.schemes import SectionKind

NOT_WRITABLE = "报告已经报送或定稿，现在不能导入。确需修改的，请组织部门退回后再导入。"


@dataclasses.dataclass(frozen=True)
class Place:
    """Where a piece can go, and what stands there now. `pk` is that of last year's item."""

    key: str
    label: str
    kind: str
    old: str
    section_key: str = ""
    pk: int | None = None


def places_of(report: DutyReport) -> list[Place]:
    """The places of a report in their order; each item of last year is one of its own."""
    texts = {row.section_id: row.text for row in report.texts.all()}
    places = []
    for section in report.cycle.scheme.sections.all():
        if section.kind == SectionKind.TEXT:
            old = texts.get(section.pk, "")
            places.append(Place(text_place(section.key), section.heading, section.kind, old, section_key=section.key))
        elif section.kind == SectionKind.PROBLEMS:
            rows = (f"{row.text}\n原因：{row.cause}" for row in report.problems.all())
            places.append(Place(PROBLEMS, section.heading, section.kind, "\n".join(rows)))
        elif section.kind == SectionKind.CARRIED:
            for number, item in enumerate(report.reporter.carried_items.all(), start=1):
                label = f"{section.heading}（第{number}项：{item.text[:20]}）"
                places.append(Place(item_place(item.pk), label, section.kind, item.explanation, pk=item.pk))
    return places


def outline_of(report: DutyReport) -> Outline:
    reporter = report.reporter
    keys: dict[str, str] = {SectionKind.PROBLEMS: PROBLEMS, SectionKind.CARRIED: "carried"}
    sections = tuple(
        (
            text_place(section.key) if section.kind == SectionKind.TEXT else keys.get(section.kind, ELSEWHERE),
            section.heading,
            section.kind,
        )
        for section in reporter.cycle.scheme.sections.all()
    )
    return Outline(
        sections=sections,
        items=tuple((item_place(item.pk), item.text) for item in reporter.carried_items.all()),
        printed=printed_lines(report.content, {s.key: s.guidance for s in reporter.cycle.scheme.sections.all()}),
        author=(reporter.name, reporter.printed_title) if reporter.name.strip("*×xX某") else (reporter.printed_title,),
    )


@transaction.atomic
def create_import(
    report: DutyReport, *, file_name: str, lines: Iterable[Line], notes: Sequence[str], by: User
) -> ReportImport:
    """Keep what was read of a file until it is confirmed. An earlier file of the same person goes."""
    report = DutyReport.objects.select_for_update().get(pk=report.pk)
    _check_writable(report, by)
    found = cut(list(lines), outline_of(report))
    told = list(notes)
    if found.printed:
        told.append(f"系统印出的填写提示和附件名 {found.printed} 行，不写入报告。")
    if found.rows:
        told.append(
            f"文末的表格（{found.rows} 行）像是履职数据，单独列出：数据请到撰写页面的“履职数据”中填写；"
            "也可以选择写入哪一部分，或者不写入。"
        )
    noise = sum(len(piece.noise) for piece in found.pieces)
    if noise:
        told.append(f"有 {noise} 行像是网站水印、页码或页眉页脚，建议不写入，逐行列在下面，由您决定。")
    report.imports.filter(by=by).delete()
    return report.imports.create(
        file_name=file_name[-200:],
        pieces=[piece.to_json() for piece in found.pieces],
        notes=told,
        by=by,
        at=clock.now(),
    )


def _check_writable(report: DutyReport, by: User) -> None:
    if not can_write_report(by, report):
        raise PermissionDenied
    if not report.is_writable or report.cycle.is_closed:
        raise TransitionNotAllowed(report.state, "import", NOT_WRITABLE)


@transaction.atomic
def place_import(imported: ReportImport, *, pieces: Sequence[Piece], by: User) -> ReportImport:
    """Remember where each piece is to go, with which headings and which doubtful lines; words and report stay."""
    imported = ReportImport.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    _check_writable(imported.report, by)
    imported.pieces = [
        dataclasses.replace(stored, place=piece.place, keeps_heading=piece.keeps_heading, keeps=piece.keeps).to_json()
        for stored, piece in zip(imported.as_pieces, pieces, strict=True)
    ]
    imported.save(update_fields=["pieces"])
    return imported


@transaction.atomic
def confirm_import(imported: ReportImport, *, choices: Mapping[str, str], seen: int, by: User) -> DutyReport:
    """Write the pieces into the report as if they had been typed. `choices` says by place what to do with what stands
    there. Raises ImportRefused while something is undecided, StaleRevision when the report changed since `seen`.
    """
    imported = ReportImport.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    _check_writable(imported.report, by)
    pieces, places = imported.as_pieces, places_of(imported.report)
    undecided = sum(piece.place == NOWHERE and not piece.is_noise for piece in pieces)
    if undecided:
        raise ImportRefused(f"还有 {undecided} 处没有选择放在哪里，请逐处选择；不要的，选“不写入报告”。")
    asked = [place.label for place in places if is_open(place, pieces) and choices.get(place.key) not in CHOICES]
    if asked:
        raise ImportRefused(*(f"“{label}”已有内容，请选择替换、接在后面还是保留原内容。" for label in asked))
    report = save_report(imported.report, changes=_changes(imported.report, pieces, choices), seen=seen, by=by)
    dropped = sum(len(piece.lines) + bool(piece.heading) for piece in pieces if piece.place == DROPPED)
    note = f"{imported.file_name}；未写入 {dropped} 段{_left_out(pieces)}"
    record(report, "从 Word 导入", by=by, note=note)
    imported.delete()
    return report


def _left_out(pieces: Iterable[Piece]) -> str:
    """The doubtful lines that were not written, word for word: nothing goes silently (S-198)."""
    lines = [line for piece in pieces if piece.place != DROPPED for line in piece.left_out]
    return f"；按勾选没有写入疑似网站文字和页码 {len(lines)} 行：{'／'.join(lines)}" if lines else ""


@transaction.atomic
def discard_import(imported: ReportImport, *, by: User) -> None:
    if not can_write_report(by, imported.report):
        raise PermissionDenied
    imported.delete()


CHOICES = (Choice.REPLACE, Choice.APPEND, Choice.LEAVE)


def new_text(place: Place, pieces: Iterable[Piece]) -> str:
    return "\n".join(line for piece in pieces if piece.place == place.key for line in piece.lines_at(place.key))


def is_open(place: Place, pieces: Sequence[Piece]) -> bool:
    """Whether two texts meet, so that somebody has to choose."""
    new = new_text(place, pieces)
    return bool(place.old.strip() and new.strip() and place.old != new)


def _changes(report: DutyReport, pieces: Sequence[Piece], choices: Mapping[str, str]) -> ReportChanges:
    texts: dict[str, str] = {}
    answers: dict[int, tuple[str | None, str | None]] = {}
    problems: list[ProblemRow] | None = None
    for place in places_of(report):
        new, choice = new_text(place, pieces), choices.get(place.key, Choice.REPLACE)
        status = next((piece.status for piece in pieces if piece.place == place.key and piece.status), None)
        if choice == Choice.LEAVE or not (new.strip() or status):
            continue
        if place.key == PROBLEMS:
            problems = _problem_rows(report, new.split("\n"), choice)
        elif place.pk is not None:
            answers[place.pk] = (status, joined(place.old, new, choice) if new.strip() else None)
        else:
            texts[place.section_key] = joined(place.old, new, choice)
    return ReportChanges(texts=texts, answers=answers, problems=problems)


def _problem_rows(report: DutyReport, lines: Sequence[str], choice: str) -> list[ProblemRow]:
    stored = list(report.problems.all())
    last = max((row.position for row in stored), default=0)
    rows = []
    if choice == Choice.REPLACE:
        rows = [
            ProblemRow(at, row.pk, row.position, row.text, row.cause, row.category, is_deleted=True)
            for at, row in enumerate(stored)
        ]
    for problem in split_problems(lines).rows:
        at = len(rows)
        rows.append(ProblemRow(at, None, last + at + 1, problem.text, problem.cause, problem.category))
    return rows
