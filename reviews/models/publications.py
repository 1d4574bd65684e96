"""Publishing the decided grades of a year within the scope its scheme names; before that nobody below sees any."""

from __future__ import annotations

import typing

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User
from accounts.rules.roles import REVIEWING_ROLES, WRITING_ROLES
from reporting.models import Cycle, Reporter
from reporting.rules.schemes import ResultReaders


class PublicationQuerySet(models.QuerySet["Publication"]):
    def visible_to(self, user: User) -> typing.Self:
        """Reviewers; those who report in the year; or everybody under the committee, as published."""
        reach = Q(pk__in=[])
        for post in user.active_posts:
            if post.role in REVIEWING_ROLES:
                reach |= Q(cycle__committee__path__startswith=post.organization.path)
            if post.role in WRITING_ROLES:
                reporting = Reporter.objects.filter(organization=post.organization_id)
                reach |= Q(readers=ResultReaders.REPORTERS, cycle__in=reporting.values("cycle"))
            above = [*post.organization.ancestor_ids, post.organization_id]
            reach |= Q(readers=ResultReaders.SUBTREE, cycle__committee__in=above)
        return self.filter(reach)


class Publication(models.Model):
    cycle = models.OneToOneField(Cycle, models.PROTECT, related_name="publication")
    # As the scheme had it on that day.
    readers = models.CharField(_("公布范围"), max_length=12, choices=ResultReaders)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("公布等次")

    def __str__(self) -> str:
        return f"{self.cycle}等次公布"

    @property
    def audit_organization(self) -> Organization:
        return self.cycle.committee
