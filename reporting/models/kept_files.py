"""What is kept of every file that people hand in."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.rules.attachments import CONTENT_TYPES


class KeptFile(models.Model):
    file = models.FileField(editable=False)
    name = models.CharField(_("文件名"), max_length=255)
    kind = models.CharField(_("类型"), max_length=8, editable=False)
    size = models.PositiveBigIntegerField(_("大小"), editable=False)
    sha256 = models.CharField(_("校验值"), max_length=64, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("上传时间"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[self.kind]
