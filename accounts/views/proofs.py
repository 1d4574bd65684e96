"""Before opening, closing, decrypting and bulk export: ask again who it is, unless that was proved a short while ago.

    @require_POST
    @fresh_sign_in_required
    def round_open(request, pk): ...

What was typed into the guarded page travels through the question and reaches the view as it was.
"""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import BACKEND_SESSION_KEY
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.actions.proofs import ProofRefused, give_proof
from accounts.actions.sign_ins import PROVED_AT
from accounts.forms.proofs import ProofForm
from accounts.models import User, second_factor_of
from accounts.rules.proofs import NEVER_ASKED_ROLES, is_fresh
from common import clock

View = Callable[..., HttpResponse]
TEMPLATE = "accounts/proofs/proof_give.html"


def fresh_sign_in_required(
    view: View | None = None, *, only_post: bool = False, is_file: bool = False, file_for: str = ""
) -> Any:
    """Put before a view whose deed is dangerous.

    With `only_post` its page may be looked at without being asked; with `is_file` a GET is answered with a file, so
    that one returns to the page with its button instead of staying at the question. A POST
    answered with a file names that page by `file_for`; slips.js goes there when the file is here.
    """
    if view is None:
        return lambda guarded_view: fresh_sign_in_required(
            guarded_view, only_post=only_post, is_file=is_file, file_for=file_for
        )

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        looks_only = only_post and request.method != "POST"
        if looks_only or not _may_be_asked(request.user) or _has_fresh_proof(request):
            return view(request, *args, **kwargs)
        if request.method != "POST" or request.FILES or getattr(request, "htmx", False):
            return _ask_elsewhere(request, is_file=is_file)
        form = _form(request)
        if not _is_given(request, form):
            back = f"{reverse(file_for)}?{request.GET.urlencode()}" if file_for else ""
            return _ask(request, form, kept=_kept(request), back=back)
        request.POST = _without_proof(request)
        return view(request, *args, **kwargs)

    return guarded


@require_http_methods(["GET", "POST"])
def proof_give(request: HttpRequest) -> HttpResponse:
    """The question on a page of its own, then back to where one came from."""
    back = request.POST.get("next") or request.GET.get("next") or "/"
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    form = _form(request)
    if _is_given(request, form) or (request.method == "POST" and not form.is_bound and _has_fresh_proof(request)):
        if "again" in request.POST:
            messages.success(request, _("已确认是您本人，请再点一次刚才的按钮。"))
        return HttpResponseRedirect(back)
    again = [("again", "1")] if {"again"} & (request.GET.keys() | request.POST.keys()) else []
    return _ask(request, form, kept=[("next", back), *again])


@require_GET
def proof_done(request: HttpRequest) -> HttpResponse:
    """Where the office's provider leads back to, in a tab of its own: the question still stands in the other one."""
    return render(request, "accounts/proofs/proof_done.html", {"is_done": _has_fresh_proof(request)})


def _may_be_asked(user: User) -> bool:
    return any(post.role not in NEVER_ASKED_ROLES for post in user.active_posts)


def _has_fresh_proof(request: HttpRequest) -> bool:
    proved_at = request.session.get(PROVED_AT)
    moment = dt.datetime.fromisoformat(proved_at) if proved_at else None
    return is_fresh(moment, now=clock.now(), minutes=settings.STEP_UP_MINUTES)


def _form(request: HttpRequest) -> ProofForm:
    data = request.POST if f"{ProofForm.prefix}-secret" in request.POST else None
    return ProofForm(data, by_code=second_factor_of(request.user) is not None)


def _is_given(request: HttpRequest, form: ProofForm) -> bool:
    if not form.is_valid():
        return False
    try:
        give_proof(request.user, request, secret=form.cleaned_data["secret"])
    except ProofRefused as refusal:
        form.add_error("secret", str(refusal))
        return False
    return True


def _ask(request: HttpRequest, form: ProofForm, kept: list[tuple[str, str]], back: str = "") -> HttpResponse:
    """403, since the deed was not done: a script must not take the question for an answer."""
    context = {"form": form, "kept": kept, "minutes": settings.STEP_UP_MINUTES, "back": back} | _office(request, kept)
    return render(request, TEMPLATE, context, status=403 if request.method == "POST" else 200)


def _office(request: HttpRequest, kept: list[tuple[str, str]]) -> dict[str, Any]:
    """The other way for who signs in by the office and has no app: a sign-in there, in a tab of its own.

    So what was typed stays in the question and is written down nowhere.
    """
    by_office = request.session.get(BACKEND_SESSION_KEY) == settings.OIDC_BACKEND
    has_password = request.user.has_usable_password()
    if not settings.OIDC_ISSUER or second_factor_of(request.user) or (has_password and not by_office):
        return {"asks_secret": True}
    return {"asks_secret": has_password, "office_label": settings.OIDC_LABEL}


def _ask_elsewhere(request: HttpRequest, *, is_file: bool) -> HttpResponse:
    """A page is asked for again afterwards; files cannot travel through the question and must be chosen anew."""
    again = request.method == "POST" or is_file
    back = request.headers.get("Referer", "/") if again else request.get_full_path()
    if request.FILES:
        messages.info(request, _("请先确认是您本人，然后重新选择文件。"))
    address = f"{reverse('accounts:proof_give')}?{urlencode({'next': back} | ({'again': 1} if again else {}))}"
    if getattr(request, "htmx", False):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    posted = _without_proof(request)
    return [(name, value) for name, values in posted.lists() for value in values if name != "csrfmiddlewaretoken"]


def _without_proof(request: HttpRequest) -> Any:
    posted = request.POST.copy()
    for name in [name for name in posted if name.startswith(f"{ProofForm.prefix}-")]:
        del posted[name]
    return posted
