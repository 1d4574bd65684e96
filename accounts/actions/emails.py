"""Where an account's reminders go besides the inbox."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions.audit import record
from accounts.models import User


@transaction.atomic
def change_email(user: User, *, email: str, by: User) -> User:
    """Everybody's own; the address itself stays out of the trail."""
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if by.pk != user.pk:
        raise PermissionDenied
    if email != user.email:
        user.email = email
        user.save(update_fields=["email"])
        if user.person:
            record(user.person, "登记邮箱" if email else "取消邮箱", by=by)
    return user
