"""Who comes: guests giving guidance, then categories with members or only a head-count (S-85 to S-87)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, Person
from common.chinese_text import printed_post
from reviews.rules.meetings import AttendanceKind

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
