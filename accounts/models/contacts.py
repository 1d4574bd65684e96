"""党建工作联系点: a leader's contact organization for a year, and the visits made there (S-20)."""

from __future__ import annotations

import datetime as dt
import typing

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.deadlines import chinese_date

from .organizations import Organization
from .people import Post

if typing.TYPE_CHECKING:
    from .users import User


class ContactPointQuerySet(models.QuerySet["ContactPoint"]):
    def visible_to(self, user: User) -> typing.Self:
        """Those of organizations within one's reach, and one's own wherever they are."""
        mine = Q(leader__person=user.person_id) if user.person_id else Q(pk__in=[])
        return self.filter(Q(organization__in=Organization.objects.visible_to(user)) | mine)

    def for_table(self) -> typing.Self:
        """With the leader, the organization and `visit_count`."""
        return self.select_related("leader__person", "leader__organization", "organization").annotate(
            visit_count=models.Count("visits")
        )


class ContactPoint(models.Model):
    leader = models.ForeignKey(Post, models.PROTECT, related_name="contact_points", verbose_name=_("联系领导"))
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="contact_points", verbose_name=_("联系点")
    )
    year = models.PositiveSmallIntegerField(_("年度"))

    objects = ContactPointQuerySet.as_manager()

    class Meta:
        verbose_name = _("联系点")
        ordering = ("-year", "leader", "organization__code")
        constraints: typing.ClassVar = [
            models.UniqueConstraint(
                fields=["leader", "organization", "year"],
                name="one_contact_point_per_year",
                violation_error_message=_("这位领导本年度已经联系这个单位。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.leader.person}{self.year}年度联系点 {self.organization}"

    @property
    def audit_organization(self) -> Organization:
        return self.organization


class ContactVisit(models.Model):
    """A visit as told: the day in words (X月X日) or as a date, and what was done."""

    contact = models.ForeignKey(ContactPoint, models.CASCADE, related_name="visits")
    date = models.DateField(_("日期"), null=True, blank=True)
    date_text = models.CharField(_("日期（文字）"), max_length=30, blank=True)
    note = models.TextField(_("情况"))
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("到访")
        ordering = ("-date", "-id")

    def __str__(self) -> str:
        return f"{self.contact} {self.day}"

    @property
    def day(self) -> str:
        return self.date_text or (chinese_date(self.date) if isinstance(self.date, dt.date) else "")

    @property
    def audit_organization(self) -> Organization:
        return self.contact.organization
