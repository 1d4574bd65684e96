"""The mark each promise got at the year's end, and the rate of each organization (S-150)."""

from __future__ import annotations

import typing
from collections.abc import Collection

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User
from rectification.rules.fulfilments import BASIC_PERCENT, FulfilmentCount, FulfilmentMark
from reporting.models import Cycle

from .items import RectificationItem
from .ladder import RectificationScheme, basic_percent_of
from .shown_files import ShownFile


class FulfilmentQuerySet(models.QuerySet["Fulfilment"]):
    def visible_to(self, user: User) -> typing.Self:
        return self.filter(item__in=RectificationItem.objects.visible_to(user))


class Fulfilment(models.Model):
    item = models.OneToOneField(RectificationItem, models.CASCADE, related_name="fulfilment")
    mark = models.CharField(_("年终评定"), max_length=8, choices=FulfilmentMark)
    evidence = models.TextField(_("评定依据"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = FulfilmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("承诺兑现评定")

    def __str__(self) -> str:
        return f"{self.item}{self.get_mark_display()}"

    @property
    def audit_organization(self) -> Organization:
        return self.item.organization


class FulfilmentFile(ShownFile):
    """A file that the mark is based on."""

    fulfilment = models.ForeignKey(Fulfilment, models.CASCADE, related_name="files")

    class Meta(ShownFile.Meta):
        verbose_name = _("评定依据材料")


def fulfilment_of(cycle: Cycle, *, organizations: Collection[int] | None = None) -> dict[int, FulfilmentCount]:
    """How the lists of this cycle were kept, by organization id; two queries whatever the number of items.

    `organizations` limits the answer to some ids.
    """
    percent = basic_percent_of(cycle)
    items = RectificationItem.objects.filter(list__reporter__cycle=cycle).order_by()
    if organizations is not None:
        items = items.filter(list__reporter__organization__in=organizations)
    rows = items.values("list__reporter__organization").annotate(**_marked())
    return {row.pop("list__reporter__organization"): FulfilmentCount(**row, basic_percent=percent) for row in rows}


def fulfilment_by_cycle(organization: Organization, cycles: Collection[int]) -> dict[int, FulfilmentCount]:
    """How one organization kept its promises, by cycle id; two queries whatever the number of years (S-145)."""
    found = RectificationScheme.objects.filter(cycle__in=cycles)
    percents = dict(found.values_list("cycle", "basic_percent"))
    items = RectificationItem.objects.filter(
        list__reporter__cycle__in=cycles, list__reporter__organization=organization
    )
    rows = items.order_by().values("list__reporter__cycle").annotate(**_marked())
    counts = {row.pop("list__reporter__cycle"): row for row in rows}
    return {pk: FulfilmentCount(**row, basic_percent=percents.get(pk, BASIC_PERCENT)) for pk, row in counts.items()}


def fulfilment_in_all(cycle: Cycle) -> FulfilmentCount:
    """All lists of the cycle together; two queries."""
    found = RectificationItem.objects.filter(list__reporter__cycle=cycle).aggregate(**_marked())
    return FulfilmentCount(**found, basic_percent=basic_percent_of(cycle))


def _marked() -> dict[str, Count]:
    marked = {mark: Count("pk", filter=Q(fulfilment__mark=mark)) for mark in FulfilmentMark.values}
    return marked | {"unmarked": Count("pk", filter=Q(fulfilment__isnull=True))}


def fulfilment_before(cycle: Cycle) -> dict[int, FulfilmentCount]:
    """How the promises of the year before were kept, by organization id: what this year's review scores (S-150)."""
    before = Cycle.objects.filter(committee=cycle.committee_id, year=cycle.year - 1).first()
    return fulfilment_of(before) if before else {}
