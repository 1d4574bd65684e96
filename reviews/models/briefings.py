"""A briefing about one reporter of a meeting, and the data it is drafted from."""

from __future__ import annotations

import dataclasses
import typing

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, OrganizationYear, Post, organization_year
from rectification.models.usual_performance import UsualPerformance, evidence_of
from rectification.rules.items import UNFINISHED
from reporting.models import DutyReport, Project, Reporter, ReportNote
from reviews.rules.briefings import BriefingFacts, BriefingText, draft_briefing

from .meetings import Meeting


class Briefing(models.Model):
    """What the organization department wrote; without a row the draft from the data stands."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="briefings")
    reporter = models.ForeignKey(Reporter, models.CASCADE, related_name="briefings", verbose_name=_("述职人"))
    strengths = models.TextField(_("成绩亮点"), blank=True)
    problems = models.TextField(_("主要问题"), blank=True)
    questions = models.TextField(_("提问题目"), blank=True)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    edited_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("点评参考材料")
        constraints: typing.ClassVar = [
            models.UniqueConstraint(fields=["meeting", "reporter"], name="one_briefing_per_reporter"),
        ]

    def __str__(self) -> str:
        return f"{self.reporter}点评参考材料"

    @property
    def audit_organization(self) -> Organization:
        return self.meeting.committee


@dataclasses.dataclass(frozen=True)
class CurrentBriefing:
    """`text` is what is read now: as edited, or drafted from the data of the moment."""

    reporter: Reporter
    text: BriefingText
    draft: BriefingText
    row: Briefing | None
    evidence: UsualPerformance
    in_year: OrganizationYear

    @property
    def revision(self) -> int:
        return self.row.revision if self.row else 0


def current_briefing(meeting: Meeting, reporter: Reporter) -> CurrentBriefing:
    evidence = evidence_of(reporter.organization, meeting.cycle)
    in_year = organization_year(reporter.organization, meeting.cycle.year)
    draft = draft_briefing(_facts(meeting, reporter, evidence, in_year))
    row = Briefing.objects.filter(meeting=meeting, reporter=reporter).select_related("edited_by").first()
    text = BriefingText(row.strengths, row.problems, row.questions) if row else draft
    return CurrentBriefing(reporter, text, draft, row, evidence, in_year)


def _facts(
    meeting: Meeting, reporter: Reporter, evidence: UsualPerformance, in_year: OrganizationYear
) -> BriefingFacts:
    last = next((record for record in evidence.lists if record.year == meeting.cycle.year - 1), None)
    projects = list(Project.objects.filter(cycle=meeting.cycle_id, organization=reporter.organization_id))
    report = DutyReport.objects.filter(reporter=reporter, submitted_at__isnull=False).first()
    rank = in_year.rank
    return BriefingFacts(
        year=meeting.cycle.year,
        carried=[
            (item.text, str(item.get_status_display()) if item.status else "", item.explanation)
            for item in evidence.carried_items
        ],
        overdue=[
            item.problem.text for item in evidence.items if item.state in UNFINISHED and item.due_state == "overdue"
        ],
        closed=last.closed if last else 0,
        total=last.total if last else 0,
        inspections=[
            (f"{row.date.month}月{row.date.day}日", str(row.get_kind_display()), row.findings)
            for row in evidence.inspections
        ],
        projects=[(row.title, str(row.get_state_display()), row.outcome) for row in projects],
        replicable=[row.title for row in projects if row.is_replicable],
        own=[problem.text for problem in report.problems.all() if problem.text] if report else [],
        rank=str(rank.get_rank_display()) if rank else "",
        is_weak=bool(rank and rank.is_weak),
        is_advanced=bool(rank and rank.rank == "advanced"),
        notes=[note.text for note in ReportNote.objects.open().filter(report=report)] if report else [],
    )


def commenters_of(meeting: Meeting, reporter: Reporter) -> list[Post]:
    """Who was named for the reporter, or the host; nobody yet for who reports in writing without a slot."""
    slot = meeting.slots.filter(reporter=reporter).first()
    named = list(slot.commenters.select_related("person", "organization")) if slot else []
    return named or ([meeting.host] if slot and meeting.host else [])


def briefed_reporters(meeting: Meeting, post: Post) -> list[Reporter]:
    """Whom this post comments on at the meeting, in speaking order; the host has those nobody was named for."""
    slots = meeting.slots.select_related("reporter__organization", "reporter__post__person").prefetch_related(
        "commenters"
    )
    found = []
    for slot in slots:
        named = [each.pk for each in slot.commenters.all()]
        if post.pk in named or (not named and post.pk == meeting.host_id):
            found.append(slot.reporter)
    return found
