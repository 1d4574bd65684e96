"""批注: what who screens says about a passage, and how its author dealt with it (S-74)."""

from __future__ import annotations

import typing

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User
from accounts.rules.roles import WRITING_ROLES, Role
from reporting.rules.notes import Anchor

from .reports import DutyReport


class ReportNoteQuerySet(models.QuerySet["ReportNote"]):
    def visible_to(self, user: User) -> typing.Self:
        """The department that screens sees all; the authors those that went back to them with a return."""
        departments = user.organizations_as(Role.ORGANIZATION_DEPARTMENT)
        authors = user.organizations_as(*WRITING_ROLES)
        return self.filter(
            Q(report__reporter__cycle__committee__in=departments)
            | Q(report__reporter__organization__in=authors, released_at__isnull=False)
        )

    def open(self) -> typing.Self:
        """Gone back to the authors and not dealt with yet."""
        return self.filter(released_at__isnull=False, settled_at__isnull=True)


class ReportNote(models.Model):
    """`place`, `quote` and `offset` find the passage again; an empty quote speaks of the place, or the whole report."""

    report = models.ForeignKey(DutyReport, models.CASCADE, related_name="notes")
    # Which reading of the report it belongs to: 1 before the first return.
    round = models.PositiveSmallIntegerField(_("轮次"))
    place = models.CharField(_("位置"), max_length=80, blank=True)
    quote = models.TextField(_("原文"), blank=True)
    offset = models.PositiveIntegerField(default=0)
    text = models.TextField(_("批注"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, editable=False)
    answer = models.TextField(_("修改情况"), blank=True)
    settled_at = models.DateTimeField(null=True, editable=False)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ReportNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("批注")
        ordering = ("id",)

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def anchor(self) -> Anchor:
        return Anchor(self.place, self.quote, self.offset)

    @property
    def is_released(self) -> bool:
        return self.released_at is not None

    @property
    def is_settled(self) -> bool:
        return self.settled_at is not None

    @property
    def audit_organization(self) -> Organization:
        return self.report.audit_organization
