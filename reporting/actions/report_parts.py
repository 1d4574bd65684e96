"""Store what a page sent about the rows and parts of a report; `save_report` asks who may and when (S-66 to S-72)."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from django.db import models

from reporting.models import DutyReport
from reporting.models.report_content import figures_of, projects_of
from reporting.rules.refusals import ReportTextKept


@dataclasses.dataclass(frozen=True)
class ProblemRow:
    """A row of the page. `index` is its number there, `id` that of a stored row or None."""

    index: int
    id: int | None
    position: int
    text: str
    cause: str
    category: str
    is_deleted: bool = False

    @property
    def words(self) -> dict[str, str]:
        return {"text": self.text, "cause": self.cause, "category": self.category}


@dataclasses.dataclass(frozen=True)
class PromiseRow:
    index: int
    id: int | None
    position: int
    text: str
    due_text: str = ""
    is_deleted: bool = False

    @property
    def words(self) -> dict[str, str]:
        return {"text": self.text, "due_text": self.due_text}


PageRow = ProblemRow | PromiseRow


@dataclasses.dataclass(frozen=True)
class PartChanges:
    """What was typed, by the id of the figure, project or domain."""

    figures: dict[int, str] = dataclasses.field(default_factory=dict)
    projects: dict[int, str] = dataclasses.field(default_factory=dict)
    domains: dict[int, str] = dataclasses.field(default_factory=dict)


def keep_rows(report: DutyReport, rows: Sequence[PageRow], *, prefix: str, earlier: dict[str, Any]) -> dict[str, Any]:
    """Store the rows of one formset, `prefix` being its name and that of the relation.

    Returns the ids of new ones by the names of their hidden fields. Rows that the page does not know
    stay as they are: only an explicit removal removes.
    """
    manager = getattr(report, prefix)
    stored = {row.pk: row for row in manager.all()}
    values: dict[str, Any] = {}
    for row in rows:
        name = f"{prefix}-{row.index}-id"
        pk = row.id if row.id is not None else earlier.get(name)
        kept = stored.get(pk) if pk is not None else None
        if row.is_deleted or not any(text.strip() for text in row.words.values()):
            _delete_row(kept)
            continue
        kept = kept or manager.model(report=report)
        for word, text in row.words.items():
            setattr(kept, word, text)
        kept.position = row.position
        kept.save()
        if kept.pk != row.id:
            values[name] = kept.pk
    return values


def _delete_row(row: models.Model | None) -> None:
    if row is None:
        return
    try:
        row.delete()
    except models.ProtectedError:
        named = row._meta.verbose_name
        raise ReportTextKept(f"这一条{named}已经列入整改清单，不能从报告中删除，可以修改文字。") from None


def write_parts(report: DutyReport, changes: PartChanges) -> None:
    """A figure that still says what the duty log says is not written down, so that it goes on following the log."""
    if changes.figures:
        known = {figure.pk: (figure, value) for figure, value, _prefilled in figures_of(report)}
        for pk, text in changes.figures.items():
            if pk in known and known[pk][1] != text:
                report.figures.update_or_create(figure=known[pk][0], defaults={"value": text})
    if changes.projects:
        for project in projects_of(report).filter(pk__in=changes.projects):
            text = changes.projects[project.pk]
            report.project_texts.update_or_create(project=project, defaults={"text": text})
    for pk, text in changes.domains.items():
        report.domain_texts.update_or_create(domain_id=pk, defaults={"text": text})
