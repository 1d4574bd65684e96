"""佐证材料 of the year's work: files at a secretary-led project or at one of the five ones (S-39, S-43)."""

from __future__ import annotations

import typing

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _translate
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User
from accounts.rules.roles import REVIEWING_ROLES, WRITING_ROLES

from .cycles import Cycle
from .kept_files import KeptFile
from .projects import Project
from .scheme_lists import SchemeTask


class WorkEvidenceQuerySet(models.QuerySet["WorkEvidence"]):
    def visible_to(self, user: User) -> typing.Self:
        """With the project it shows, or with the sheet of the five ones: its writers and whoever reviews the year."""
        reach = Q(project__in=Project.objects.visible_to(user))
        of_sheets = Q(organization__in=user.organizations_as(*WRITING_ROLES))
        for post in user.active_posts:
            if post.role in REVIEWING_ROLES:
                of_sheets |= Q(cycle__committee__path__startswith=post.organization.path)
        return self.filter(reach | (Q(project__isnull=True) & of_sheets))


class WorkEvidence(KeptFile):
    """One file. It shows a project, or else what an organization says of one of the five ones (`task`)."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="evidence")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="evidence")
    project = models.ForeignKey(Project, models.CASCADE, null=True, related_name="evidence")
    task = models.ForeignKey(SchemeTask, models.PROTECT, null=True, related_name="evidence")

    objects = WorkEvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("佐证材料")
        ordering = ("id",)
        constraints: typing.ClassVar = [
            models.CheckConstraint(
                condition=Q(project__isnull=True, task__isnull=False) | Q(project__isnull=False, task__isnull=True),
                name="evidence_of_one_thing",
            ),
        ]

    @property
    def place(self) -> str:
        """What it shows, for people."""
        if self.project is not None:
            return _translate("领办项目“%(title)s”") % {"title": self.project.title}
        return _translate("五个一：%(name)s") % {"name": self.task}

    @property
    def audit_organization(self) -> Organization:
        return self.organization
