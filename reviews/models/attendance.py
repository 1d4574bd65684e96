"""Who comes: guests giving guidance, then categories with members or only a head-count (S-85 to S-87)."""

from __future__ import annotations

import dataclasses

from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, Person
from common.chinese_text import printed_post
from reviews.rules.meetings import AttendanceKind

from .agenda import Slot
from .meetings import Meeting
from .places import Venue


class AttendanceGroup(models.Model):
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance_groups")
    kind = models.CharField(_("性质"), max_length=15, choices=AttendanceKind, default=AttendanceKind.PARTICIPANTS)
    name = models.CharField(_("类别"), max_length=80)
    count_text = models.CharField(_("人数（可按原文填写）"), max_length=20, blank=True)
    position = models.PositiveSmallIntegerField(_("顺序"), default=0)

    class Meta:
        verbose_name = _("参会类别")
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name

    @property
    def audit_organization(self) -> Organization:
        return self.meeting.committee


class Attendee(models.Model):
    group = models.ForeignKey(AttendanceGroup, models.CASCADE, related_name="attendees")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("姓名"), max_length=60)
    unit = models.CharField(_("单位"), max_length=120, blank=True)
    post_title = models.CharField(_("职务"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(_("顺序"), default=0)
    present = models.BooleanField(_("实到"), null=True)
    # Without one the seat is in the main hall.
    venue = models.ForeignKey(
        Venue, models.SET_NULL, null=True, blank=True, related_name="attendees", verbose_name=_("分会场")
    )
    seat = models.CharField(_("座次"), max_length=20, blank=True)
    # On the slip to sign in with. It has nothing to do with slips for ballots, and no time is kept (S-88).
    code = models.CharField(max_length=32, blank=True, db_index=True, editable=False)

    class Meta:
        verbose_name = _("参会人员")
        ordering = ("position", "id")

    def __str__(self) -> str:
        return f"{self.unit}{self.post_title}{self.name}"

    @property
    def printed_post(self) -> str:
        """市委组织部副部长."""
        return printed_post(self.unit, self.post_title)

    @property
    def printed(self) -> str:
        """市委组织部副部长高树林."""
        return f"{self.printed_post}{self.name}"


@dataclasses.dataclass(frozen=True)
class PresenceCount:
    """应到 and 实到 of a category or a hall, among those who are named."""

    name: str
    expected: int
    present: int


def presence_counts(meeting: Meeting) -> tuple[list[PresenceCount], list[PresenceCount]]:
    """By category and by hall; two queries however many people there are."""
    groups = meeting.attendance_groups.annotate(
        expected=Count("attendees"), came=Count("attendees", filter=Q(attendees__present=True))
    )
    by_group = [PresenceCount(row.name, row.expected, row.came) for row in groups if row.expected]
    rows = Attendee.objects.filter(group__meeting=meeting).values_list("venue__name", "present")
    halls: dict[str, list[bool]] = {}
    for name, present in rows.order_by(
        F("venue__position").asc(nulls_first=True), F("venue__id").asc(nulls_first=True)
    ):
        halls.setdefault(name or "主会场", []).append(present is True)
    by_venue = [PresenceCount(name, len(came), sum(came)) for name, came in halls.items()]
    return by_group, by_venue if len(by_venue) > 1 else []


@dataclasses.dataclass(frozen=True)
class ReporterPresence:
    """Whether an oral reporter has come; `present` None where the person stands on no list."""

    slot: Slot
    present: bool | None


def reporters_present(meeting: Meeting) -> list[ReporterPresence]:
    slots = meeting.slots.select_related("reporter__organization", "reporter__post__person")
    named = Attendee.objects.filter(group__meeting=meeting, person__isnull=False)
    came: dict[int, bool] = {}
    for person, present in named.values_list("person_id", "present"):
        came[person] = came.get(person, False) or present is True
    return [ReporterPresence(slot, came.get(slot.reporter.post.person_id)) for slot in slots]
