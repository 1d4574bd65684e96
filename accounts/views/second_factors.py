"""The second step of signing in, and the page of one's own on which it is set up."""

import datetime as dt
import secrets

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.actions.second_factors import (
    SecondFactorRefused,
    check_second_factor,
    remove_second_factor,
    renew_recovery_codes,
    reset_second_factor,
    set_up_second_factor,
)
from accounts.actions.sign_ins import sign_in
from accounts.forms.second_factors import SecondFactorForm
from accounts.models import AppDevice, Person, User, second_factor_of
from accounts.models.sealed_keys import KeyUnreadable, open_key, seal_key
from accounts.permissions import can_have_second_factor, can_keep_second_factor, can_remove_second_factor
from accounts.rules.second_factors import MINUTES_BETWEEN_STEPS
from common import clock

from .proofs import fresh_sign_in_required

_HALF = "half_signed_in"  # in the session: whose password was right, and when
_KEY = "second_factor_key"  # in the session: what the app is being taught


def let_in(user: User, request: HttpRequest, *, backend: str, to: str) -> HttpResponse:
    """After the password: in, or to the second step where the account has one."""
    if second_factor_of(user) is None:
        sign_in(user, request, backend=backend)
        return HttpResponseRedirect(to)  # an address somebody asked for, never the name of one
    request.session[_HALF] = {
        "user": user.pk,
        "hash": user.get_session_auth_hash(),
        "backend": backend,
        "to": to,
        "at": clock.now().isoformat(),
    }
    return redirect("accounts:second_factor_ask")


def _half_signed_in(request: HttpRequest) -> User | None:
    half = request.session.get(_HALF)
    if half is None:
        return None
    waited = clock.now() - dt.datetime.fromisoformat(half["at"])
    user = User.objects.filter(pk=half["user"], is_active=True).first()
    if user is None or waited > dt.timedelta(minutes=MINUTES_BETWEEN_STEPS):
        return None
    return user if user.get_session_auth_hash() == half["hash"] else None


@login_not_required
@require_http_methods(["GET", "POST"])
def second_factor_ask(request: HttpRequest) -> HttpResponse:
    user = _half_signed_in(request)
    if user is None:
        if not request.user.is_authenticated:
            messages.info(request, _("请重新输入登录名和密码。"))
        return redirect("accounts:login")
    form = SecondFactorForm(request.POST or None)
    if form.is_valid():
        try:
            check_second_factor(user, code=form.cleaned_data["code"])
        except SecondFactorRefused as refusal:
            form.add_error("code", str(refusal))
        else:
            half = request.session.pop(_HALF)
            sign_in(user, request, backend=half["backend"])
            return HttpResponseRedirect(half["to"])
    return render(request, "accounts/second_factors/second_factor_ask.html", {"form": form})


@require_GET
def second_factor_show(request: HttpRequest) -> HttpResponse:
    if not can_keep_second_factor(request.user):
        raise PermissionDenied
    context = {
        "device": second_factor_of(request.user),
        "left": request.user.recovery_codes.unused().count(),
        "can_remove": can_remove_second_factor(request.user),
        "required": settings.SECOND_FACTOR_REQUIRED,
    }
    return render(request, "accounts/second_factors/second_factor_show.html", context)


@require_http_methods(["GET", "POST"])
@fresh_sign_in_required
def second_factor_create(request: HttpRequest) -> HttpResponse:
    """A key for the app, shown as a picture and in letters; kept in the session until the app shows that it has it."""
    if not can_have_second_factor(request.user):
        raise PermissionDenied
    if second_factor_of(request.user):
        return redirect("accounts:second_factor_show")
    key = _taught_key(request)
    form = SecondFactorForm(request.POST or None)
    form.fields["code"].help_text = _("扫码以后，手机上显示的六位数字。")
    if form.is_valid():
        try:
            token = form.cleaned_data["code"]
            codes = set_up_second_factor(request.user, key=key, token=token, by=request.user)
        except SecondFactorRefused as refusal:
            form.add_error("code", str(refusal))
        else:
            del request.session[_KEY]
            messages.success(request, _("二次验证已启用，下次登录时除密码外还要输入动态码。"))
            return _show_codes(request, codes)
    return render(request, "accounts/second_factors/second_factor_create.html", _teaching(request.user, key, form))


def _taught_key(request: HttpRequest) -> str:
    """In hex; sessions are rows of the database, so there too it lies sealed."""
    try:
        return open_key(request.session.get(_KEY, ""), user_id=request.user.pk).hex()
    except KeyUnreadable:
        key = secrets.token_bytes(20)
        request.session[_KEY] = seal_key(key, user_id=request.user.pk)
        return key.hex()


def _teaching(user: User, key: str, form: SecondFactorForm) -> dict[str, object]:
    device = AppDevice(user=user, key=seal_key(bytes.fromhex(key), user_id=user.pk))
    # The letters of the address are what an app takes when it cannot read the picture.
    letters = device.config_url.partition("secret=")[2].partition("&")[0]
    return {
        "form": form,
        "picture": segno.make(device.config_url, error="m").svg_data_uri(border=2, scale=5),
        "letters": [letters[at : at + 4] for at in range(0, len(letters), 4)],
    }


def _show_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    return render(request, "accounts/second_factors/second_factor_codes.html", {"codes": codes})


@require_POST
@fresh_sign_in_required
def second_factor_codes(request: HttpRequest) -> HttpResponse:
    """A new list of recovery codes, shown once."""
    return _show_codes(request, renew_recovery_codes(request.user, by=request.user))


@require_POST
@fresh_sign_in_required
def second_factor_remove(request: HttpRequest) -> HttpResponse:
    remove_second_factor(request.user, by=request.user)
    messages.success(request, _("二次验证已停用。"))
    return redirect("accounts:second_factor_show")


@require_POST
@fresh_sign_in_required
def second_factor_reset(request: HttpRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(User.objects.filter(person__in=Person.objects.visible_to(request.user)), pk=pk)
    reset_second_factor(account, by=request.user)
    messages.success(request, _("已重置二次验证：本人用密码登录后可以重新设置。"))
    return redirect("accounts:person_show", account.person_id)
