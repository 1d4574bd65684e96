"""Slips with codes: choosing for whom, and what the holder of a slip does with it."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.actions.activations import CodeRefused, activate_account
from accounts.actions.sign_ins import PASSWORD_BACKEND
from accounts.forms.activations import ActivationForm, SlipFilterForm
from accounts.models import people_to_activate
from accounts.permissions import can_add_organization
from accounts.rules.activations import MOST_SLIPS_AT_ONCE
from common.pages import page_of

from .second_factors import let_in

PER_PAGE = 100


@require_GET
def slip_list(request: HttpRequest) -> HttpResponse:
    """Whoever has no account in use; the slips themselves are printed by documents:slip_print."""
    if not can_add_organization(request.user):
        raise PermissionDenied
    form = SlipFilterForm(request.GET, user=request.user)
    page = page_of(request, form.filtered(people_to_activate(request.user)), PER_PAGE)
    context = {
        "form": form,
        "page_obj": page,
        "days": settings.ACTIVATION_DAYS,
        "most": MOST_SLIPS_AT_ONCE,
        "is_chosen": form.is_valid() and any(form.cleaned_data.values()) and page.paginator.count <= MOST_SLIPS_AT_ONCE,
    }
    return render(request, "accounts/activations/slip_list.html", context)


@login_not_required
@require_http_methods(["GET", "POST"])
def activation_use(request: HttpRequest) -> HttpResponse:
    """The code of a slip and an own password; whoever has both right is signed in."""
    form = ActivationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = activate_account(form.cleaned_data["code"], password=form.cleaned_data["password"])
        except CodeRefused as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(
                request,
                _("账号已激活。今后请用登录名 %(username)s 和刚才设置的密码登录。") % {"username": user.username},
            )
            return let_in(user, request, backend=PASSWORD_BACKEND, to=reverse("overview:home"))
    return render(request, "accounts/activations/activation_use.html", {"form": form})
