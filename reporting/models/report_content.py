"""The parts of a report beside texts, problems and last year's items, as plain values (S-69 to S-72).

Each is asked for only where the scheme has a section of that kind.
"""

from __future__ import annotations

import typing

from django.db import models

from accounts.models import Domain
from reporting.rules.content import (
    AttachmentContent,
    DomainContent,
    FigureContent,
    FiveOneContent,
    ProjectContent,
    PromiseContent,
)
from reporting.rules.duty_entries import prefilled_figure
from reporting.rules.scheme_lists import section_speaks_by_domain
from reporting.rules.schemes import SectionKind

from .duty_entries import DutyEntry
from .five_ones import FiveOneSheet
from .projects import Project

if typing.TYPE_CHECKING:
    from .reports import DutyReport
    from .scheme_lists import SchemeFigure
    from .schemes import SchemeSection


def sections_of(report: DutyReport) -> list[SchemeSection]:
    """The scheme's sections that this reporter answers: 分领域情况 is asked of counties and streets (S-72)."""
    organization = report.reporter.organization
    has_domains = section_speaks_by_domain(organization.level, organization.kind)
    sections = report.cycle.scheme.sections.all()
    return [section for section in sections if has_domains or section.kind != SectionKind.DOMAINS]


def projects_of(report: DutyReport) -> models.QuerySet[Project]:
    """The organization's accepted projects of the year, number-one project first (S-70)."""
    reporter = report.reporter
    projects = Project.objects.under_way().filter(cycle=reporter.cycle_id, organization=reporter.organization_id)
    return projects.order_by("-is_number_one", "pk").prefetch_related("progress")


def figures_of(report: DutyReport) -> list[tuple[SchemeFigure, str, str]]:
    """Each figure with what stands in the report and what the duty log gives (S-71)."""
    reporter = report.reporter
    log = DutyEntry.objects.of_report(reporter.organization, reporter.post.person, report.cycle.year)
    totals = log.totals()
    typed = dict(report.figures.values_list("figure", "value"))
    rows = []
    for figure in report.cycle.scheme.figures.all():
        if not figure.is_asked_of(reporter.organization):
            continue
        prefilled = prefilled_figure(totals.get(figure.source))
        rows.append((figure, typed.get(figure.pk, prefilled), prefilled))
    return rows


def five_ones_of(report: DutyReport) -> tuple[FiveOneContent, ...]:
    """Shown beside the figures, once something is recorded (S-43)."""
    reporter = report.reporter
    sheet = FiveOneSheet.objects.filter(cycle=reporter.cycle_id, organization=reporter.organization_id).first()
    rows = sheet.rows(report.cycle.scheme.tasks.all()) if sheet else []
    return tuple(FiveOneContent(row.task.name, row.is_done, row.text) for row in rows)


def attachments_content(report: DutyReport) -> tuple[AttachmentContent, ...]:
    """The files of the working copy in the order of the report, as a version keeps them."""
    rows = report.attachments.standing().with_places()
    return tuple(
        AttachmentContent(
            id=row.pk, section=row.section.key, place=row.place, name=row.name, size=row.size, sha256=row.sha256
        )
        for row in rows
    )


def domain_texts_of(report: DutyReport) -> list[tuple[Domain, str]]:
    texts = dict(report.domain_texts.values_list("domain", "text"))
    return [(domain, texts.get(domain.pk, "")) for domain in Domain.objects.all()]


def parts_content(report: DutyReport, kinds: set[str]) -> dict[str, typing.Any]:
    """The further fields of ReportContent for the kinds of sections there are."""
    parts: dict[str, typing.Any] = {"attachments": attachments_content(report)}
    if SectionKind.FIGURES in kinds:
        figures = figures_of(report)
        parts["figures"] = tuple(FigureContent(figure.name, figure.unit, value) for figure, value, _ in figures)
        parts["five_ones"] = five_ones_of(report)
    if SectionKind.PROJECTS in kinds:
        texts = dict(report.project_texts.values_list("project", "text"))
        parts["projects"] = tuple(_project(each, texts.get(each.pk, "")) for each in projects_of(report))
    if SectionKind.DOMAINS in kinds:
        parts["domains"] = tuple(DomainContent(domain.name, text) for domain, text in domain_texts_of(report))
    if SectionKind.PROMISES in kinds:
        parts["promises"] = tuple(PromiseContent(row.text, row.due_text) for row in report.promises.all())
    return parts


def _project(project: Project, text: str) -> ProjectContent:
    progress = tuple((str(row.get_quarter_display()), row.text) for row in project.progress.all())
    return ProjectContent(project.title, str(project.get_state_display()), project.is_number_one, progress, text)
