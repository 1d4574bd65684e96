"""The class of an organization for a year, and the putting right of a weak one (S-21)."""

from __future__ import annotations

import typing

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from accounts.rules.classes import OrganizationRank, change_of
from common import clock

from .organizations import Organization
from .people import Post

if typing.TYPE_CHECKING:
    from .users import User


class OrganizationClassQuerySet(models.QuerySet["OrganizationClass"]):
    def visible_to(self, user: User) -> typing.Self:
        return self.filter(organization__in=Organization.objects.visible_to(user))

    def with_last_rank(self) -> typing.Self:
        """Adds `last_rank`, the class of the year before, for `change`."""
        before = OrganizationClass.objects.filter(organization=OuterRef("organization"), year=OuterRef("year") - 1)
        return self.annotate(last_rank=Subquery(before.values("rank")))

    def for_page(self) -> typing.Self:
        return self.with_last_rank().select_related("organization", "leader__person", "leader__organization")

    def being_put_right(self) -> typing.Self:
        """Weak, and not finished by today."""
        return self.filter(is_weak=True).filter(Q(finished_on__isnull=True) | Q(finished_on__gt=clock.today()))


class OrganizationClass(models.Model):
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="classes", verbose_name=_("党组织"))
    year = models.PositiveSmallIntegerField(_("年度"))
    rank = models.CharField(_("年度分类"), max_length=10, choices=OrganizationRank)
    is_weak = models.BooleanField(_("软弱涣散"), default=False)
    leader = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("包抓领导")
    )
    started_on = models.DateField(_("整顿开始日期"), null=True, blank=True)
    finished_on = models.DateField(_("整顿完成日期"), null=True, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = OrganizationClassQuerySet.as_manager()

    class Meta:
        verbose_name = _("年度分类")
        ordering = ("-year", "organization__code")
        constraints: typing.ClassVar = [
            models.UniqueConstraint(fields=["organization", "year"], name="one_class_per_year"),
            models.CheckConstraint(
                condition=Q(finished_on__isnull=True)
                | Q(started_on__isnull=True)
                | Q(finished_on__gte=F("started_on")),
                name="class_finished_after_start",
                violation_error_message=_("整顿完成日期不能早于开始日期。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}{self.year}年度分类"

    @property
    def change(self) -> str:
        """`up`, `down`, `same`, or empty; asked of rows fetched with `with_last_rank`."""
        return change_of(getattr(self, "last_rank", None), self.rank)

    @property
    def is_put_right(self) -> bool:
        return self.is_weak and self.finished_on is not None and self.finished_on <= clock.today()

    @property
    def audit_organization(self) -> Organization:
        return self.organization
