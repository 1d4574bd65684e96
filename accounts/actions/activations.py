"""Give people slips with which they open their accounts, and open them."""

import dataclasses
import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions.audit import record
from accounts.models import Activation, Person, User, hashed_code
from accounts.permissions import can_manage_account
from accounts.rules.activations import ActivationState, new_code, proposed_username
from common import clock

_REFUSALS = {
    ActivationState.USED: "这个激活码已经用过，账号已经激活。请用登录名和自己设的密码登录；忘记密码请联系本级党委组织部门重置。",
    ActivationState.VOIDED: "这张激活单已换发新单，请使用最新的一张。",
    ActivationState.EXPIRED: "这个激活码已过有效期，请联系本级党委组织部门换发新单。",
}
UNKNOWN_CODE = "没有这个激活码，请对照激活单再输入一遍（不区分大小写，没有字母 i、l、o 和数字 0、1）。"


class CodeRefused(ValueError):
    """The code opens nothing; the words say why and what to do."""


@dataclasses.dataclass(frozen=True)
class Slip:
    """What is printed for one person. The code exists here and on paper, nowhere else."""

    user: User
    code: str
    expires_at: dt.datetime


@transaction.atomic
def issue_slips(people: Iterable[Person], *, by: User) -> list[Slip]:
    """A new code for each, with an account where there is none; earlier codes no longer open anything.

    Whoever has opened the account meanwhile gets none. Raises PermissionDenied, and IntegrityError where somebody
    takes one of the new user names at the same moment.
    """
    keys = [person.pk for person in people]
    slips = []
    for person in Person.objects.select_for_update().filter(pk__in=keys).order_by("pk"):
        if not can_manage_account(by, person):
            raise PermissionDenied
        user = User.objects.select_for_update().filter(person=person).first() or _new_account(person)
        if user.is_active and user.was_never_used:
            slips.append(_new_slip(user, person, by=by))
    return slips


def free_username(person: Person) -> str:
    """What the person would be called, unless somebody types another name."""
    likely = proposed_username(person.pinyin, person.code, ())
    taken = set(User.objects.filter(username__istartswith=likely).values_list("username", flat=True))
    return proposed_username(person.pinyin, person.code, taken)


def _new_account(person: Person) -> User:
    user = User(username=free_username(person), person=person)
    user.set_unusable_password()
    user.save()
    return user


def _new_slip(user: User, person: Person, *, by: User) -> Slip:
    now = clock.now()
    # A one-time password that was read out earlier must not open the account beside the code.
    user.set_unusable_password()
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    user.activations.unused().update(voided_at=now)
    code, expires_at = new_code(), now + dt.timedelta(days=settings.ACTIVATION_DAYS)
    Activation.objects.create(user=user, code_hash=hashed_code(code), created_at=now, expires_at=expires_at)
    record(person, "制作激活单", by=by, after={"username": user.username, "expires_at": expires_at})
    return Slip(user, code, expires_at)


def usable_activation(code: str) -> Activation:
    """The slip that the code is printed on, if it opens an account now. Raises CodeRefused in words."""
    activation = Activation.objects.by_code(code)
    if activation is None or not activation.user.is_active:
        raise CodeRefused(UNKNOWN_CODE)
    if activation.state != ActivationState.OPEN:
        raise CodeRefused(_REFUSALS[activation.state])
    return activation


@transaction.atomic
def activate_account(code: str, *, password: str) -> User:
    """The holder of the slip sets the first password; the code never opens anything again. Raises CodeRefused."""
    found = Activation.objects.by_code(code)
    if found:  # of two at once the later one sees what the earlier did
        User.objects.select_for_update().get(pk=found.user_id)
    activation = usable_activation(code)
    activation.used_at = clock.now()
    activation.save(update_fields=["used_at"])
    user: User = activation.user
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    record(user.person or user, "激活账号", by=user)
    return user
