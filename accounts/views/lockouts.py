"""After too many wrong passwords: what the person is told, and how the office opens the sign-in again."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.actions.lockouts import unlock_account
from accounts.models import Person, User, lockouts_of
from common.addresses import client_address


def locked_out(request: HttpRequest, response: HttpResponse, credentials: dict[str, Any] | None) -> HttpResponse:
    """Answered in place of the login page (settings.AXES_LOCKOUT_CALLABLE)."""
    address = client_address(request)
    locks = lockouts_of((credentials or {}).get("username", ""))
    context = {
        "until": next((lock.until for lock in locks if lock.address == address), None),
        "limit": settings.AXES_FAILURE_LIMIT,
        "minutes": int(settings.AXES_COOLOFF_TIME.total_seconds() // 60),
    }
    return render(request, "accounts/lockouts/locked_out.html", context, status=429)


@require_POST
def account_unlock(request: HttpRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(User.objects.filter(person__in=Person.objects.visible_to(request.user)), pk=pk)
    unlock_account(account, by=request.user)
    messages.success(request, _("已解除锁定，本人现在可以登录。"))
    return redirect("accounts:person_show", account.person_id)


def may_sign_in_elsewhere(request: HttpRequest, credentials: dict[str, Any] | None) -> bool:
    """Without a user name nobody can be counted: the office's identity provider counts its own failures."""
    return not (credentials or {}).get("username")
