"""五个一 of a secretary and year (S-43)."""

from __future__ import annotations

import dataclasses
import typing

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization

from .autosaves import Autosaved
from .cycles import Cycle
from .evidence import WorkEvidence
from .scheme_lists import SchemeTask


@dataclasses.dataclass(frozen=True)
class FiveOne:
    """One of the tasks with what is recorded about it."""

    task: SchemeTask
    text: str = ""
    is_done: bool = False
    evidence: str = ""
    files: tuple[WorkEvidence, ...] = ()


class FiveOneSheet(Autosaved):
    """What an organization's secretary did about each task. `records` maps the task's id to text, is_done, evidence."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="five_one_sheets")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="five_one_sheets")
    records = models.JSONField(_("完成情况"), default=dict)
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("“五个一”完成情况")
        constraints: typing.ClassVar = [
            models.UniqueConstraint(fields=["cycle", "organization"], name="one_five_one_sheet"),
        ]

    def __str__(self) -> str:
        return f"{self.organization.label}{self.cycle.year}年度“五个一”"

    def rows(self, tasks: typing.Iterable[SchemeTask], files: typing.Iterable[WorkEvidence] = ()) -> list[FiveOne]:
        shown = list(files)
        return [
            FiveOne(
                task,
                **self.records.get(str(task.pk), {}),
                files=tuple(file for file in shown if file.task_id == task.pk),
            )
            for task in tasks
        ]

    @property
    def audit_organization(self) -> Organization:
        return self.organization
