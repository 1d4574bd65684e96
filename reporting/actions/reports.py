"""Write, hand in and screen a duty report (S-74, S-79, S-80)."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.urls import reverse

from accounts.actions.audit import record, record_sitting
from accounts.actions.notices import holders, notify
from accounts.models import User
from accounts.rules.roles import Role
from common import clock
from common.conflicts import StaleRevision, check_revision
from common.flow import TransitionNotAllowed
from reporting.actions.cycles import refuse_closed
from reporting.actions.report_parts import PartChanges, ProblemRow, PromiseRow, keep_rows, write_parts
from reporting.actions.schemes import freeze_scheme
from reporting.models import DutyReport, Reporter, ReportVersion
from reporting.permissions import (
    can_accept_report,
    can_lock_report,
    can_reopen_report,
    can_return_report,
    can_start_report,
    can_submit_report,
    can_write_report,
)
from reporting.rules.autosaves import SaveMarks
from reporting.rules.counts import count_report
from reporting.rules.refusals import ReportIncomplete
from reporting.rules.reports import REPORT_FLOW, ReportState
from reporting.rules.validity import find_gaps, find_hints

# One line of the trail for one sitting at the desk, however often the page saves by itself.
WRITTEN = "撰写报告"


@dataclasses.dataclass(frozen=True)
class ReportChanges:
    """What a page sent: `texts` by the key of the section, `answers` by the id of the carried item
    as (status or None, explanation or None), `problems` and `promises` all rows or None when none changed,
    `parts` what was typed about figures, projects and domains.

    `problems_seen` and `promises_seen` are the revisions from which the page has its rows.
    """

    texts: dict[str, str] = dataclasses.field(default_factory=dict)
    answers: dict[int, tuple[str | None, str | None]] = dataclasses.field(default_factory=dict)
    problems: list[ProblemRow] | None = None
    problems_seen: int | None = None
    promises: list[PromiseRow] | None = None
    promises_seen: int | None = None
    parts: PartChanges = dataclasses.field(default_factory=PartChanges)


@transaction.atomic
def start_report(reporter: Reporter, *, by: User) -> DutyReport:
    """The reporter's report, made when there is none yet."""
    reporter = Reporter.objects.select_for_update().get(pk=reporter.pk)
    if not can_start_report(by, reporter):
        raise PermissionDenied
    refuse_closed(reporter.cycle)
    report, created = DutyReport.objects.get_or_create(reporter=reporter)
    if created:
        record(report, "新建报告", by=by)
    return report


@transaction.atomic
def save_report(
    report: DutyReport,
    *,
    changes: ReportChanges,
    seen: int,
    marks: SaveMarks | None = None,
    by: User,
) -> DutyReport:
    """Keep exactly what was typed; a draft may be incomplete (S-66, S-79, S-80).

    Raises StaleRevision when the report, or the rows of its problems, changed since `seen`.
    The answer's `last_save_values` maps the names of hidden fields to their new values.
    """
    marks = marks or SaveMarks()
    report = _locked(report)
    if not can_write_report(by, report):
        raise PermissionDenied
    if marks.is_repeat_of(report.last_save_id):
        return report
    if not report.is_writable:
        raise TransitionNotAllowed(
            report.state,
            "save",
            "报告已经报送或定稿，现在不能修改。您输入的文字仍在页面上，请先复制下来；确需修改的，请组织部门退回后再改。",
        )
    refuse_closed(report.cycle)
    # A page that was left while its last save was under way saw the revision before that save.
    if not marks.follows(report.last_save_id):
        check_revision(report.revision, seen)
        _check_rows(report, changes)
    values = report.last_save_values if marks.after else {}
    report.revision += 1
    _write_texts(report, changes.texts)
    _write_answers(report, changes.answers)
    write_parts(report, changes.parts)
    report.last_save_values = _write_rows(report, changes, values)
    report.last_save_id = marks.save_id
    report.saved_at, report.saved_by = clock.now(), by
    report.save()
    record_sitting(report, WRITTEN, by=by)
    return report


def _check_rows(report: DutyReport, changes: ReportChanges) -> None:
    for rows, seen, stored in (
        (changes.problems, changes.problems_seen, report.problems_revision),
        (changes.promises, changes.promises_seen, report.promises_revision),
    ):
        if rows is not None and seen is not None and seen < stored:
            raise StaleRevision(report.revision)


def _write_texts(report: DutyReport, texts: dict[str, str]) -> None:
    sections = report.cycle.scheme.sections.filter(key__in=texts)
    for section in sections:
        report.texts.update_or_create(section=section, defaults={"text": texts[section.key]})


def _write_answers(report: DutyReport, answers: dict[int, tuple[str | None, str | None]]) -> None:
    for item in report.reporter.carried_items.filter(pk__in=answers):
        status, explanation = answers[item.pk]
        item.status = item.status if status is None else status
        item.explanation = item.explanation if explanation is None else explanation
        item.save(update_fields=["status", "explanation"])


def _write_rows(report: DutyReport, changes: ReportChanges, earlier: dict[str, Any]) -> dict[str, Any]:
    """Store the rows that came along; returns the new values of the hidden fields of both formsets."""
    values: dict[str, Any] = {}
    if changes.problems is not None:
        values |= keep_rows(report, changes.problems, prefix="problems", earlier=earlier)
        report.problems_revision = report.revision
        values["problems-seen"] = report.revision
    if changes.promises is not None:
        values |= keep_rows(report, changes.promises, prefix="promises", earlier=earlier)
        report.promises_revision = report.revision
        values["promises-seen"] = report.revision
    return values


