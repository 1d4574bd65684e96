"""问题清单, 任务清单, 责任清单: three views of one list (S-151)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ListSheet(models.TextChoices):
    PROBLEMS = "problems", _("问题清单")
    TASKS = "tasks", _("任务清单")
    DUTIES = "duties", _("责任清单")
