"""A workbook that was uploaded and compared with the register, and waits for its uploader's word."""

from __future__ import annotations

import collections
import datetime as dt
import typing

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common import clock

from .organizations import Organization

if typing.TYPE_CHECKING:
    from .users import User

KEPT_DAYS = 7


class Outcome(models.TextChoices):
    WRONG = "wrong", _("有误")
    NEW = "new", _("新增")
    CHANGE = "change", _("修改")
    SAME = "same", _("不变")


class RegisterImportQuerySet(models.QuerySet["RegisterImport"]):
    def visible_to(self, user: User) -> typing.Self:
        return self.filter(uploaded_by_id=user.pk)

    def outdated(self) -> typing.Self:
        """What need not be kept: it names people, and the register has moved on."""
        return self.filter(created_at__lt=clock.now() - dt.timedelta(days=KEPT_DAYS))


class RegisterImport(models.Model):
    """`rows` is the file as read, `lines` what each row would do, `mark` the digest of those lines."""

    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    file_name = models.CharField(_("文件"), max_length=200)
    created_at = models.DateTimeField(_("上传时间"))
    rows = models.JSONField()
    notes = models.JSONField(default=list)
    lines = models.JSONField(default=list)
    mark = models.CharField(max_length=64)
    compared_at = models.DateTimeField(_("核对时间"))
    confirmed_at = models.DateTimeField(_("导入时间"), null=True)

    objects = RegisterImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("导入")
        ordering = ("-created_at", "-id")

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("accounts:import_show", args=[self.pk])

    @property
    def counts(self) -> dict[str, int]:
        """How many rows there are of each outcome."""
        found = collections.Counter(line["outcome"] for line in self.lines)
        return {outcome.value: found[outcome.value] for outcome in Outcome}

    @property
    def is_sound(self) -> bool:
        return not self.counts[Outcome.WRONG]

    @property
    def has_changes(self) -> bool:
        counts = self.counts
        return bool(counts[Outcome.NEW] or counts[Outcome.CHANGE])

    @property
    def audit_organization(self) -> Organization:
        return self.organization
