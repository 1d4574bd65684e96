"""Slips that open an account: one code for one person, once, for a while."""

from __future__ import annotations

import typing

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.rules.activations import ActivationState, state_of, typed_code
from accounts.rules.roles import ADMINISTRATOR_GRANTED_ROLES, REGISTER_ROLES, Role
from common import clock

from .people import Person, Post

if typing.TYPE_CHECKING:
    from .users import User


def hashed_code(code: str) -> str:
    """All that is kept of a code: without the server's key the database alone does not let anybody try codes."""
    return salted_hmac("accounts.activation", typed_code(code), algorithm="sha256").hexdigest()


class ActivationQuerySet(models.QuerySet["Activation"]):
    def by_code(self, code: str) -> Activation | None:
        return self.filter(code_hash=hashed_code(code)).select_related("user__person").first()

    def unused(self) -> typing.Self:
        return self.filter(used_at__isnull=True, voided_at__isnull=True)


class Activation(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="activations")
    code_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("制作时间"))
    expires_at = models.DateTimeField(_("有效期至"))
    used_at = models.DateTimeField(_("激活时间"), null=True)
    voided_at = models.DateTimeField(_("换发时间"), null=True)

    objects = ActivationQuerySet.as_manager()

    class Meta:
        verbose_name = _("激活单")
        ordering = ("-created_at", "-id")

    def __str__(self) -> str:
        return f"{self.user} {self.get_state_display()}"

    @property
    def state(self) -> ActivationState:
        return state_of(used_at=self.used_at, voided_at=self.voided_at, expires_at=self.expires_at, now=clock.now())

    def get_state_display(self) -> str:
        return str(self.state.label)


def never_activated() -> Q:
    """Accounts (seen from the person) in which nobody has ever been: no own password, never signed in."""
    without_password = Q(user__password__startswith=UNUSABLE_PASSWORD_PREFIX) | Q(user__must_change_password=True)
    return Q(user__last_login__isnull=True) & without_password


def people_to_activate(user: User) -> models.QuerySet[Person]:
    """People of the user's subtrees without an account in use, whose accounts the user may keep.

    The same rule as `can_manage_account`, for many at once: every post of theirs lies in the user's reach, and
    whoever holds a role that only administrators give is left to administrators.
    """
    reach, granted = Q(pk__in=[]), Q(pk__in=[])
    for post in user.active_posts:
        if post.role in REGISTER_ROLES:
            reach |= Q(organization__path__startswith=post.organization.path)
        if post.role == Role.ADMINISTRATOR:
            granted |= Q(organization__path__startswith=post.organization.path)
    posts = Post.objects.unended().filter(person=OuterRef("pk"))
    beyond = posts.exclude(reach)
    above = posts.filter(role__in=ADMINISTRATOR_GRANTED_ROLES).exclude(granted)
    within = Post.objects.current().filter(reach, person=OuterRef("pk"))
    waiting = Q(user__isnull=True) | (never_activated() & Q(user__is_active=True))
    latest = Prefetch("user__activations", Activation.objects.order_by("-created_at", "-id"))
    current = Prefetch("posts", Post.objects.current().select_related("organization"))
    rows = Person.objects.filter(waiting).filter(Exists(within), ~Exists(beyond), ~Exists(above))
    return rows.select_related("user").prefetch_related(current, latest)
