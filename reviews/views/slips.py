"""Slips: printing them once, striking off those that were not given out."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.views.proofs import fresh_sign_in_required
from documents.rendering.fonts import prepare_fonts
from reviews.actions.slips import print_slips, void_slips
from reviews.forms.ballot_rounds import SlipVoidForm
from reviews.papers.slips import slips_pdf
from reviews.views.ballot_rounds import managed_round, pdf_answer, try_deed, try_form


def booth_address(request: HttpRequest) -> str:
    """What phones open; "" when this server has no booth."""
    if settings.BOOTH_ADDRESS or not settings.BOOTH_HOSTS:
        return settings.BOOTH_ADDRESS
    port = request.get_port()
    usual = port in ("80", "443")
    return f"{request.scheme}://{settings.BOOTH_HOSTS[0]}{'' if usual else f':{port}'}/"


@require_POST
@fresh_sign_in_required
def slip_print(request: HttpRequest, pk: int) -> HttpResponse:
    """New codes, answered with the sheets; those of an earlier print no longer count."""
    round_ = managed_round(request, pk)
    address = booth_address(request)
    if not address:
        messages.error(request, _("服务器还没有配置测评页面的网址，请联系系统管理员。"))
    elif prepare_fonts().name != "ready":
        messages.error(request, _("正在准备公文字体，请几分钟后再印制。"))
    else:
        piles = try_deed(request, lambda: print_slips(round_, by=request.user))
        if piles:
            return pdf_answer(slips_pdf(round_, piles, address=address), "ballot-slips")
    return redirect("reviews:round_show", pk)


@require_http_methods(["GET", "POST"])
def slip_void(request: HttpRequest, pk: int) -> HttpResponse:
    round_ = managed_round(request, pk)
    form = SlipVoidForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        found: dict[str, object] = {}
        status = try_form(form, lambda: found.update(void_slips(round_, texts=form.texts, by=request.user)))
        if found.get("unknown"):
            lines = "、".join(str(number) for number in found["unknown"])  # type: ignore[attr-defined]
            form.add_error("codes", _("第%(lines)s行不是本轮的测评码，请核对；其余的已经注销。") % {"lines": lines})
            status = 422
        elif not status:
            messages.success(request, _("注销%(voided)s张，先前已注销的%(again)s张。") % found)
            return redirect("reviews:slip_void", pk)
    context = {"round": round_, "form": form, "counts": round_.slip_counts()}
    return render(request, "reviews/slips/slip_void.html", context, status=status)
