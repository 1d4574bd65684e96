"""反馈意见书, one for each person: grade, what is good, what is wrong, what to do by when (practice.md 3.4)."""

from __future__ import annotations

import typing

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User
from accounts.rules.roles import SUBMITTING_ROLES
from common.deadlines import Deadline
from reporting.models import Cycle, Reporter
from reviews.rules.results import DECIDING_ROLES


class FeedbackLetterQuerySet(models.QuerySet["FeedbackLetter"]):
    def visible_to(self, user: User) -> typing.Self:
        """The host committee's own deciders, and once issued the secretary and deputy it is about."""
        reach = Q(pk__in=[])
        for post in user.active_posts:
            if post.role in DECIDING_ROLES:
                reach |= Q(reporter__cycle__committee=post.organization_id)
            if post.role in SUBMITTING_ROLES:
                reach |= Q(issued_at__isnull=False, reporter__organization=post.organization_id)
        return self.filter(reach)

    def issued(self) -> typing.Self:
        return self.filter(issued_at__isnull=False)

    def unread(self) -> typing.Self:
        return self.issued().filter(acknowledged_at__isnull=True)

    def of_cycle(self, cycle: Cycle) -> typing.Self:
        return self.filter(reporter__cycle=cycle)

    def for_table(self) -> typing.Self:
        return self.select_related(
            "reporter__cycle__committee",
            "reporter__organization",
            "reporter__post__person",
            "reporter__result__decided_grade",
            "acknowledged_by__person",
        ).order_by("reporter__mode", "reporter__order", "pk")


class FeedbackLetter(models.Model):
    """Drafted from the comments and the list, put into words by the clerk; fixed once issued. Never holds votes."""

    reporter = models.OneToOneField(Reporter, models.PROTECT, related_name="feedback")
    praise = models.TextField(_("肯定的方面"), blank=True)
    problems = models.TextField(_("指出的问题"), blank=True, help_text=_("一行一个问题，写明来源。"))
    demands = models.TextField(_("整改要求"), blank=True)
    due_text = models.CharField(_("报送整改清单的时限"), max_length=60, blank=True)
    signature = models.CharField(_("落款"), max_length=120, blank=True)
    issued_at = models.DateTimeField(null=True, editable=False)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)
    read_at = models.DateTimeField(null=True, editable=False)
    acknowledged_at = models.DateTimeField(null=True, editable=False)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    reminded_on = models.DateField(null=True, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = FeedbackLetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("反馈意见书")

    def __str__(self) -> str:
        return f"{self.reporter}反馈意见书"

    @property
    def is_issued(self) -> bool:
        return self.issued_at is not None

    @property
    def problem_lines(self) -> list[str]:
        return [line.strip() for line in self.problems.splitlines() if line.strip()]

    @property
    def deadline(self) -> Deadline:
        return Deadline(self.due_text)

    @property
    def audit_organization(self) -> Organization:
        return self.reporter.organization
