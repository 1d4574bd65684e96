"""2026 up to today: reports in every state, a meeting in preparation, inspections of the year."""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import F

from accounts.models import Notice, Post
from overview.demo.bulletins import load_bulletins
from overview.demo.cast import COUNTY, account, clerk, on, organization, post
from overview.demo.duty_log import load_duty_log
from overview.demo.evidence import attach_files
from overview.demo.filings import load_filings
from overview.demo.indicators import set_standards
from overview.demo.inquiries import load_inquiries
from overview.demo.key_tasks import load_key_tasks
from overview.demo.last_year import problem_rows, reporter_of
from overview.demo.letters import load_due_reports, load_letters
from overview.demo.projects import answer_self_check, load_five_ones, load_projects, promise_rows, report_parts
from overview.demo.raters import PRESET, name_raters
from overview.demo.source import read
from rectification.actions.carrying import carry_items
from rectification.actions.inspections import create_inspection
from reporting.actions.cycles import create_cycle
from reporting.actions.notes import add_note
from reporting.actions.reminders import send_reminders
from reporting.actions.reporters import ReporterChoice, add_reporters
from reporting.actions.reports import ReportChanges, accept_report, return_report, save_report, submit_report
from reporting.actions.schemes import SchemeDeadlines, edit_scheme_deadlines
from reporting.actions.similarity import request_comparison
from reporting.models import Cycle, DutyReport
from reporting.rules.notes import Anchor
from reporting.rules.reminders import OwedKind
from reporting.tasks.similarity import compare_reports
from reviews.actions.agenda import ItemValues, save_agenda, set_commenters
from reviews.actions.attendance import GroupValues, save_attendance
from reviews.actions.comments import CommentWords, save_comment
from reviews.actions.cycles import advance_cycle
from reviews.actions.meetings import create_meeting
from reviews.actions.places import save_venues
from reviews.models import Meeting
from reviews.rules.attendance import Member
from reviews.rules.meetings import AgendaItemKind
from reviews.rules.places import Hall

INSPECTOR = "P014"
AGENDA_KINDS = {"report_comment": AgendaItemKind.REPORTS}


def load_this_year() -> Cycle:
    year, meeting = read("reports_2026"), read("meeting_2026")
    for row in meeting["inspections"]:
        _inspect(row)
    with on("2026-02-24"):
        cycle = _open(year)
        load_key_tasks(cycle)
    load_filings(cycle, sorted(row["organization"] for row in year["reports"]))
    load_letters(cycle)
    load_due_reports(cycle)
    load_projects(cycle)
    # What people were told before the reports began, they have read.
    Notice.objects.filter(read_at=None).update(read_at=F("created_at"))
    load_duty_log()
    load_five_ones(cycle)
    with on("2026-11-04"):
        cycle = _prepare(cycle, year)
    for row in year["reports"]:
        _write_report(cycle, row)
    load_bulletins(cycle)
    load_inquiries()
    with on("2026-11-19", 10):
        _prepare_meeting(cycle, meeting)
    with on("2026-11-19", 16):
        send_reminders(cycle, kind=OwedKind.REPORT, by=clerk())
    with on("2026-11-20", 9):
        compare_reports(request_comparison(cycle, by=clerk()).pk)
    return cycle


def _inspect(row: dict[str, Any]) -> None:
    with on(row["date"], 17):
        create_inspection(
            organization(row["organization"]),
            committee=organization(COUNTY),
            kind=row["kind"],
            date=dt.date.fromisoformat(row["date"]),
            inspectors=row["inspectors"],
            findings=row["findings"],
            by=account(INSPECTOR),
        )


def _open(year: dict[str, Any]) -> Cycle:
    facts = year["cycle"]
    cycle = create_cycle(organization(COUNTY), year=facts["year"], theme=facts["theme"], source=PRESET, by=clerk())
    set_standards(cycle, by=clerk())
    return cycle


def _prepare(cycle: Cycle, year: dict[str, Any]) -> Cycle:
    by = clerk()
    facts = year["cycle"]
    due = dt.date.fromisoformat(facts["first_draft_due"])
    deadlines = SchemeDeadlines("11月20日前报初稿", due, "会后30日内", dt.date(2027, 2, 11))
    edit_scheme_deadlines(cycle.scheme, deadlines=deadlines, seen=cycle.scheme.revision, by=by)
    choices = [
        ReporterChoice(post(row["person"], row["organization"]), row["mode"])
        for row in sorted(year["reports"], key=lambda row: (row["mode"], row["order"]))
    ]
    add_reporters(cycle, choices, by=by)
    carry_items(cycle, by=by)
    return advance_cycle(cycle, "open_reporting", by=by)


