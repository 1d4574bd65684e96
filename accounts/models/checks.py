"""The rows behind each check of the register, within what somebody keeps (S-10)."""

from __future__ import annotations

import typing

from django.db import models

from accounts.rules.checks import Check

from .organizations import Organization
from .people import Person, Post

if typing.TYPE_CHECKING:
    from .users import User


def checked(check: Check, user: User) -> models.QuerySet[typing.Any]:
    """What the check finds: organizations, posts or people."""
    kept = Organization.objects.kept_by(user)
    organizations = {
        Check.SUPERIOR: kept.without_clear_superior,
        Check.RESPONSIBLE: kept.without_first_responsible,
        Check.UNIT_HEAD: kept.headed_by_another,
    }
    if check in organizations:
        return organizations[check]().select_related("parent", "domain").order_by("code")
    if check == Check.ACCOUNT:
        responsible = Post.objects.current().filter(is_first_responsible=True, organization__in=kept)
        return responsible.without_account().select_related("person", "organization").order_by("organization__code")
    idle = Person.objects.with_idle_account().filter(posts__organization__in=kept).distinct()
    return idle.select_related("user").prefetch_related("posts__organization").order_by("pinyin", "code")


def suggested_superiors(organizations: list[Organization]) -> dict[int, Organization]:
    """Beside each organization the township committee whose short name its own name contains (S-27)."""
    above = {organization.parent_id for organization in organizations if organization.parent_id}
    townships = list(Organization.objects.committees_of_townships(above)) if above else []
    return {
        organization.pk: township
        for organization in organizations
        for township in townships
        if township.parent_id == organization.parent_id and township.territory in organization.name
    }
