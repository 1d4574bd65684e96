"""Set a second factor up, ask for it, and take it away again."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.audit import record
from accounts.actions.sign_ins import close_sessions
from accounts.models import AppDevice, RecoveryCode, User, hashed_recovery_code, second_factor_of
from accounts.models.sealed_keys import KeyUnreadable, seal_key
from accounts.permissions import can_have_second_factor, can_manage_account, can_remove_second_factor
from accounts.rules.activations import new_code
from accounts.rules.second_factors import RECOVERY_CODES, is_token, typed_token
from common import clock


class SecondFactorRefused(ValueError):
    """The code is not the right one; the words say what to do."""


@transaction.atomic
def set_up_second_factor(user: User, *, key: str, token: str, by: User) -> list[str]:
    """`key` (hex) is in the app now, which `token` shows. Returns the recovery codes, to be shown once.

    Raises SecondFactorRefused where the app shows something else; then nothing is kept.
    """
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if by.pk != user.pk or not can_have_second_factor(user) or second_factor_of(user):
        raise PermissionDenied
    with transaction.atomic():
        sealed = seal_key(bytes.fromhex(key), user_id=user.pk)
        device = AppDevice.objects.create(user=user, name="app", key=sealed, confirmed=True)
        if not is_token(token) or not device.verify_token(typed_token(token)):
            raise SecondFactorRefused(
                _("动态码不正确。请输入手机上现在显示的六位数字；一直不对时，请核对手机的时间是否准确。")
            )
    record(user.person or user, "启用二次验证", by=by)
    return _new_codes(user)


@transaction.atomic
def renew_recovery_codes(user: User, *, by: User) -> list[str]:
    """A new list; those printed before open nothing any more."""
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if by.pk != user.pk or second_factor_of(user) is None:
        raise PermissionDenied
    record(user.person or user, "换发恢复码", by=by)
    return _new_codes(user)


def _new_codes(user: User) -> list[str]:
    user.recovery_codes.all().delete()
    codes = [new_code() for _number in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, code_hash=hashed_recovery_code(code)) for code in codes)
    return codes


def check_second_factor(user: User, *, code: str) -> None:
    """Raises SecondFactorRefused unless the code is the app's of now or an unused one from paper.

    Each wrong one makes the next wait longer (django-otp); the count is kept although the deed fails.
    """
    with transaction.atomic():
        refusal = _refusal(user, code)
    if refusal:
        raise SecondFactorRefused(refusal)


def _refusal(user: User, code: str) -> str:
    device = AppDevice.objects.select_for_update().filter(user_id=user.pk, confirmed=True).order_by("pk").first()
    if device is None:
        return _("这个账号没有启用二次验证。")
    allowed, limits = device.verify_is_allowed()
    if not allowed:
        return _too_soon(limits or {})
    if is_token(code):
        try:
            right = device.verify_token(typed_token(code))
        except KeyUnreadable:
            return _("动态码暂时无法核对，请改用恢复码，或者请上级组织部门重置二次验证。")
    else:
        right = _use_recovery_code(user, code)
        if not right:
            device.throttle_increment()
    return (
        "" if right else _("验证码不正确。请输入手机上现在显示的六位数字（每个只能用一次），或一个没有用过的恢复码。")
    )


def _too_soon(limits: dict[str, Any]) -> str:
    until = limits.get("locked_until")
    seconds = max(1, int((until - clock.now()).total_seconds()) + 1) if until else 1
    return _("连续输错，请等 %(seconds)s 秒后再试。") % {"seconds": seconds}


def _use_recovery_code(user: User, code: str) -> bool:
    unused = RecoveryCode.objects.unused().filter(user_id=user.pk, code_hash=hashed_recovery_code(code))
    if not unused.update(used_at=clock.now()):
        return False
    record(user.person or user, "使用恢复码", by=user)
    return True


@transaction.atomic
def remove_second_factor(user: User, *, by: User) -> None:
    """One's own, where the installation does not ask for it."""
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if by.pk != user.pk or not can_remove_second_factor(user):
        raise PermissionDenied
    _forget(user)
    record(user.person or user, "停用二次验证", by=by)


@transaction.atomic
def reset_second_factor(user: User, *, by: User) -> None:
    """Whoever keeps the account takes it away, say after a telephone and the printed codes were lost."""
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if user.person is None or by.pk == user.pk or not can_manage_account(by, user.person):
        raise PermissionDenied
    _forget(user)
    close_sessions(user)
    record(user.person, "重置二次验证", by=by)


@transaction.atomic
def reseal_second_factors() -> tuple[int, list[str]]:
    """With today's SECRET_KEY. How many keys were sealed anew, and the accounts whose key cannot be opened."""
    unreadable: list[str] = []
    devices = list(AppDevice.objects.select_for_update(of=("self",)).select_related("user"))
    for device in devices:
        try:
            device.key = seal_key(device.bin_key, user_id=device.user_id)
        except KeyUnreadable:
            unreadable.append(device.user.get_username())
        else:
            device.save(update_fields=["key"])
    return len(devices) - len(unreadable), unreadable


def _forget(user: User) -> None:
    AppDevice.objects.filter(user_id=user.pk).delete()
    user.recovery_codes.all().delete()
