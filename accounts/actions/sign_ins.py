"""Begin and end what a browser may do in somebody's name."""

import datetime as dt

from django.contrib.auth import login
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest

from accounts.actions.audit import record
from accounts.models import SignIn, User
from accounts.permissions import can_manage_account
from accounts.rules.sign_ins import device_words
from common import clock
from common.addresses import client_address

PASSWORD_BACKEND = "django.contrib.auth.backends.ModelBackend"  # noqa: S105  # the name of a class
PROVED_AT = "proved_at"  # in the session: when its holder last showed who he is


def sign_in(user: User, request: HttpRequest, *, backend: str = PASSWORD_BACKEND) -> SignIn:
    """Let the browser of the request act for the user, and note from where."""
    login(request, user, backend=backend)
    prove_session(request, at=clock.now())
    return note_session(user, request)


def prove_session(request: HttpRequest, *, at: dt.datetime | None) -> None:
    """From then on, for a while, dangerous deeds are done without asking again (accounts/views/proofs.py)."""
    request.session[PROVED_AT] = at.isoformat() if at else ""


@transaction.atomic
def note_session(user: User, request: HttpRequest) -> SignIn:
    """A line for the session as it is called now; lines of sessions that are gone go with it."""
    user.sign_ins.exclude(pk__in=user.sign_ins.live().values("pk")).delete()
    facts = {
        "user": user,
        "at": clock.now(),
        "address": client_address(request),
        "device": device_words(request.headers.get("User-Agent", "")),
    }
    # Who signs in by the office where he is signed in already keeps his session.
    line, _is_new = SignIn.objects.update_or_create(session_key=request.session.session_key or "", defaults=facts)
    return line


@transaction.atomic
def close_sessions(user: User, *, keep: str = "") -> int:
    """End the user's sessions but the one named; for deeds that have checked who may. Returns how many were live."""
    ended = user.sign_ins.exclude(session_key=keep)
    count = ended.live().count()
    Session.objects.filter(session_key__in=ended.values("session_key")).delete()
    ended.delete()
    return count


@transaction.atomic
def end_own_sign_in(chosen: SignIn, *, by: User) -> None:
    """End one of the own sessions."""
    if chosen.user_id != by.pk:
        raise PermissionDenied
    Session.objects.filter(session_key=chosen.session_key).delete()
    if by.person:
        record(by.person, "退出一处登录", by=by, note=f"{chosen.device} {chosen.address or ''}".strip())
    chosen.delete()


@transaction.atomic
def end_other_sign_ins(user: User, *, keep: str, by: User) -> int:
    """End all of the own sessions but the one the user is working in."""
    if user.pk != by.pk:
        raise PermissionDenied
    count = close_sessions(user, keep=keep)
    if count and user.person:
        record(user.person, "退出其他登录", by=by)
    return count


@transaction.atomic
def end_sign_ins(user: User, *, by: User) -> int:
    """Whoever keeps the account signs its holder out everywhere, say after a computer was lost."""
    if user.person is None or not can_manage_account(by, user.person):
        raise PermissionDenied
    count = close_sessions(user)
    record(user.person, "强制退出登录", by=by)
    return count
