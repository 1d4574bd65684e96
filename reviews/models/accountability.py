"""问责记录: who was held to account for what, by whom, how far up (S-136, S-137, S-138, S-142)."""

from __future__ import annotations

import typing

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, Post, User
from accounts.rules.organizations import OrganizationLevel
from common.deadlines import chinese_date
from rectification.models import RectificationItem
from reporting.models import BasisDocument, Cycle
from reviews.rules.use_of_results import Measure, ReplacementReason, Responsibility

from .accountability_rules import AccountabilityRule


class AccountabilityQuerySet(models.QuerySet["AccountabilityRecord"]):
    def for_table(self) -> typing.Self:
        return self.select_related(
            "organization", "post__person", "basis", "cycle__committee", "joint_of__organization"
        )

    def visible_to(self, user: User, roles: frozenset[str]) -> typing.Self:
        reach = Q(pk__in=[])
        for post in user.active_posts:
            if post.role in roles:
                reach |= Q(cycle__committee__path__startswith=post.organization.path)
        return self.filter(reach)


class AccountabilityRecord(models.Model):
    # Known to few: the trail says that there was one, not why.
    audit_is_confidential = True

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="accountability", verbose_name=_("年度"))
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="accountability", verbose_name=_("被问责单位")
    )
    # As it was: an organization may move.
    level = models.CharField(_("层级"), max_length=12, choices=OrganizationLevel)
    post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="accountability", verbose_name=_("被问责人")
    )
    responsibility = models.CharField(_("责任"), max_length=12, choices=Responsibility)
    measure = models.CharField(_("措施"), max_length=20, choices=Measure)
    replacement_reason = models.CharField(_("撤换原因"), max_length=20, choices=ReplacementReason, blank=True)
    date = models.DateField(_("日期"))
    reason = models.TextField(_("事由"))
    item = models.ForeignKey(
        RectificationItem, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("对应的整改事项")
    )
    rule = models.ForeignKey(
        AccountabilityRule, models.SET_NULL, null=True, blank=True, related_name="records", verbose_name=_("对应条款")
    )
    decided_by = models.CharField(_("决定单位或会议"), max_length=120)
    handled_by = models.CharField(_("承办单位"), max_length=120, blank=True)
    document = models.CharField(_("决定文书（文号）"), max_length=120, blank=True)
    basis = models.ForeignKey(
        BasisDocument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("依据文件")
    )
    is_typical = models.BooleanField(_("典型问题"), default=False)
    is_masked = models.BooleanField(_("通报时隐去单位和姓名"), default=True)
    joint_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="joint", verbose_name=_("同步问责自")
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = AccountabilityQuerySet.as_manager()

    class Meta:
        verbose_name = _("问责记录")
        ordering = ("-date", "-id")

    def __str__(self) -> str:
        return f"{self.organization}{self.who} {self.get_measure_display()}"

    @property
    def who(self) -> str:
        return self.post.person.name if self.post else ""

    @property
    def shown_subject(self) -> str:
        """Unit and name, or 某单位 where the bulletin leaves them out (S-142)."""
        if self.is_masked:
            return f"某{self.get_level_display()}党组织"
        return f"{self.organization.display_name}{self.who}"

    @property
    def circular_words(self) -> str:
        """What a bulletin would say of it, for the office to put into words (S-142)."""
        decided = f"{chinese_date(self.date)}，{self.decided_by}决定给予{self.get_measure_display()}"
        return f"{self.shown_subject}：{self.reason.rstrip('。')}。{decided}。"

    @property
    def audit_organization(self) -> Organization:
        return self.cycle.committee
