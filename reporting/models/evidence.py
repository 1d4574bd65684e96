"""佐证材料 of the year's work: files at a secretary-led project or at one of the five ones (S-39, S-43)."""

from __future__ import annotations

import typing

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _translate
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User
from accounts.rules.roles import REVIEWING_ROLES, WRITING_ROLES
from documents.rules.attachments import CONTENT_TYPES

from .cycles import Cycle
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


class WorkEvidence(models.Model):
    """One file. It shows a project, or else what an organization says of one of the five ones (`task`)."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="evidence")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="evidence")
    project = models.ForeignKey(Project, models.CASCADE, null=True, related_name="evidence")
    task = models.ForeignKey(SchemeTask, models.PROTECT, null=True, related_name="evidence")
    file = models.FileField(editable=False)
    name = models.CharField(_("文件名"), max_length=255)
    kind = models.CharField(_("类型"), max_length=8, editable=False)
    size = models.PositiveBigIntegerField(_("大小"), editable=False)
    sha256 = models.CharField(_("校验值"), max_length=64, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("上传时间"))

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

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> str:
        """What it shows, for people."""
        if self.project is not None:
            return _translate("领办项目“%(title)s”") % {"title": self.project.title}
        return _translate("五个一：%(name)s") % {"name": self.task}

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[self.kind]

    @property
    def audit_organization(self) -> Organization:
        return self.organization
