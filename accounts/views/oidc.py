"""Signing in by the office's identity provider; off unless OIDC_ISSUER is set."""

import datetime as dt
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from mozilla_django_oidc.views import OIDCAuthenticationCallbackView, OIDCAuthenticationRequestView

from accounts.actions.people import SubjectTaken, set_office_subject
from accounts.actions.sign_ins import prove_session
from accounts.models import Person, User, second_factor_of
from accounts.oidc import setting
from accounts.rules.proofs import is_signed_in_since, moment_of_sign_in
from common import clock

from .second_factors import let_in

_PROVING = "proving"  # in the session: whom a return from the provider is to prove, and when that was asked


class Begin(OIDCAuthenticationRequestView):
    get_settings = staticmethod(setting)


class Prove(Begin):
    """The provider must ask again, whoever is signed in there already."""

    def get_extra_params(self, request: HttpRequest) -> dict[str, str]:
        return {**super().get_extra_params(request), "prompt": "login", "max_age": "0"}

    def get(self, request: HttpRequest) -> HttpResponse:
        answer: HttpResponse = super().get(request)
        state = parse_qs(urlsplit(answer.headers["Location"]).query)["state"][0]
        request.session[_PROVING] = {
            "state": state,
            "user": request.user.pk,
            "at": clock.now().isoformat(),
        }
        return answer


class Return(OIDCAuthenticationCallbackView):
    get_settings = staticmethod(setting)

    def login_success(self) -> HttpResponse:
        if proving := _taken(self.request):
            return self._proved(proving)
        answer = let_in(self.user, self.request, backend=settings.OIDC_BACKEND, to=self.success_url)
        if second_factor_of(self.user) is None:
            # Who was signed in there since the morning has shown it in the morning: a provider lets him in without asking.
            moment = moment_of_sign_in(getattr(self.request, "office_auth_time", None), now=clock.now())
            prove_session(self.request, at=moment)
        return answer

    def _proved(self, proving: dict[str, Any]) -> HttpResponse:
        """Only for who is signed in here, and only by a sign-in there that came after the question."""
        asked_at, auth_time = dt.datetime.fromisoformat(proving["at"]), getattr(self.request, "office_auth_time", None)
        if not self.user.pk == proving["user"] == self.request.user.pk:
            return _unproved(self.request, _("%(label)s登录的不是这个账号。"))
        if not is_signed_in_since(asked_at, auth_time, now=clock.now()):
            return _unproved(self.request, _("%(label)s没有让您重新登录，不能确认是您本人。"))
        prove_session(self.request, at=clock.now())
        return redirect(self.success_url)

    def login_failure(self) -> HttpResponse:
        if _taken(self.request):
            return _unproved(self.request, _("没有完成%(label)s登录。"))
        messages.error(self.request, _refusal(self.request))
        return redirect("accounts:login")


def _refusal(request: HttpRequest) -> str:
    identity = getattr(request, "office_identity", None)
    if identity:
        return _(
            "%(label)s已通过，但没有可用的账号与它对应。请把身份标识“%(identity)s”告诉本级党委组织部门，"
            "由其在您的人员页面核对登记；此前请用登录名和密码登录。"
        ) % {"label": settings.OIDC_LABEL, "identity": identity}
    if identity is not None:
        return _("%(label)s没有提供本系统需要的身份标识（%(claim)s），请联系系统管理员。") % {
            "label": settings.OIDC_LABEL,
            "claim": settings.OIDC_CLAIM,
        }
    return _("没有完成%(label)s登录，请重试，或用登录名和密码登录。") % {"label": settings.OIDC_LABEL}


def _attempt(view: Any, request: HttpRequest) -> HttpResponse:
    """Whatever goes wrong with somebody else's server is told on the login page."""
    if not settings.OIDC_ISSUER:
        raise Http404
    try:
        answer: HttpResponse = view(request)
    except requests.RequestException:
        messages.error(request, _("%(label)s暂时连不上，请用登录名和密码登录。") % {"label": settings.OIDC_LABEL})
    except (SuspiciousOperation, KeyError, ValueError):
        messages.error(request, _refusal(request))
    else:
        return answer
    return redirect("accounts:proof_done" if request.user.is_authenticated else "accounts:login")


@login_not_required
@require_GET
def oidc_begin(request: HttpRequest) -> HttpResponse:
    return _attempt(Begin.as_view(), request)


@login_not_required
@require_GET
def oidc_return(request: HttpRequest) -> HttpResponse:
    if "error" in request.GET and _taken(request):
        # The library would sign out whoever gave up there; here he is signed in all the same.
        return _unproved(request, _("没有完成%(label)s登录。"))
    return _attempt(Return.as_view(), request)


@require_GET
def oidc_prove(request: HttpRequest) -> HttpResponse:
    """Who signs in by the office shows by doing so once more that it is he (step-up)."""
    return _attempt(Prove.as_view(), request)


def _taken(request: HttpRequest) -> dict[str, Any] | None:
    """The question that this return answers; it is answered once."""
    proving: dict[str, Any] | None = request.session.get(_PROVING)
    if proving is None or proving["state"] != request.GET.get("state"):
        return None
    del request.session[_PROVING]
    return proving


def _unproved(request: HttpRequest, words: str) -> HttpResponse:
    messages.error(request, words % {"label": settings.OIDC_LABEL})
    return redirect("accounts:proof_done")


@require_POST
def account_bind(request: HttpRequest, pk: int) -> HttpResponse:
    """The office writes down which identity the account belongs to."""
    account = get_object_or_404(User.objects.filter(person__in=Person.objects.visible_to(request.user)), pk=pk)
    try:
        set_office_subject(account, request.POST.get("subject", ""), by=request.user)
    except SubjectTaken as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已登记身份标识。"))
    return redirect("accounts:person_show", account.person_id)
