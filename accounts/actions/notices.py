"""Tell people in their inbox."""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import Notice, Organization, User
from accounts.rules.roles import Role
from common import clock


@transaction.atomic
def notify(users: Iterable[User], text: str, *, url: str = "") -> list[Notice]:
    """One notice per user; the same user twice gets one."""
    unique = {user.pk: user for user in users}
    return Notice.objects.bulk_create(
        [Notice(user=user, text=text[:300], url=url, created_at=clock.now()) for user in unique.values()]
    )


def holders(organization: Organization, *roles: Role) -> list[User]:
    """Accounts of those who hold one of the roles in the organization today."""
    posts = organization.posts.current().filter(role__in=roles, person__user__is_active=True)
    return [post.person.user for post in posts.select_related("person__user")]


@transaction.atomic
def mark_notices_read(user: User) -> int:
    """Mark all of the user's notices read; returns how many were unread."""
    return Notice.objects.unread().filter(user=user).update(read_at=clock.now())
