"""A problem of an organization, or one that several have in common, wherever it was named (S-111 to S-117)."""

from __future__ import annotations

import typing

from django.db import models
from django.db.models import Count, Prefetch, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Domain, Organization, Post, User
from accounts.rules.roles import OWN_ORGANIZATION_ROLES, REVIEWING_ROLES, Role
from rectification.rules.items import LIST_WRITABLE, ItemState, ProblemSource
from rectification.rules.problems import RAISED_SOURCES, UNNAMED, ProblemNovelty, ProblemScope
from reporting.models import CarriedItem, Cycle, Reporter, ReportProblem, ReportPromise

from .inspections import Inspection


def allowed_sources(user: User, cycle: Cycle) -> tuple[ProblemSource, ...]:
    """The supervision office writes down what it found itself; the rest is the organization department's (S-15)."""
    if user.has_role(Role.ORGANIZATION_DEPARTMENT, cycle.committee):
        return RAISED_SOURCES
    return (ProblemSource.SUPERVISION,)


class ProblemQuerySet(models.QuerySet["Problem"]):
    def visible_to(self, user: User) -> typing.Self:
        """All of a committee's year for who reviews it; of the own organization for its people."""
        reach = Q(pk__in=[])
        for post in user.active_posts:
            if post.role in REVIEWING_ROLES:
                reach |= Q(cycle__committee__path__startswith=post.organization.path)
                reach |= Q(organization=post.organization_id)
            if post.role in OWN_ORGANIZATION_ROLES:
                reach |= Q(organization=post.organization_id)
        return self.filter(reach)

    def common(self) -> typing.Self:
        """共性问题 themselves, not what organizations answer for under them."""
        return self.filter(organization__isnull=True)

    def waiting(self) -> typing.Self:
        """Of one organization, in no list yet, and not answered for by another of its problems."""
        return self.filter(organization__isnull=False, item__isnull=True, merged_into__isnull=True)

    def raised(self) -> typing.Self:
        """Entered by people for one organization, not taken from a report, from last year or from a common problem."""
        return self.filter(
            organization__isnull=False,
            is_share=False,
            report_problem__isnull=True,
            carried_item__isnull=True,
            report_promise__isnull=True,
        )

    def shares(self) -> typing.Self:
        return self.filter(is_share=True)

    def merged(self) -> typing.Self:
        return self.filter(Q(common__isnull=False) | Q(merged_into__isnull=False))

    def for_table(self) -> typing.Self:
        """Everything a row shows; the number of queries does not grow with the rows."""
        return (
            self.select_related(
                "cycle__committee",
                "organization__domain",
                "domain",
                "common",
                "merged_into",
                "responsible__person",
                "item__list",
                "previous__list__reporter__cycle",
            )
            .prefetch_related("named_organizations", Prefetch("sources", Problem.objects.order_by("pk")))
            .annotate(
                part_count=Count("parts", distinct=True),
                answered_count=Count("parts__item", distinct=True),
                closed_count=Count("parts__item", filter=Q(parts__item__state=ItemState.CLOSED), distinct=True),
            )
        )


class Problem(models.Model):
    """One row per problem named. A common one has no organization: `parts` are what each one answers for.

    `merged_into` is the problem of the same organization that stands for this one in its list; nothing is lost.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="problems", verbose_name=_("年度"))
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, related_name="problems", verbose_name=_("单位")
    )
    source = models.CharField(_("问题来源"), max_length=12, choices=ProblemSource)
    text = models.TextField(_("问题"))
    cause = models.TextField(_("原因"), blank=True)
    scope = models.CharField(_("共性或个性"), max_length=10, choices=ProblemScope, default=ProblemScope.INDIVIDUAL)
    novelty = models.CharField(_("新老问题"), max_length=8, choices=ProblemNovelty, default=ProblemNovelty.NEW)
    category = models.CharField(_("问题类别"), max_length=30, blank=True)
    domain = models.ForeignKey(
        Domain, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("涉及领域")
    )
    unnamed = models.BooleanField(_("公开时不点名"), default=False)
    # Left undone and not urged, it is held against the superior as well (S-138).
    is_serious = models.BooleanField(_("严重问题"), default=False)
    responsible = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("问题责任人")
    )
    common = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts", verbose_name=_("所属共性问题"))
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="sources")
    # Written for an organization because of a common problem; it named none of its own (S-147).
    is_share = models.BooleanField(default=False, editable=False)
    # Whom a common problem concerns; nobody named means every reporter of the year (S-158).
    named_organizations = models.ManyToManyField(Organization, related_name="+", blank=True)
    # Last cycle's item that this one goes on from, so that the chain can be walked (S-114, S-157).
    previous = models.ForeignKey(
        "rectification.RectificationItem", models.PROTECT, null=True, blank=True, related_name="next_problems"
    )
    # Where it was taken from, when it was taken from something below; a comment points to its problems itself.
    report_problem = models.OneToOneField(ReportProblem, models.PROTECT, null=True, related_name="problem")
    carried_item = models.OneToOneField(CarriedItem, models.PROTECT, null=True, related_name="problem")
    report_promise = models.OneToOneField(ReportPromise, models.PROTECT, null=True, related_name="problem")
    inspection = models.ForeignKey(Inspection, models.PROTECT, null=True, related_name="problems")
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = ProblemQuerySet.as_manager()

    class Meta:
        verbose_name = _("问题")
        ordering = ("id",)
        constraints: typing.ClassVar = [
            models.CheckConstraint(
                condition=Q(organization__isnull=False) | Q(scope=ProblemScope.COMMON), name="whose_problem"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_common(self) -> bool:
        return self.organization_id is None

    @property
    def public_name(self) -> str:
        """The organization as a paper for the public may name it (S-116)."""
        if self.unnamed:
            return UNNAMED
        return self.organization.name if self.organization else ""

    @property
    def is_promised(self) -> bool:
        """In a list that may not be rewritten any more."""
        item = getattr(self, "item", None)
        return item is not None and item.list.state not in LIST_WRITABLE

    def reporters_named(self) -> models.QuerySet[Reporter]:
        """Whom a common problem concerns (S-158)."""
        named = [organization.pk for organization in self.named_organizations.all()]
        reporters = Reporter.objects.filter(cycle=self.cycle_id).select_related("organization", "cycle__committee")
        return reporters.filter(organization__in=named) if named else reporters

    @property
    def audit_organization(self) -> Organization:
        return self.organization or self.cycle.committee
