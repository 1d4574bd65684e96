"""Fields of the report page for figures, projects and domains (S-70 to S-72)."""

from __future__ import annotations

import dataclasses
import typing

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import LongTextField
from reporting.actions.report_parts import PartChanges
from reporting.models import DutyReport, Project
from reporting.models.report_content import domain_texts_of, figures_of, projects_of
from reporting.rules.schemes import SectionKind

# The word in a field's name for each kind; also the anchor of its place on the page.
NAMES = {SectionKind.FIGURES: "figure", SectionKind.PROJECTS: "project", SectionKind.DOMAINS: "domain"}


@dataclasses.dataclass(frozen=True)
class PartInput:
    """One input of such a section: its place, its field, and what is shown beside it; `name` that of a figure."""

    anchor: str
    field: forms.BoundField
    project: Project | None = None
    name: str = ""


class ReportParts:
    """Adds its fields to the form and reads them from it again. Names carry the id of what they are about."""

    def __init__(self, form: forms.Form, report: DutyReport, kinds: set[str]) -> None:
        self.form = form
        self.fields: dict[str, dict[str, int]] = {kind: {} for kind in NAMES}
        self.projects: dict[int, Project] = {}
        self.names: dict[int, str] = {}
        if SectionKind.FIGURES in kinds:
            self._add_figures(report)
        if SectionKind.PROJECTS in kinds:
            self._add_projects(report)
        if SectionKind.DOMAINS in kinds:
            for domain, text in domain_texts_of(report):
                field = LongTextField(label=domain.name, rows=5, required=False, initial=text)
                self._add(SectionKind.DOMAINS, domain.pk, field)

    def _add(self, kind: str, pk: int, field: forms.Field) -> None:
        name = f"{NAMES[SectionKind(kind)]}_{pk}"
        self.form.fields[name] = field
        self.fields[kind][name] = pk

    def _add_figures(self, report: DutyReport) -> None:
        for figure, value, prefilled in figures_of(report):
            label = f"{figure.name}（{figure.unit}）" if figure.unit else figure.name
            told = _("履职纪实合计%(n)s，可以改。") % {"n": prefilled} if prefilled else ""
            field = forms.CharField(
                label=label, max_length=30, required=False, strip=False, initial=value, help_text=told
            )
            self.names[figure.pk] = figure.name
            self._add(SectionKind.FIGURES, figure.pk, field)

    def _add_projects(self, report: DutyReport) -> None:
        texts = dict(report.project_texts.values_list("project", "text"))
        for project in projects_of(report):
            self.projects[project.pk] = project
            field = LongTextField(label=_("推进情况和成效"), rows=6, required=False, initial=texts.get(project.pk, ""))
            self._add(SectionKind.PROJECTS, project.pk, field)

    def inputs(self, kind: str) -> tuple[PartInput, ...]:
        names = self.names if kind == SectionKind.FIGURES else {}
        return tuple(
            PartInput(f"{NAMES[SectionKind(kind)]}-{number}", self.form[name], self.projects.get(pk), names.get(pk, ""))
            for number, (name, pk) in enumerate(self.fields.get(kind, {}).items(), start=1)
        )

    def changes(self, changed: set[str] | None) -> PartChanges:
        facts: dict[str, typing.Any] = {
            f"{NAMES[SectionKind(kind)]}s": {
                pk: self.form.cleaned_data[name]
                for name, pk in fields.items()
                if name in self.form.data and (changed is None or name in changed)
            }
            for kind, fields in self.fields.items()
        }
        return PartChanges(**facts)
