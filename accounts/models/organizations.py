"""The tree of party organizations. The code is the key; names repeat (S-05)."""

from __future__ import annotations

import typing
from collections.abc import Collection

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.rules.checks import BRANCH_KINDS, HIGH_LEVELS, LOW_LEVELS, ORGAN_DOMAIN
from accounts.rules.organizations import OrganizationKind, OrganizationLevel, secretary_title
from accounts.rules.roles import OWN_ORGANIZATION_ROLES, REGISTER_ROLES, SUBTREE_ROLES

if typing.TYPE_CHECKING:
    from .people import Post, PostQuerySet
    from .users import User


class Domain(models.Model):
    """领域: the field an organization works in; an administrator may add one (S-03)."""

    code = models.SlugField(_("代码"), unique=True)
    name = models.CharField(_("名称"), max_length=30, unique=True)
    position = models.PositiveSmallIntegerField(_("排序"), default=100)

    class Meta:
        verbose_name = _("领域")
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def under(self, organization: Organization) -> typing.Self:
        """The organization and everything below it."""
        return self.filter(path__startswith=organization.path)

    def with_child_count(self) -> typing.Self:
        """`child_count`, asked for the rows that are shown and not for the whole tree."""
        children = Organization.objects.filter(parent=OuterRef("pk")).order_by().values("parent")
        count = children.annotate(count=models.Count("pk")).values("count")
        return self.annotate(child_count=Coalesce(Subquery(count), 0))

    def kept_by(self, user: User) -> typing.Self:
        """What the user keeps the register of (S-13)."""
        reach = Q(pk__in=[])
        for post in user.active_posts:
            if post.role in REGISTER_ROLES:
                reach |= Q(path__startswith=post.organization.path)
        return self.filter(reach)

    def without_clear_superior(self) -> typing.Self:
        """Low organizations that hang on nothing or directly on a county, city or province (S-27)."""
        orphans = Q(parent=None) & ~Q(level__in=HIGH_LEVELS)
        committee = Q(parent__kind=OrganizationKind.COMMITTEE, parent__level__in=HIGH_LEVELS)
        return self.filter(orphans | Q(committee, level__in=LOW_LEVELS))

    def committees_of_townships(self, under: Collection[int]) -> typing.Self:
        """Committees of townships and streets right below, which take in whom nobody else has (S-27)."""
        kinds = {OrganizationKind.COMMITTEE, OrganizationKind.WORKING_COMMITTEE}
        return self.filter(parent__in=under, level=OrganizationLevel.TOWNSHIP, kind__in=kinds).order_by("code")

    def without_first_responsible(self) -> typing.Self:
        """Nobody is the first responsible person today (S-06)."""
        return self.exclude(posts__in=_current_posts().filter(is_first_responsible=True))

    def headed_by_another(self) -> typing.Self:
        """机关 branches whose secretary is not known to head the unit, there or in the organization above (S-10)."""
        secretary = _current_posts().filter(organization=OuterRef("pk"), is_first_responsible=True)
        heads = _current_posts().filter(is_unit_head=True, person=OuterRef("person"))
        here = Q(organization=OuterRef("organization")) | Q(organization=OuterRef("organization__parent"))
        branches = self.filter(kind__in=BRANCH_KINDS, domain__code=ORGAN_DOMAIN)
        return branches.filter(Exists(secretary), ~Exists(secretary.filter(Exists(heads.filter(here)))))

    def visible_to(self, user: User) -> typing.Self:
        """What the user's current posts open: a subtree or the own organization (accounts/rules/roles.py)."""
        reach = Q(pk__in=[])
        for post in user.active_posts:
            if post.role in SUBTREE_ROLES:
                reach |= Q(path__startswith=post.organization.path)
            elif post.role in OWN_ORGANIZATION_ROLES:
                reach |= Q(pk=post.organization_id)
        return self.filter(reach)

    def of_rank(self, rank: str, year: int) -> typing.Self:
        """Those of a class in a year; `weak` are 软弱涣散, `none` have no class (S-21)."""
        if rank == "none":
            return self.exclude(classes__year=year)
        wanted = {"classes__is_weak": True} if rank == "weak" else {"classes__rank": rank}
        return self.filter(classes__year=year, **wanted)


def _current_posts() -> PostQuerySet:
    posts: PostQuerySet = apps.get_model("accounts", "Post").objects.current()
    return posts


class Organization(models.Model):
    """A party organization. `path` is the chain of ids from the root, e.g. `1/12/305/`, kept by the actions."""

    code = models.CharField(_("代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=120)
    short_name = models.CharField(_("简称"), max_length=60, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级党组织")
    )
    path = models.CharField(max_length=255, unique=True, null=True, editable=False)
    kind = models.CharField(_("类型"), max_length=30, choices=OrganizationKind)
    level = models.CharField(_("层级"), max_length=20, choices=OrganizationLevel)
    domain = models.ForeignKey(Domain, models.PROTECT, null=True, blank=True, verbose_name=_("领域"))

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("党组织")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """Name and code, wherever two organizations of one name could be mistaken for each other (S-05)."""
        return f"{self.name}（{self.code}）"

    @property
    def display_name(self) -> str:
        return self.short_name or self.name

    @property
    def territory(self) -> str:
        """柳河镇 of 柳河镇党委: by which the names of organizations in the same place can be told."""
        return self.short_name or self.name.removesuffix("党工委").removesuffix("党委")

    @property
    def secretary_title(self) -> str:
        return secretary_title(self.kind)

    @property
    def ancestor_ids(self) -> list[int]:
        """Ids from the root down to the superior."""
        return [int(part) for part in (self.path or "").split("/") if part][:-1]

    def is_under(self, other: Organization) -> bool:
        return bool(self.path and other.path and self.path.startswith(other.path))

    @property
    def first_responsible(self) -> Post | None:
        """第一责任人: the one current post marked so (S-06)."""
        return self.posts.current().filter(is_first_responsible=True).select_related("person").first()

    @property
    def incumbent(self) -> Post | None:
        """The first responsible person of today, or who is already named for a later day: whom a successor follows."""
        posts = self.posts.filter(is_first_responsible=True).unended().select_related("person", "organization")
        return posts.order_by(F("start").desc(nulls_last=True)).first()

    @property
    def audit_organization(self) -> Organization:
        return self
