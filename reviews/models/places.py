"""At which of several meetings of a year somebody reports, and in which hall somebody sits."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from reporting.models import Cycle, Reporter

from .meetings import Meeting


class Place(models.Model):
    """A reporter's meeting, once the year has several; never two."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="places", verbose_name=_("会议"))
    reporter = models.OneToOneField(Reporter, models.CASCADE, related_name="place", verbose_name=_("述职人"))

    class Meta:
        verbose_name = _("述职会场")

    def __str__(self) -> str:
        return f"{self.reporter}：{self.meeting}"


class Venue(models.Model):
    """分会场: a hall that follows the main one."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="venues")
    name = models.CharField(_("分会场"), max_length=60)
    place = models.CharField(_("地点"), max_length=120, blank=True)
    contact = models.CharField(_("联系人和电话"), max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(_("顺序"), default=0)

    class Meta:
        verbose_name = _("分会场")
        ordering = ("position", "id")
        constraints: typing.ClassVar = [
            models.UniqueConstraint(fields=["meeting", "name"], name="one_venue_of_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_organization(self) -> Organization:
        return self.meeting.committee


@dataclasses.dataclass(frozen=True)
class PlaceRow:
    reporter: Reporter
    meeting_id: int | None


def place_rows(cycle: Cycle) -> list[PlaceRow]:
    """Everybody of the year with the meeting placed at, by domain, then in order; one query."""
    rows = cycle.reporters.in_order().select_related("organization__domain", "place")
    found = [PlaceRow(row, row.place.meeting_id if hasattr(row, "place") else None) for row in rows]
    return sorted(found, key=lambda row: row.reporter.organization.domain_id or 0)


def unplaced_reporters(cycle: Cycle) -> Sequence[Reporter]:
    """Whom no meeting of a divided year hears; nobody while the year is not divided."""
    if not cycle.reporters.filter(place__isnull=False).exists():
        return ()
    return list(cycle.reporters.filter(place__isnull=True).in_order())
