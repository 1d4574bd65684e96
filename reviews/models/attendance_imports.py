"""An uploaded attendance list that waits for its uploader's word."""

from __future__ import annotations

import datetime as dt
import typing

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User
from common import clock
from reviews.rules.attendance import Member
from reviews.rules.attendance_imports import GUIDANCE, Known, KnownGroup, ListRow, Step, plan_list, unnamed_count
from reviews.rules.meetings import AttendanceKind

from .meetings import Meeting

KEPT_DAYS = 7


class AttendanceImportQuerySet(models.QuerySet["AttendanceImport"]):
    def visible_to(self, user: User) -> typing.Self:
        return self.filter(uploaded_by_id=user.pk)

    def outdated(self) -> typing.Self:
        """What need not be kept: it names people."""
        return self.filter(created_at__lt=clock.now() - dt.timedelta(days=KEPT_DAYS))


class AttendanceImport(models.Model):
    """`rows` is the file as read; what each would do is worked out against the list of the moment."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance_imports")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    file_name = models.CharField(_("文件"), max_length=200)
    created_at = models.DateTimeField(_("上传时间"))
    rows = models.JSONField()
    notes = models.JSONField(default=list)
    confirmed_at = models.DateTimeField(_("导入时间"), null=True)

    objects = AttendanceImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("参会名单导入")
        ordering = ("-created_at", "-id")

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("reviews:attendance_import_show", args=[self.pk])

    @property
    def audit_organization(self) -> Organization:
        return self.meeting.committee

    @property
    def read_rows(self) -> list[ListRow]:
        return [ListRow(row["sheet"], row["number"], row["values"], tuple(row["faults"])) for row in self.rows]

    @cached_property
    def known(self) -> dict[str, KnownGroup]:
        return known_groups(self.meeting)

    @cached_property
    def steps(self) -> list[Step]:
        halls = set(self.meeting.venues.values_list("name", flat=True))
        return plan_list(self.read_rows, self.known, halls)

    @property
    def counts(self) -> dict[str, int]:
        return {code: sum(step.outcome == code for step in self.steps) for code in ("wrong", "new", "change", "same")}

    @property
    def unnamed(self) -> int:
        return unnamed_count(self.steps, self.known)

    @property
    def is_sound(self) -> bool:
        return not self.counts["wrong"]

    @property
    def has_changes(self) -> bool:
        return bool(self.counts["new"] or self.counts["change"])


def known_groups(meeting: Meeting) -> dict[str, KnownGroup]:
    """The list as it is, by category; guests under 出席指导."""
    rows = meeting.attendance_groups.prefetch_related("attendees__venue")
    found: dict[str, KnownGroup] = {}
    for group in rows:
        name = GUIDANCE if group.kind == AttendanceKind.GUIDANCE else group.name
        members = tuple(
            Known(row.pk, Member(row.name, row.unit, row.post_title), row.venue.name if row.venue else "", row.seat)
            for row in group.attendees.all()
        )
        earlier = found.get(name, KnownGroup(group.count_text))
        found[name] = KnownGroup(earlier.count_text, (*earlier.members, *members))
    return found
