"""Activation slips on paper. The codes exist in this answer and nowhere else, so nothing is stored or kept."""

import re

import segno
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.actions.activations import Slip, issue_slips
from accounts.forms.activations import SlipFilterForm
from accounts.models import people_to_activate
from accounts.permissions import can_add_organization
from accounts.rules.activations import MOST_SLIPS_AT_ONCE
from accounts.views.proofs import fresh_sign_in_required
from common import clock
from common.ids import ids_of
from documents.rendering.fonts import prepare_fonts
from documents.rendering.paper import Paper, Part, render_paper


@require_POST
@fresh_sign_in_required(file_for="accounts:slip_list")
def slip_print(request: HttpRequest) -> HttpResponse:
    """New codes for those ticked, or for all who match the filters; answered with the PDF."""
    if not can_add_organization(request.user):
        raise PermissionDenied
    people = people_to_activate(request.user)
    if "all" in request.POST:
        people = SlipFilterForm(request.GET, user=request.user).filtered(people)
    else:
        people = people.filter(pk__in=ids_of(request.POST.getlist("person")))
    chosen = list(people[: MOST_SLIPS_AT_ONCE + 1])
    refusal = _refusal(len(chosen))
    if refusal:
        messages.error(request, refusal)
        query = request.GET.urlencode()
        return redirect(f"{reverse('accounts:slip_list')}{'?' if query else ''}{query}")
    slips = issue_slips(chosen, by=request.user)
    address = request.build_absolute_uri(reverse("accounts:activation_use"))
    pdf = render_paper(slips_paper(slips, address))
    name = _("激活单%(day)s.pdf") % {"day": f"{clock.today():%Y%m%d}"}
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=name),
        "Cache-Control": "no-store",
    }
    response = HttpResponse(pdf, content_type="application/pdf", headers=headers)
    # The page with the list stays where it is while a file comes; slips.js waits for this mark and then shows it anew.
    messages.success(request, _("已制作%(count)s张激活单，请打印下载的文件。") % {"count": len(slips)})
    mark = request.POST.get("mark", "")
    if re.fullmatch(r"[a-z0-9]{1,20}", mark):
        response.set_cookie("slips", mark, max_age=60, samesite="Lax", secure=request.is_secure())
    return response


def _refusal(chosen: int) -> str:
    """Why nothing is printed, before any code is made."""
    if chosen == 0:
        return _("请先勾选要制作激活单的人员。已激活的账号不能再制作。")
    if chosen > MOST_SLIPS_AT_ONCE:
        return _("一次最多制作 %(most)s 张，请先筛选，分几次制作。") % {"most": MOST_SLIPS_AT_ONCE}
    if prepare_fonts().name != "ready":
        return _("正在准备公文字体，请几分钟后再制作。")
    return ""


def slips_paper(slips: list[Slip], address: str) -> Paper:
    """Eight slips to a page, to be cut along the broken lines."""
    rows = [
        {
            "person": slip.user.person,
            "post": next(iter(slip.user.person.posts.current().select_related("organization")), None),
            "username": slip.user.username,
            "code": slip.code,
            "expires_at": slip.expires_at,
            "qr": segno.make(f"{address}#{slip.code}", error="m").svg_data_uri(border=0, scale=4),
        }
        for slip in slips
    ]
    html = render_to_string("documents/papers/accounts/slips.html", {"rows": rows, "address": address})
    return Paper(title=_("账号激活单"), parts=(Part(title="", html=html, numbered=False),), grid=False)
