"""The rectification list of an organization for a year, and the promise made on it (S-147, S-149)."""

from __future__ import annotations

import datetime as dt
import typing

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, Post, User
from accounts.rules.roles import OWN_ORGANIZATION_ROLES, REVIEWING_ROLES, Role
from common import clock
from common.deadlines import Deadline, DueState
from rectification.rules.items import LIST_WRITABLE, UNFINISHED, ItemKind, ItemState, ListState
from rectification.rules.lists import MissingParts, missing_parts
from reporting.models import Cycle, Reporter, ReportPromise


class RectificationListQuerySet(models.QuerySet["RectificationList"]):
    def visible_to(self, user: User) -> typing.Self:
        reach = Q(pk__in=[])
        for post in user.active_posts:
            if post.role in REVIEWING_ROLES:
                reach |= Q(reporter__cycle__committee__path__startswith=post.organization.path)
                reach |= Q(reporter__organization=post.organization_id)
            if post.role in OWN_ORGANIZATION_ROLES:
                reach |= Q(reporter__organization=post.organization_id)
        return self.filter(reach)

    def ordered_by(self, user: User) -> typing.Self:
        """Lists of the committees whose organization department the user is."""
        return self.filter(reporter__cycle__committee__in=user.organizations_as(Role.ORGANIZATION_DEPARTMENT))

    def answering_for(self, organization: Organization) -> RectificationList | None:
        """The newest list of the organization, or of the nearest one above that has one (S-10)."""
        lists = self.filter(reporter__organization__in=[*organization.ancestor_ids, organization.pk]).for_table()
        return max(lists, key=lambda found: (len(found.organization.path or ""), found.cycle.year), default=None)

    def writable(self) -> typing.Self:
        """Not handed in: being written, or returned."""
        return self.filter(state__in=LIST_WRITABLE)

    def with_counts(self, today: dt.date) -> typing.Self:
        """Adds `item_count`, `open_count`, `applied_count`, `closed_count`, `carried_count` and `overdue_count` to each row."""
        late = Q(items__state__in=UNFINISHED, items__kind=ItemKind.DATED, items__due_date__lt=today)
        return self.annotate(
            item_count=Count("items"),
            open_count=Count("items", filter=Q(items__state=ItemState.OPEN)),
            applied_count=Count("items", filter=Q(items__state=ItemState.APPLIED)),
            closed_count=Count("items", filter=Q(items__state=ItemState.CLOSED)),
            carried_count=Count("items", filter=Q(items__state=ItemState.CARRIED)),
            overdue_count=Count("items", filter=late),
        )

    def for_table(self) -> typing.Self:
        return self.select_related("reporter__organization__domain", "reporter__cycle__committee")

    def in_state_order(self) -> dict[str, int]:
        """Number of lists per state, in the order of the work."""
        found = dict(self.order_by().values_list("state").annotate(number=Count("pk", distinct=True)))
        return {state: found.get(state, 0) for state in ListState.values}


class RectificationList(models.Model):
    reporter = models.OneToOneField(Reporter, models.PROTECT, related_name="rectification_list")
    state = models.CharField(_("状态"), max_length=12, choices=ListState, default=ListState.DRAFT)
    due_text = models.CharField(_("报审时限（文字）"), max_length=60, blank=True)
    due_date = models.DateField(_("报审时限（日期）"), null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, editable=False)
    return_reason = models.TextField(_("退回意见"), blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = RectificationListQuerySet.as_manager()

    class Meta:
        verbose_name = _("整改清单")
        ordering = ("reporter__mode", "reporter__order", "id")

    def __str__(self) -> str:
        return f"{self.organization}{self.cycle.year}年度整改清单"

    @property
    def organization(self) -> Organization:
        return self.reporter.organization

    @property
    def cycle(self) -> Cycle:
        return self.reporter.cycle

    @property
    def deadline(self) -> Deadline:
        return Deadline(self.due_text, self.due_date)

    @property
    def due_state(self) -> str:
        """Whether the list itself is late or nearly so; empty once it has been handed in."""
        if not self.is_writable:
            return ""
        state = self.deadline.state(clock.today())
        return state.value if state in (DueState.OVERDUE, DueState.SOON) else ""

    def open_promises(self) -> models.QuerySet[ReportPromise]:
        """What the report promised and the list does not have yet (S-69)."""
        return ReportPromise.objects.filter(report__reporter=self.reporter_id, problem__isnull=True)

    def missing_parts(self) -> list[MissingParts]:
        """What each incomplete item lacks, in order (S-148)."""
        rows = [
            MissingParts(
                item.position,
                item.problem.text,
                missing_parts(
                    measures=[measure.text for measure in item.measures.all()],
                    has_owner=item.has_owner,
                    kind=item.kind,
                    due_text=item.due_text,
                    due_date=item.due_date,
                ),
            )
            for item in self.items.for_table()
        ]
        return [row for row in rows if row.parts]

    def promised_content(self) -> dict[str, typing.Any]:
        """`{organization, committee, year, items: [{number, problem, measures, owner, due, …}]}`, all text (S-149)."""
        return {
            "organization": self.organization.name,
            "organization_code": self.organization.code,
            "committee": self.cycle.committee.name,
            "year": self.cycle.year,
            "items": [item.promised_content() for item in self.items.for_table()],
        }

    @property
    def is_committed(self) -> bool:
        return self.state == ListState.COMMITTED

    @property
    def is_writable(self) -> bool:
        return self.state in LIST_WRITABLE

    @property
    def audit_organization(self) -> Organization:
        return self.organization


class Commitment(models.Model):
    """The promise to the committee: who confirmed which list, in which words, when."""

    list = models.OneToOneField(RectificationList, models.PROTECT, related_name="commitment")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("承诺人"))
    text = models.TextField(_("承诺内容"))
    content = models.JSONField()  # the items as promised, word for word
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(_("承诺时间"))

    class Meta:
        verbose_name = _("承诺")

    def __str__(self) -> str:
        return f"{self.list}承诺"
