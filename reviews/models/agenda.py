"""The agenda, and one slot per oral reporter inside the item of reports (S-89 to S-92)."""

from __future__ import annotations

import typing

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, Post
from reporting.models import Reporter
from reviews.rules.agenda import SlotChanges, slot_changes
from reviews.rules.live import lasted
from reviews.rules.meetings import AgendaItemKind, SlotState

from .meetings import Meeting


class AgendaItem(models.Model):
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda_items")
    kind = models.CharField(_("类型"), max_length=20, choices=AgendaItemKind)
    title = models.CharField(_("议程内容"), max_length=120)
    speaker = models.CharField(_("主讲人"), max_length=80, blank=True)
    note = models.CharField(_("备注"), max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(_("用时（分钟）"), null=True, blank=True)
    # Of a decision that is read out, and of awards and talks (S-106).
    document_title = models.CharField(_("文件名称"), max_length=120, blank=True)
    recipients = models.TextField(_("对象"), blank=True)
    position = models.PositiveSmallIntegerField(_("顺序"), default=0)
    # When the meeting came to it first and left it last (S-95, S-103).
    begun_at = models.DateTimeField(null=True, editable=False)
    left_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("议程")
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.title

    @property
    def printed_document(self) -> str:
        """《…》 around a title that was typed without (S-106)."""
        title = self.document_title
        return title if not title or title.startswith("《") else f"《{title}》"


class Slot(models.Model):
    """One oral reporter's turn: the report, then the comments."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="slots")
    reporter = models.ForeignKey(Reporter, models.PROTECT, related_name="slots", verbose_name=_("述职人"))
    commenters = models.ManyToManyField(Post, blank=True, related_name="comment_slots", verbose_name=_("点评人"))
    position = models.PositiveSmallIntegerField(_("顺序"), default=0)
    state = models.CharField(_("状态"), max_length=12, choices=SlotState, default=SlotState.WAITING)
    started_at = models.DateTimeField(null=True, editable=False)
    reported_at = models.DateTimeField(null=True, editable=False)
    comment_started_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    # The clock stands since then; how many seconds it stood before, in the report and in the comments.
    paused_at = models.DateTimeField(null=True, editable=False)
    report_pause = models.PositiveIntegerField(default=0, editable=False)
    comment_pause = models.PositiveIntegerField(default=0, editable=False)
    absent = models.BooleanField(_("未到会"), default=False)

    class Meta:
        verbose_name = _("述职")
        ordering = ("position", "id")
        constraints: typing.ClassVar = [
            models.UniqueConstraint(fields=["meeting", "reporter"], name="one_slot_per_reporter"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.reporter}"

    @property
    def reported_seconds(self) -> int | None:
        """How long the report took, without pauses; None while it is not over."""
        return lasted(self.started_at, self.reported_at, self.report_pause)

    @property
    def commented_seconds(self) -> int | None:
        return lasted(self.comment_started_at, self.ended_at, self.comment_pause)

    @property
    def audit_organization(self) -> Organization:
        return self.meeting.committee


def needed_slot_changes(meeting: Meeting) -> SlotChanges:
    """How the slots differ from the year's oral reporters (S-91); none without a reports item."""
    states = dict(meeting.slots.order_by("position").values_list("reporter", "state"))
    if not meeting.agenda_items.filter(kind=AgendaItemKind.REPORTS).exists():
        waiting = [pk for pk, state in states.items() if state == SlotState.WAITING]
        return SlotChanges(add=(), remove=tuple(waiting))
    reporters = meeting.cycle.reporters.oral()
    if meeting.is_divided:
        reporters = reporters.filter(place__meeting=meeting)
    oral = list(reporters.order_by("order", "id").values_list("pk", flat=True))
    elsewhere = Slot.objects.filter(meeting__cycle=meeting.cycle_id).exclude(meeting=meeting)
    return slot_changes(oral, states, set(elsewhere.values_list("reporter", flat=True)))
