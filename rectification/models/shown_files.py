"""What is kept of a file that shows something; it is served through the application only."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ShownFile(models.Model):
    file = models.FileField(upload_to="evidence/%Y/")
    name = models.CharField(_("文件名"), max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()

    class Meta:
        abstract = True
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name
