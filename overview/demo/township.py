"""城关街道 holds its own review of 2026, right now: all four have reported, votes and sheets are coming in."""

import dataclasses
import datetime as dt
from typing import Any

from accounts.models import Organization
from overview.demo.ballots import Hall, Marks, begin_round, vote
from overview.demo.cast import account, on, organization, person, post
from overview.demo.indicators import community_figures
from overview.demo.source import read
from reporting.actions.cycles import create_cycle
from reporting.actions.reporters import ReporterChoice, add_reporters
from reporting.actions.reports import ProblemRow, ReportChanges, accept_report, save_report, submit_report
from reporting.models import Cycle
from reporting.rules.cycles import ReportMode
from reporting.rules.presets import TOWNSHIP
from reporting.rules.schemes import ScoringMode, SectionKind
from reviews.actions.agenda import set_commenters
from reviews.actions.comments import CommentWords, finalize_comment
from reviews.actions.cycles import advance_cycle
from reviews.actions.live import comment_slot, finish_slot, show_item, start_slot
from reviews.actions.meetings import create_meeting, open_meeting
from reviews.actions.score_sheets import add_raters, save_sheet, submit_sheet
from reviews.models import Meeting
from reviews.rules.ballot_rounds import KeyMode
from reviews.rules.marks import Mark
from reviews.rules.meetings import AgendaItemKind, MeetingKind

TOWN, CLERK = "QX-T01", "P104"
SECRETARY, DEPUTY, MEMBER = "P101", "P102", "P103"
ON_PAPER = "（社区述职报告以纸质形式报送，本系统只录入存在问题及原因。）"
PRESET = dataclasses.replace(
    TOWNSHIP,
    scoring_mode=ScoringMode.GRADE,
    asks_overall=True,
    asks_remark=True,
    ballots=tuple(category.name for category in TOWNSHIP.categories[1:]),
)


def load_township() -> Hall:
    """The answer holds what the hall would have on paper: the envelope, and slips nobody has used yet."""
    year = read("township_2026")
    town = organization(TOWN)
    with on("2026-11-03"):
        cycle = _open(town, year)
    _report(cycle, year["reporters"])
    with on("2026-11-20", 8, 30):
        meeting = _call_meeting(cycle, year)
        facts = {"title": "社区党组织书记民主测评", "mode": KeyMode.SIMPLE, "expected": 46}
        facts |= {"smallest_group": 5, "grace_seconds": 120}
        by = account(CLERK)
        hall = begin_round(meeting, facts=facts, voters=[12, 30], drawn=[11, 27], present=42, by=by)
    _hear(meeting, year["reporters"])
    with on("2026-11-20", 10, 10):
        (_, staff), (_, delegates) = hall.drawn
        vote(hall, [*staff[:8], *delegates[:15]], lambda number: _marks(hall, number))
        _fill_sheets(meeting, year["sheets"])
    return hall


def _open(town: Organization, year: dict[str, Any]) -> Cycle:
    by = account(CLERK)
    cycle = create_cycle(town, year=2026, theme=year["theme"], source=PRESET, by=by)
    cycle.scheme.sections.filter(kind=SectionKind.TEXT).update(required=False)
    rows = [ReporterChoice(post(row["person"], row["organization"]), ReportMode.ORAL) for row in year["reporters"]]
    add_reporters(cycle, rows, by=by)
    return advance_cycle(cycle, "open_reporting", by=by)


def _report(cycle: Cycle, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        report = cycle.reporters.get(organization__code=row["organization"]).report
        problems = [ProblemRow(n, None, n, text, cause, "") for n, (text, cause) in enumerate(row["problems"])]
        figures = community_figures(report.reporter)
        changes = ReportChanges(texts={"personal_duty": ON_PAPER}, problems=problems, parts=figures)
        with on("2026-11-12", 15):
            save_report(report, changes=changes, seen=report.revision, by=account(row["person"]))
            submit_report(report, by=account(row["person"]))
        with on("2026-11-16", 10):
            accept_report(report, by=account(CLERK))


def _call_meeting(cycle: Cycle, year: dict[str, Any]) -> Meeting:
    facts = {
        "kind": MeetingKind.REVIEW,
        "date": dt.date(2026, 11, 20),
        "start_time": dt.time(9),
        "place": year["place"],
        "host": post(SECRETARY, TOWN),
        "basis": year["basis"],
        "purpose": year["purpose"],
    }
    by = account(CLERK)
    meeting = create_meeting(cycle, facts=facts, by=by)
    for slot in meeting.slots.all():
        set_commenters(slot, commenters=[post(SECRETARY, TOWN)], by=by)
    leaders = cycle.scheme.categories.all()[0]
    people = [person(code) for code in (SECRETARY, DEPUTY, MEMBER)]
    add_raters(meeting, people=people, category=leaders, by=by)
    return meeting


def _hear(meeting: Meeting, rows: list[dict[str, Any]]) -> None:
    words = {row["organization"]: row for row in rows}
    by, host = account(CLERK), post(SECRETARY, TOWN)
    with on("2026-11-20", 9):
        open_meeting(meeting, by=by)
    for place, slot in enumerate(meeting.slots.select_related("reporter__organization").order_by("position")):
        row = words[slot.reporter.organization.code]
        with on("2026-11-20", 9, 5 + place * 12):
            start_slot(slot, by=by)
        with on("2026-11-20", 9, 12 + place * 12):
            comment_slot(slot, by=by)
            said = CommentWords(row["praise"], (row["criticism"],), row["demand"])
            about = {"commenter": host, "words": said, "revision": 0, "confirmed": True}
            finalize_comment(meeting, slot.reporter, **about, by=account(SECRETARY))
        with on("2026-11-20", 9, 15 + place * 12):
            finish_slot(slot, by=by)
    with on("2026-11-20", 10):
        show_item(meeting.agenda_items.get(kind=AgendaItemKind.SCORING), by=by)


def _marks(hall: Hall, voter: int) -> Marks:
    """Mostly 好 and 较好; here and there nothing is ticked."""
    grades = ("good", "fairly_good", "good", "fair", "good", "fairly_good", "")
    found: Marks = {}
    for place, reporter in enumerate(hall.round.description["reporters"]):
        ticked = {
            item["id"]: {"grade": grades[(voter * 3 + place * 2 + line) % 7]}
            for line, item in enumerate(reporter.get("items") or hall.round.description["items"])
        }
        items = {key: mark for key, mark in ticked.items() if mark["grade"]}
        found[reporter["id"]] = {"items": items, "overall": {"grade": grades[(voter + place) % 6]}}
    return found


def _fill_sheets(meeting: Meeting, rows: list[dict[str, Any]]) -> None:
    """Members of the leading group: some sheets are in, some are half filled."""
    for row in rows:
        rater = meeting.raters.get(person__code=row["person"])
        reporter = meeting.cycle.reporters.select_related("organization").get(organization__code=row["organization"])
        lines = meeting.cycle.scheme.dimension_sets().of(reporter.organization)
        marks = {line.pk: Mark(grade) for line, grade in zip(lines, row["marks"], strict=False)}
        deed = submit_sheet if row["state"] == "submitted" else save_sheet
        deed(rater, reporter, marks=marks, overall=row["overall"], revision=0, by=account(row["person"]))
