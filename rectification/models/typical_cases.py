"""典型问题 told in a bulletin, in the words they were given there (S-142)."""

from __future__ import annotations

import typing

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization

from .bulletins import Bulletin


class TypicalCase(models.Model):
    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="cases")
    # Number of the accountability record it was taken from, which a higher app keeps.
    origin = models.PositiveBigIntegerField(editable=False)
    text = models.TextField(_("通报文字"))

    class Meta:
        verbose_name = _("典型问题")
        ordering = ("id",)
        constraints: typing.ClassVar = [
            models.UniqueConstraint(fields=["bulletin", "origin"], name="one_case_per_record_and_bulletin"),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def audit_organization(self) -> Organization:
        return self.bulletin.cycle.committee
