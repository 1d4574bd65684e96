"""依据文件: regulations, opinions and decisions that rules, records and scripts cite (S-202)."""

from __future__ import annotations

import typing

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User
from accounts.rules.roles import SUBTREE_ROLES
from reporting.rules.basis_documents import cited


class BasisDocumentQuerySet(models.QuerySet["BasisDocument"]):
    def of(self, committee: Organization) -> typing.Self:
        """What a committee may cite: its own register and those of the committees above it."""
        return self.filter(committee__in=[*committee.ancestor_ids, committee.pk])

    def visible_to(self, user: User) -> typing.Self:
        """What binds the own organization, and what those below have laid down."""
        reach = Q(pk__in=[])
        for post in user.active_posts:
            reach |= Q(committee__in=[*post.organization.ancestor_ids, post.organization_id])
            if post.role in SUBTREE_ROLES:
                reach |= Q(committee__path__startswith=post.organization.path)
        return self.filter(reach)


class BasisDocument(models.Model):
    committee = models.ForeignKey(
        Organization, models.PROTECT, related_name="basis_documents", verbose_name=_("登记单位")
    )
    title = models.CharField(_("文件名称"), max_length=200)
    issuer = models.CharField(_("制发机关"), max_length=120, blank=True)
    number = models.CharField(_("文号"), max_length=60, blank=True)
    issued_on = models.DateField(_("印发日期"), null=True, blank=True)
    file = models.FileField(_("文件"), upload_to="basis_documents/%Y/", blank=True)
    file_name = models.CharField(max_length=200, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = BasisDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("依据文件")
        ordering = ("committee__path", "title", "id")

    def __str__(self) -> str:
        return cited(self.title, self.number)

    @property
    def audit_organization(self) -> Organization:
        return self.committee