@transaction.atomic
def submit_report(report: DutyReport, *, note: str = "", by: User) -> DutyReport:
    """Hand the report in to the committee's organization department; `note` says what was changed.

    Raises ReportIncomplete naming every missing part. After the dated deadline the report is
    marked late, never refused (S-75). The first report handed in freezes the scheme (S-119).
    """
    report = _locked(report)
    if not can_submit_report(by, report):
        raise PermissionDenied
    target = REPORT_FLOW.check(report.state, "submit")
    refuse_closed(report.cycle)
    _examine(report)
    if report.submitted_at is None:
        report.is_late = report.cycle.scheme.is_report_late(clock.today())
    report.submitted_at = clock.now()
    report.attachments.standing().filter(handed_in_at=None).update(handed_in_at=report.submitted_at)
    _move(report, target, "报送报告", by=by, note=note)
    freeze_scheme(report.cycle.scheme, f"{report.reporter.organization}报送了报告", by=by)
    _tell_department(report, f"{report.reporter.organization.label}报送了{report.cycle.year}年度述职报告")
    return report


def _examine(report: DutyReport) -> None:
    """Refuse what is incomplete; keep with the report what else those who screen will want to find it by."""
    content, limits = report.content, report.cycle.scheme.limits
    gaps = find_gaps(content, limits)
    if gaps:
        raise ReportIncomplete(*(gap.sentence for gap in gaps))
    counts = count_report(content)
    report.characters, report.problem_share = counts.total, counts.problem_share
    kinds = dict.fromkeys(hint.kind for hint in find_hints(content, limits))
    report.hint_kinds = f",{','.join(kinds)}," if kinds else ""


@transaction.atomic
def return_report(report: DutyReport, *, reason: str, by: User) -> DutyReport:
    """Give the report back with what to change; the text handed in stays as a version, its notes go with it (S-74, S-81)."""
    report = _locked(report)
    if not can_return_report(by, report):
        raise PermissionDenied
    target = REPORT_FLOW.check(report.state, "return")
    refuse_closed(report.cycle)
    report.return_reason = reason
    report.rounds += 1
    report.notes.filter(released_at__isnull=True).update(released_at=clock.now())
    _move(report, target, "退回报告", by=by, note=reason)
    _tell_authors(report, f"{report.cycle.year}年度述职报告被退回：{reason}", "report_edit")
    return report


@transaction.atomic
def accept_report(report: DutyReport, *, by: User) -> DutyReport:
    report = _locked(report)
    if not can_accept_report(by, report):
        raise PermissionDenied
    target = REPORT_FLOW.check(report.state, "accept")
    refuse_closed(report.cycle)
    _move(report, target, "采用报告", by=by)
    _tell_authors(report, f"{report.cycle.year}年度述职报告已审核采用", "report_show")
    return report


@transaction.atomic
def lock_report(report: DutyReport, *, by: User) -> DutyReport:
    """Freeze the accepted text for print (S-74)."""
    report = _locked(report)
    if not can_lock_report(by, report):
        raise PermissionDenied
    target = REPORT_FLOW.check(report.state, "lock")
    refuse_closed(report.cycle)
    _move(report, target, "定稿", by=by)
    return report


@transaction.atomic
def reopen_report(report: DutyReport, *, reason: str, by: User) -> DutyReport:
    """Take the freeze back, leaving the reason in the trail; the text does not change (S-74)."""
    report = _locked(report)
    if not can_reopen_report(by, report):
        raise PermissionDenied
    target = REPORT_FLOW.check(report.state, "reopen")
    refuse_closed(report.cycle)
    before = {"state": report.state}
    report.state = target
    report.save()
    record(report, "重新打开", by=by, before=before, after={"state": target}, note=reason)
    _tell_authors(report, f"{report.cycle.year}年度述职报告已重新打开：{reason}", "report_show")
    return report


def _locked(report: DutyReport) -> DutyReport:
    return DutyReport.objects.select_for_update().get(pk=report.pk)


def _move(report: DutyReport, target: str, verb: str, *, by: User, note: str = "") -> None:
    """Change the state, keep the text as a version and write both down."""
    before = {"state": report.state}
    report.state = ReportState(target)
    report.revision += 1
    report.save()
    version = _write_version(report, by=by, note=note)
    after = {"state": target, "version": version.number, "sha256": version.sha256}
    record(report, verb, by=by, before=before, after=after, note=note)


def _write_version(report: DutyReport, *, by: User, note: str) -> ReportVersion:
    content = report.content
    last = report.versions.aggregate(last=models.Max("number"))["last"] or 0
    return report.versions.create(
        number=last + 1,
        state=report.state,
        content=content.to_json(),
        sha256=content.sha256,
        by=by,
        at=clock.now(),
        note=note,
    )


def _tell_department(report: DutyReport, text: str) -> None:
    url = reverse("reporting:screening_show", args=[report.reporter_id])
    notify(holders(report.cycle.committee, Role.ORGANIZATION_DEPARTMENT), text, url=url)


def _tell_authors(report: DutyReport, text: str, page: str) -> None:
    url = reverse(f"reporting:{page}", args=[report.reporter_id])
    roles = (Role.SECRETARY, Role.DEPUTY, Role.STAFF)
    notify(holders(report.reporter.organization, *roles), text, url=url)
