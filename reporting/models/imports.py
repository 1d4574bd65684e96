"""A Word file between being read and being written into a report: nothing is written before somebody confirms (S-79)."""

from __future__ import annotations

import typing

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User
from accounts.rules.roles import WRITING_ROLES
from reporting.rules.imports import Piece

from .reports import DutyReport


class ReportImportQuerySet(models.QuerySet["ReportImport"]):
    def visible_to(self, user: User) -> typing.Self:
        """Only those who write the report; a draft is nobody else's."""
        return self.filter(report__reporter__organization__in=user.organizations_as(*WRITING_ROLES))


class ReportImport(models.Model):
    report = models.ForeignKey(DutyReport, models.CASCADE, related_name="imports")
    file_name = models.CharField(_("文件名"), max_length=200)
    pieces = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ReportImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("从 Word 导入")
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.file_name

    @property
    def as_pieces(self) -> list[Piece]:
        return [Piece.from_json(piece) for piece in self.pieces]

    @property
    def audit_organization(self) -> Organization:
        return self.report.audit_organization
