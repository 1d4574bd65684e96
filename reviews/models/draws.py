"""A draw of lots as it was held: it stays when another one follows."""

from __future__ import annotations

import dataclasses
import typing

from django.conf import settings
from django.db import models
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from reporting.models import Reporter
from reporting.rules.cycles import ReportMode
from reviews.rules.draws import DrawGroups, DrawMethod, Lot

from .agenda import Slot
from .meetings import Meeting


class Draw(models.Model):
    """`order` holds the outcome: [{place, code, unit, name, group, number}] in the order drawn."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="draws")
    method = models.CharField(_("方式"), max_length=8, choices=DrawMethod)
    groups = models.CharField(_("分组"), max_length=8, choices=DrawGroups, blank=True)
    seed = models.CharField(_("随机种子"), max_length=64, blank=True)
    order = models.JSONField()
    reason = models.CharField(_("重新抽签的理由"), max_length=200, blank=True)
    drawn_at = models.DateTimeField(_("抽签时间"))
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("抽签")
        ordering = ("-drawn_at", "-id")

    def __str__(self) -> str:
        return f"{self.meeting}述职顺序抽签"

    @property
    def audit_organization(self) -> Organization:
        return self.meeting.committee


@dataclasses.dataclass(frozen=True)
class DrawLine:
    """A slot with what is looked at before lots are drawn; `last_oral` is a year or None."""

    slot: Slot
    last_oral: int | None


def slot_lots(slots: typing.Iterable[Slot], groups: str) -> list[Lot]:
    """Who draws, in the order of today; what has no domain is a group of its own."""
    found = []
    for slot in slots:
        organization = slot.reporter.organization
        group = ""
        if groups == DrawGroups.DOMAIN:
            group = str(organization.domain or "领域未填")
        elif groups == DrawGroups.KIND:
            group = str(organization.get_kind_display())
        found.append(Lot(slot.pk, organization.code, group))
    return found


def draw_lines(meeting: Meeting) -> list[DrawLine]:
    """The slots in order with the year in which each person last spoke; two queries."""
    slots = list(meeting.slots.select_related("reporter__organization__domain", "reporter__post__person"))
    years = last_oral_years(meeting, [slot.reporter for slot in slots])
    return [DrawLine(slot, years.get(slot.reporter.pk)) for slot in slots]


def last_oral_years(meeting: Meeting, reporters: typing.Sequence[Reporter]) -> dict[int, int]:
    """上次现场述职年度 by reporter's id: of the person, in earlier years of this committee (practice.md 0.4)."""
    rows = Reporter.objects.filter(
        post__person__in=[reporter.post.person_id for reporter in reporters],
        cycle__committee=meeting.cycle.committee_id,
        cycle__year__lt=meeting.cycle.year,
        mode=ReportMode.ORAL,
    )
    years = dict(rows.order_by().values_list("post__person").annotate(Max("cycle__year")))
    return {row.pk: years[row.post.person_id] for row in reporters if row.post.person_id in years}
