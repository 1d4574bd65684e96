"""附件: files that show what a report says, each at a place of it (S-73)."""

from __future__ import annotations

import dataclasses
import typing

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _translate
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User
from accounts.rules.roles import WRITING_ROLES
from documents.rules.attachments import PICTURES
from reporting.rules.schemes import SectionKind

from .kept_files import KeptFile
from .projects import Project
from .report_content import projects_of, sections_of
from .reports import DutyReport
from .scheme_lists import SchemeTask
from .schemes import SchemeSection


class ReportAttachmentQuerySet(models.QuerySet["ReportAttachment"]):
    def visible_to(self, user: User) -> typing.Self:
        """The authors see all of their report; who reviews it, what was handed in at least once."""
        own = Q(report__reporter__organization__in=user.organizations_as(*WRITING_ROLES))
        return self.filter(report__in=DutyReport.objects.visible_to(user)).filter(own | Q(handed_in_at__isnull=False))

    def standing(self) -> typing.Self:
        """Those that belong to the working copy."""
        return self.filter(removed_at__isnull=True)

    def with_places(self) -> typing.Self:
        return self.select_related("section", "project", "task")


class ReportAttachment(KeptFile):
    """What was handed in once stays on disk with the versions that name it, also when it is taken out later."""

    report = models.ForeignKey(DutyReport, models.CASCADE, related_name="attachments")
    section = models.ForeignKey(SchemeSection, models.PROTECT, related_name="attachments")
    project = models.ForeignKey(Project, models.SET_NULL, null=True, related_name="attachments")
    task = models.ForeignKey(SchemeTask, models.SET_NULL, null=True, related_name="attachments")
    handed_in_at = models.DateTimeField(null=True, editable=False)
    removed_at = models.DateTimeField(null=True, editable=False)

    objects = ReportAttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("附件")
        ordering = ("section__position", "project", "task", "id")

    @property
    def place(self) -> str:
        """What it shows, for people."""
        if self.project is not None:
            return _translate("领办项目“%(title)s”") % {"title": self.project.title}
        if self.task is not None:
            return _translate("五个一：%(name)s") % {"name": self.task.name}
        return self.section.heading

    @property
    def is_picture(self) -> bool:
        return self.kind in PICTURES

    @property
    def audit_organization(self) -> Organization:
        return self.report.audit_organization


@dataclasses.dataclass(frozen=True)
class AttachmentPlace:
    """Where a file may be put: a section, one of its projects, or one of the five ones."""

    key: str
    name: str
    section: SchemeSection
    project: Project | None = None
    task: SchemeTask | None = None


def attachment_places(report: DutyReport) -> list[AttachmentPlace]:
    places = []
    for section in sections_of(report):
        places.append(AttachmentPlace(f"section-{section.key}", section.heading, section))
        if section.kind == SectionKind.PROJECTS:
            for project in projects_of(report):
                name = _translate("领办项目“%(title)s”") % {"title": project.title}
                places.append(AttachmentPlace(f"project-{project.pk}", name, section, project=project))
        elif section.kind == SectionKind.FIGURES:
            for task in report.cycle.scheme.tasks.all():
                name = _translate("五个一：%(name)s") % {"name": task.name}
                places.append(AttachmentPlace(f"five-{task.pk}", name, section, task=task))
    return places
