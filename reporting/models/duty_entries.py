"""履职纪实 of a secretary, entry by entry (S-44, S-46, S-50)."""

from __future__ import annotations

import typing
from collections import defaultdict

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, Person, Post, User
from accounts.rules.roles import WRITING_ROLES
from common.deadlines import chinese_date
from common.figures import FigureSum
from reporting.rules.duty_entries import DutyKind, count_entries, month_of


class DutyEntryQuerySet(models.QuerySet["DutyEntry"]):
    def visible_to(self, user: User) -> typing.Self:
        """A working note of those who write for the organization; others read the figures in the report."""
        return self.filter(organization__in=user.organizations_as(*WRITING_ROLES))

    def of_report(self, organization: Organization, person: Person, year: int) -> typing.Self:
        """What the person did as holder of a post of that organization in the assessed year (S-08, S-71)."""
        return self.filter(organization=organization, post__person=person, year=year)

    def totals(self) -> dict[str, FigureSum]:
        """How often by kind; one query."""
        counts: dict[str, list[str]] = defaultdict(list)
        for kind, count in self.order_by().values_list("kind", "count_text"):
            counts[kind].append(count)
        return {kind: count_entries(counts[kind]) for kind in DutyKind.values if kind in counts}


class DutyEntry(models.Model):
    """`date` where it may be said, else `date_text` as typed; an empty `count_text` means once."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="duty_entries", verbose_name=_("单位"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="duty_entries", verbose_name=_("履职人"))
    year = models.PositiveSmallIntegerField(_("年度"))
    kind = models.CharField(_("类型"), max_length=20, choices=DutyKind)
    date = models.DateField(_("日期"), null=True, blank=True)
    date_text = models.CharField(_("日期（文字）"), max_length=30, blank=True)
    subject = models.CharField(_("事项"), max_length=200)
    count_text = models.CharField(_("次数"), max_length=20, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = DutyEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("履职纪实")
        ordering = (models.F("date").desc(nulls_last=True), "-id")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.subject[:40]}"

    @property
    def when(self) -> str:
        """The day as it is shown and printed: the words where there are any."""
        return self.date_text or (chinese_date(self.date) if self.date else "")

    @property
    def month(self) -> int | None:
        return month_of(self.date, self.date_text)

    @property
    def audit_organization(self) -> Organization:
        return self.organization
