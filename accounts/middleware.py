"""Whoever signed in with a one-time password sets an own one before anything else."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import BACKEND_SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _


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
