"""What a row that saves itself while it is written remembers of the last save."""

from django.conf import settings
from django.db import models


class Autosaved(models.Model):
    last_save_id = models.CharField(max_length=64, blank=True, editable=False)
    last_save_values = models.JSONField(default=dict, editable=False)
    saved_at = models.DateTimeField(null=True, editable=False)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)

    class Meta:
        abstract = True
