"""People and the posts they hold over time. Names are never keys (S-05)."""

from __future__ import annotations

import datetime as dt
import itertools
import typing

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from pypinyin import Style, lazy_pinyin

from accounts.rules.roles import LEADING_ROLES, Role
from common import clock
from common.chinese_text import printed_post

from .organizations import Organization

if typing.TYPE_CHECKING:
    from .users import User


def pinyin_key(name: str) -> str:
    """Sorting key, stored because databases differ in how they order Chinese."""
    return " ".join(lazy_pinyin(name, style=Style.NORMAL))[:120]


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, user: User) -> typing.Self:
        organizations = Organization.objects.visible_to(user)
        return self.filter(Q(posts__organization__in=organizations) | Q(user=user)).distinct()

    def free_code(self, organization: Organization) -> str:
        """A code nobody has, made of the organization's code and a number, e.g. QX-T03-01."""
        taken = set(self.filter(code__startswith=f"{organization.code[:37]}-").values_list("code", flat=True))
        codes = (f"{organization.code[:37]}-{number:02d}" for number in itertools.count(1))
        return next(code for code in codes if code not in taken)

    def with_idle_account(self) -> typing.Self:
        """An account that still opens although no post is held today."""
        held = Post.objects.current().filter(person=OuterRef("pk"))
        return self.filter(~Exists(held), user__is_active=True)


class Person(models.Model):
    code = models.CharField(_("人员代码"), max_length=40, unique=True)
    name = models.CharField(_("姓名"), max_length=60)
    pinyin = models.CharField(max_length=120, editable=False, db_index=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("人员")
        ordering = ("pinyin", "code")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: typing.Any, **kwargs: typing.Any) -> None:
        self.pinyin = pinyin_key(self.name)
        super().save(*args, **kwargs)

    @property
    def label(self) -> str:
        return f"{self.name}（{self.code}）"

    @property
    def has_account(self) -> bool:
        """One that opens, though its slip may still wait to be used."""
        return hasattr(self, "user") and self.user.is_active

    @property
    def audit_organization(self) -> Organization | None:
        """Whose trail tells of the person and the account: where the person serves, or did last."""
        posts = self.posts.select_related("organization").order_by(F("end").desc(nulls_first=True), "-is_primary", "id")
        post = posts.first()
        return post.organization if post else None


class PostQuerySet(models.QuerySet["Post"]):
    def current(self, at: dt.date | None = None) -> typing.Self:
        """Posts held on a day (today by default). The end date is the last day in the post."""
        day = at or clock.today()
        return self.filter(Q(start__isnull=True) | Q(start__lte=day)).filter(Q(end__isnull=True) | Q(end__gte=day))

    def primary_first(self) -> typing.Self:
        """As one names a person's posts: the party post before the others (S-09)."""
        return self.order_by("-is_primary", "-is_first_responsible", "organization__path", "id")

    def unended(self) -> typing.Self:
        """Posts held today or from a later day on."""
        return self.filter(Q(end__isnull=True) | Q(end__gte=clock.today()))

    def leading_above(self, organization: Organization, user: User, kept: int | None = None) -> typing.Self:
        """Leading people of the committees above that `user` knows of; who was named already (`kept`) stays possible."""
        known = Organization.objects.visible_to(user).filter(pk__in=organization.ancestor_ids)
        above = Q(organization__in=known, role__in=LEADING_ROLES, pk__in=Post.objects.current())
        found = self.filter(above | Q(pk=kept)).select_related("person", "organization")
        return found.order_by("-organization__path", "-is_first_responsible", "person__pinyin", "pk")

    def overlapping(self, start: dt.date | None, end: dt.date | None) -> typing.Self:
        """Posts held on any of the days from `start` to `end`; None is open on that side."""
        begun = Q() if end is None else Q(start__isnull=True) | Q(start__lte=end)
        lasting = Q() if start is None else Q(end__isnull=True) | Q(end__gte=start)
        return self.filter(begun, lasting)

    def without_account(self) -> typing.Self:
        return self.exclude(person__user__is_active=True)

    def visible_to(self, user: User) -> typing.Self:
        return self.filter(organization__in=Organization.objects.visible_to(user))


class Post(models.Model):
    """A person in an organization under a title, with a role, from a day to a day (S-08, S-09, S-11)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts", verbose_name=_("人员"))
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="posts", verbose_name=_("党组织"))
    title = models.CharField(_("职务"), max_length=120)
    role = models.CharField(_("角色"), max_length=30, choices=Role)
    start = models.DateField(_("任职日期"), null=True, blank=True)
    end = models.DateField(_("免职日期"), null=True, blank=True)
    is_first_responsible = models.BooleanField(_("第一责任人"), default=False)
    is_primary = models.BooleanField(_("主要职务"), default=True)
    duties = models.CharField(_("分管领域"), max_length=200, blank=True)
    is_unit_head = models.BooleanField(_("单位主要负责人"), default=False)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("任职")
        ordering = ("organization", "-is_first_responsible", "-is_primary", "id")
        constraints: typing.ClassVar = [
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(is_first_responsible=True, end__isnull=True),
                name="one_first_responsible",
                violation_error_message=_("该党组织已有第一责任人，请先结束原任职。"),
            ),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(start__isnull=True) | Q(end__gte=F("start")),
                name="post_ends_after_start",
                violation_error_message=_("免职日期不能早于任职日期。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.title} {self.person}"

    def clean(self) -> None:
        if self.has_rival:
            raise ValidationError(_("这段时间该党组织已有第一责任人，请先结束原任职，或用“更换书记”一并办理。"))

    @property
    def has_rival(self) -> bool:
        """Whether somebody else is the first responsible person on some of the same days (S-06)."""
        if not self.is_first_responsible:
            return False
        others = Post.objects.filter(organization=self.organization_id, is_first_responsible=True)
        return others.exclude(pk=self.pk).overlapping(self.start, self.end).exists()

    @property
    def printed(self) -> str:
        """Organization and title as one phrase, e.g. 清溪县委书记 (S-07); select `organization` along with many."""
        return printed_post(self.organization.display_name, self.title)

    @property
    def is_current(self) -> bool:
        day = clock.today()
        return (self.start is None or self.start <= day) and (self.end is None or self.end >= day)

    @property
    def has_ended(self) -> bool:
        return self.end is not None and self.end < clock.today()

    @property
    def audit_organization(self) -> Organization:
        return self.organization
