"""问题清单, 任务清单, 责任清单: three views of one list (S-151)."""

from collections.abc import Collection

from django.db import models
from django.utils.translation import gettext_lazy as _

from reporting.rules.filings import ListKind


class ListSheet(models.TextChoices):
    PROBLEMS = "problems", _("问题清单")
    TASKS = "tasks", _("任务清单")
    DUTIES = "duties", _("责任清单")


_KINDS = {
    ListSheet.PROBLEMS: ListKind.PROBLEMS,
    ListSheet.TASKS: ListKind.TASKS,
    ListSheet.DUTIES: ListKind.RESPONSIBILITIES,
}


def sheets_asked(kinds: Collection[str]) -> list[ListSheet]:
    """The views that the scheme of the year asks for, by its `ListKind` values."""
    return [sheet for sheet, kind in _KINDS.items() if kind in kinds]
