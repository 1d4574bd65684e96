"""What an account must do before anything else: set an own password, set up a second factor where it is asked for."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import BACKEND_SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import second_factor_of
from accounts.permissions import can_have_second_factor


class PasswordChangeMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Whoever came by the office's identity provider does not use the one-time password.
        by_password = request.session.get(BACKEND_SESSION_KEY) != settings.OIDC_BACKEND
        if by_password and getattr(request.user, "must_change_password", False):
            allowed = {reverse("accounts:password_change"), reverse("accounts:logout")}
            if request.path not in allowed:
                messages.info(request, _("您正在使用一次性密码，请先设置自己的密码。"))
                return redirect("accounts:password_change")
        return self.get_response(request)


class SecondFactorMiddleware:
    """Only where the installation asks for it (SECOND_FACTOR_REQUIRED), and only of whom it asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SECOND_FACTOR_REQUIRED and request.user.is_authenticated and self._lacks_one(request):
            messages.info(request, _("您的账号须启用二次验证，请先完成设置。"))
            return redirect("accounts:second_factor_create")
        return self.get_response(request)

    def _lacks_one(self, request: HttpRequest) -> bool:
        names = ("second_factor_create", "second_factor_show", "password_change", "logout", "proof_give")
        if request.path in {reverse(f"accounts:{name}") for name in names}:
            return False
        return can_have_second_factor(request.user) and second_factor_of(request.user) is None
