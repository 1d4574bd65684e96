"""Sign-in accounts. What an account may do follows from the posts its person holds today."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.rules.roles import OWN_ORGANIZATION_ROLES, SUBTREE_ROLES, Role

from .organizations import Organization
from .people import Person, Post


class User(AbstractUser):
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    person = models.OneToOneField(
        Person, models.PROTECT, null=True, blank=True, related_name="user", verbose_name=_("人员")
    )
    # Of the office's identity provider (accounts/oidc.py).
    office_subject = models.CharField(_("身份标识"), max_length=255, null=True, blank=True, unique=True)
    must_change_password = models.BooleanField(_("下次登录须修改密码"), default=False)

    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = _("账号")

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        return self.person.name if self.person else self.username

    @property
    def was_never_used(self) -> bool:
        """Nobody has been in the account yet: no own password, never signed in (`never_activated` for many)."""
        return self.last_login is None and (not self.has_usable_password() or self.must_change_password)

    def get_full_name(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        return self.display_name

    @cached_property
    def active_posts(self) -> list[Post]:
        """Posts held today, with their organizations; one query per request."""
        if self.person_id is None or not self.is_active:
            return []
        posts = Post.objects.current().filter(person_id=self.person_id)
        return list(posts.primary_first().select_related("organization", "person"))

    def has_role(self, role: Role | str, organization: Organization) -> bool:
        """Whether the user holds the role in this very organization today."""
        return self.has_any_role({role}, organization)

    def has_any_role(self, roles: frozenset[Role] | set[Role | str], organization: Organization) -> bool:
        return any(p.role in roles and p.organization_id == organization.pk for p in self.active_posts)

    def has_role_over(self, roles: frozenset[Role] | set[Role | str], organization: Organization) -> bool:
        """Whether the user holds one of the roles in the organization or in a superior of it."""
        return any(p.role in roles and organization.is_under(p.organization) for p in self.active_posts)

    def organizations_as(self, *roles: Role | str) -> models.QuerySet[Organization]:
        """Organizations in which the user holds one of the roles (not what lies under them)."""
        return Organization.objects.filter(pk__in={p.organization_id for p in self.active_posts if p.role in roles})

    @cached_property
    def tops(self) -> list[Organization]:
        """Where what the user sees begins: the organizations of the posts, without those under another of them."""
        seen = {p.organization for p in self.active_posts if p.role in SUBTREE_ROLES | OWN_ORGANIZATION_ROLES}
        trees = {p.organization for p in self.active_posts if p.role in SUBTREE_ROLES}
        under = {one for one in seen for other in trees if one != other and one.is_under(other)}
        return sorted(seen - under, key=lambda organization: organization.path or "")

    def holds(self, *roles: Role | str) -> bool:
        return any(p.role in roles for p in self.active_posts)
