"""Published versions of an agenda: what papers name, and what a change is measured by."""

from __future__ import annotations

import typing
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from common.deadlines import chinese_date
from reporting.models import Reporter

from .meeting_facts import MeetingFacts
from .meetings import Meeting


class AgendaVersion(models.Model):
    """`content` as `reviews.rules.agenda_versions.Content`; `changes` against the version before."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda_versions")
    number = models.PositiveSmallIntegerField(_("版次"))
    content = models.JSONField()
    changes = models.JSONField(default=list)
    published_at = models.DateTimeField(_("发布时间"))
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("议程版本")
        ordering = ("-number",)
        constraints: typing.ClassVar = [
            models.UniqueConstraint(fields=["meeting", "number"], name="one_agenda_version_of_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}议程第{self.number}版"

    @property
    def audit_organization(self) -> Organization:
        return self.meeting.committee

    @property
    def words(self) -> str:
        """第2版，2026年11月27日."""
        return f"第{self.number}版，{chinese_date(timezone.localtime(self.published_at).date())}"


def agenda_content(facts: MeetingFacts) -> dict[str, Any]:
    """What is published of a meeting today."""
    meeting = facts.meeting
    start = f" {meeting.start_time:%H:%M}" if meeting.start_time else ""
    return {
        "facts": {
            "会议名称": meeting.title,
            "时间": f"{facts.date_words}{start}",
            "地点": meeting.place,
            "主持人": meeting.host.person.name if meeting.host else "",
            "点评方式": str(meeting.get_pattern_display()),
            "分会场": "、".join(f"{row.name}（{row.place}）" if row.place else row.name for row in facts.venues),
        },
        "items": [
            {
                "title": line.item.title,
                "speaker": line.item.speaker,
                "document": line.item.document_title,
                "recipients": line.item.recipients,
            }
            for line in facts.items
        ],
        "slots": [
            {
                "key": line.slot.reporter_id,
                "who": _who(line.slot.reporter),
                "commenters": line.commenter_names,
                "time": f"{line.time:%H:%M}" if line.time else "",
            }
            for line in facts.slots
        ],
        "written": [{"key": reporter.pk, "who": _who(reporter)} for reporter in facts.written],
    }


def _who(reporter: Reporter) -> str:
    return f"{reporter.printed_title}{reporter.name}"


def version_words(facts: MeetingFacts) -> str:
    """What papers say of their state: of the version they are, or that they are of none."""
    latest = facts.meeting.agenda_versions.first()
    if latest is None:
        return "未发布稿"
    return latest.words if latest.content == agenda_content(facts) else f"第{latest.number}版之后有修改，尚未发布"
