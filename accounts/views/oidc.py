"""Signing in by the office's identity provider; off unless OIDC_ISSUER is set."""

from typing import Any

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
from accounts.models import Person, User
from accounts.oidc import setting

from .second_factors import let_in


class Begin(OIDCAuthenticationRequestView):
    get_settings = staticmethod(setting)


class Return(OIDCAuthenticationCallbackView):
    get_settings = staticmethod(setting)

    def login_success(self) -> HttpResponse:
        return let_in(self.user, self.request, backend=settings.OIDC_BACKEND, to=self.success_url)

    def login_failure(self) -> HttpResponse:
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
    return redirect("accounts:login")


@login_not_required
@require_GET
def oidc_begin(request: HttpRequest) -> HttpResponse:
    return _attempt(Begin.as_view(), request)


@login_not_required
@require_GET
def oidc_return(request: HttpRequest) -> HttpResponse:
    return _attempt(Return.as_view(), request)


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
