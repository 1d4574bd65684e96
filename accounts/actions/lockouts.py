"""Open a sign-in again before its time."""

from axes.utils import reset
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions.audit import record
from accounts.models import User
from accounts.permissions import can_manage_account


@transaction.atomic
def unlock_account(user: User, *, by: User) -> int:
    """Forget the wrong passwords of an account, from every address; returns how many counts were forgotten."""
    if user.person is None or not can_manage_account(by, user.person):
        raise PermissionDenied
    forgotten: int = reset(username=user.username)
    if forgotten:
        record(user.person, "解除登录锁定", by=by)
    return forgotten
