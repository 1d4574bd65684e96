"""目标责任书: one letter between the committee and each organization, its items frozen when drawn up (S-47)."""

from __future__ import annotations

import typing

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, Post, User
from accounts.rules.organizations import OrganizationLevel
from accounts.rules.roles import OWN_ORGANIZATION_ROLES, REVIEWING_ROLES

from .cycles import Cycle


class ResponsibilityLetterQuerySet(models.QuerySet["ResponsibilityLetter"]):
    def visible_to(self, user: User) -> typing.Self:
        """Those who review the committee's year, and the organization that signs."""
        reach = Q(pk__in=[])
        for post in user.active_posts:
            if post.role in REVIEWING_ROLES:
                reach |= Q(cycle__committee__path__startswith=post.organization.path)
                reach |= Q(organization=post.organization_id)
            if post.role in OWN_ORGANIZATION_ROLES:
                reach |= Q(organization=post.organization_id)
        return self.filter(reach)

    def for_table(self) -> typing.Self:
        return self.select_related(
            "cycle__committee", "organization__domain", "party_a__person", "party_b__person"
        ).order_by("organization__code")

    def counts_by_level(self) -> list[tuple[str, int, int]]:
        """(level, letters, signed) for each level that has any, the highest first."""
        found = {
            row["organization__level"]: (row["total"], row["signed"])
            for row in self.order_by()
            .values("organization__level")
            .annotate(total=Count("pk"), signed=Count("pk", filter=Q(signed_on__isnull=False)))
        }
        return [(str(level.label), *found[level]) for level in OrganizationLevel if level in found]


class ResponsibilityLetter(models.Model):
    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="letters", verbose_name=_("年度"))
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="letters", verbose_name=_("乙方"))
    party_a = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", verbose_name=_("甲方书记"))
    party_b = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", verbose_name=_("乙方第一责任人"))
    # [{"matter", "target", "due"}], words as they stood when the letter was drawn up.
    items = models.JSONField(_("责任事项"), default=list)
    drawn_on = models.DateField(_("生成日期"))
    signed_on = models.DateField(_("签订日期"), null=True, blank=True)

    objects = ResponsibilityLetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("目标责任书")
        ordering = ("organization__code",)
        constraints: typing.ClassVar = [
            models.UniqueConstraint(fields=["cycle", "organization"], name="one_letter_per_organization"),
        ]

    def __str__(self) -> str:
        return f"{self.organization}{self.cycle.year}年度抓基层党建工作目标责任书"

    @property
    def is_signed(self) -> bool:
        return self.signed_on is not None

    @property
    def audit_organization(self) -> Organization:
        return self.organization