def _write_report(cycle: Cycle, row: dict[str, Any]) -> None:
    """Written on the 16th, handed in on the 18th, screened on the 19th, as far as its state goes."""
    if row["state"] == "missing":
        return
    reporter = reporter_of(cycle, row)
    report = reporter.report
    items = {item.text: item.pk for item in reporter.carried_items.all()}
    answers = {items[each["item"]]: (each["status"], each["explanation"]) for each in row.get("carried_answers", [])}
    changes = ReportChanges(
        texts=_texts(row),
        answers=answers,
        problems=problem_rows(row["problems"]),
        promises=promise_rows(row["organization"]),
        parts=report_parts(reporter),
    )
    first = row.get("first_round", {})
    if first:
        report = _first_round(report, dataclasses.replace(changes, texts=changes.texts | _texts(first)), row)
        changes = ReportChanges(texts=_texts(row))
    with on("2026-11-16", 21, 40):
        save_report(report, changes=changes, seen=report.revision, by=account(row["person"]))
        answer_self_check(report, row["organization"], row["person"])
        attach_files(report, row["organization"], row["person"])
    if row["state"] != "draft":
        with on("2026-11-18", 20):
            submit_report(report, note=first.get("change_note", ""), by=account(row["person"]))
        _screen(report, row)


def _texts(row: dict[str, Any]) -> dict[str, str]:
    return {key: text.strip("\n") for key, text in row["sections"].items()}


def _first_round(report: DutyReport, changes: ReportChanges, row: dict[str, Any]) -> DutyReport:
    """Handed in early, given back, and written again."""
    with on("2026-11-12", 19, 20):
        report = save_report(report, changes=changes, seen=report.revision, by=account(row["person"]))
        report = submit_report(report, by=account(row["person"]))
    with on("2026-11-13", 10):
        return return_report(report, reason=row["first_round"]["reason"], by=clerk())


def _screen(report: DutyReport, row: dict[str, Any]) -> None:
    with on("2026-11-19", 15):
        if row["state"] == "accepted":
            accept_report(report, by=clerk())
        elif row["state"] == "returned":
            for note in row.get("notes", []):
                add_note(report, anchor=Anchor("", note["quote"]), text=note["text"], by=clerk())
            return_report(report, reason=row["return_reason"], by=clerk())


def _prepare_meeting(cycle: Cycle, plan: dict[str, Any]) -> Meeting:
    facts = plan["meeting"]
    values = {
        "kind": facts["kind"],
        "date": facts["date"] if isinstance(facts["date"], dt.date) else dt.date.fromisoformat(facts["date"]),
        "start_time": dt.time.fromisoformat(facts["time"]),
        "place": facts["place"],
        "host": post(facts["host"], COUNTY),
        "basis": facts["basis"],
        "purpose": facts["purpose"],
    }
    meeting = create_meeting(cycle, facts=values, by=clerk())
    name_raters(meeting, facts["host"])
    _invite(meeting, plan)
    halls = [Hall(row["name"], row["place"], row["contact"]) for row in plan["venues"]]
    save_venues(meeting, halls=halls, by=clerk())
    items = [
        ItemValues(AGENDA_KINDS.get(row["kind"], row["kind"]), row["title"], row["speaker"], row["note"])
        for row in plan["agenda"]
    ]
    meeting.refresh_from_db()
    save_agenda(meeting, items=items, revision=meeting.agenda_revision, by=clerk())
    for row in plan["commenters"]:
        slot = meeting.slots.get(reporter__organization__code=row["organization"])
        set_commenters(slot, commenters=[post(person, COUNTY) for person in row["persons"]], by=clerk())
    for row in plan["draft_comments"]:
        _draft_comment(meeting, row)
    return meeting


def _invite(meeting: Meeting, plan: dict[str, Any]) -> None:
    guests = [Member(row["name"], row["unit"], row["post"]) for row in plan["guests"]]
    groups = [GroupValues(row["title"], row["count_text"], tuple(_members(row))) for row in plan["attendance"]]
    save_attendance(
        meeting,
        guests=guests,
        groups=groups,
        total_text=plan["total_text"],
        revision=meeting.attendance_revision,
        by=clerk(),
    )


def _members(row: dict[str, Any]) -> Iterator[Member]:
    for code in row["members"]:
        held = Post.objects.current().select_related("person", "organization").filter(person__code=code).first()
        if held is not None:
            yield Member(held.person.name, held.organization.display_name, held.title)
    for name in row["member_names"]:
        yield Member(name)


def _draft_comment(meeting: Meeting, row: dict[str, Any]) -> None:
    words = CommentWords(row["praise"], tuple(row["problems"]), row["demand"])
    reporter = meeting.cycle.reporters.get(organization__code=row["organization"])
    commenter = post(row["commenter"], COUNTY)
    save_comment(meeting, reporter, commenter=commenter, words=words, revision=0, by=account(row["commenter"]))
