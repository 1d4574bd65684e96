"""Opening the box, and what it came to: counts and receipts, never a ballot."""

from pathlib import Path

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.actions.audit import record
from accounts.views.proofs import fresh_sign_in_required
from documents.actions.documents import request_document
from reviews.actions.tallies import count_round
from reviews.forms.ballot_rounds import EnvelopeForm
from reviews.models import BallotRound, SealedOutput
from reviews.models.tally_tables import tally_tables
from reviews.permissions import can_manage_round
from reviews.rules.ballot_rounds import ROUND_FLOW
from reviews.sealing import recount
from reviews.views.ballot_rounds import managed_round, shown_round, try_form


@require_http_methods(["GET", "POST"])
@fresh_sign_in_required
def round_count(request: HttpRequest, pk: int) -> HttpResponse:
    """The envelopes are typed in the hall; what was typed is never shown again."""
    round_ = managed_round(request, pk)
    if request.method == "GET" and not ROUND_FLOW.allows(round_.state, "count"):
        messages.info(request, _("封箱以后才能开箱计票。") if not round_.is_tallied else _("本轮已经计票。"))
        return redirect("reviews:round_show", pk)
    form = EnvelopeForm(request.POST or None, needed=round_.needs_envelopes)
    status = 200
    if request.method == "POST" and form.is_valid():
        envelopes, who = form.envelopes, form.cleaned_data["witnesses"]
        status = try_form(form, lambda: count_round(round_, envelopes=envelopes, witnesses=who, by=request.user))
        if not status:
            messages.success(request, _("计票完成，票箱已经销毁。请当众粉碎密钥信封，并登记销毁。"))
            return redirect("reviews:tally_show", pk)
    context = {"round": round_, "form": form}
    return render(request, "reviews/tallies/round_count.html", context, status=status)


def _tallied(request: HttpRequest, pk: int) -> BallotRound:
    round_ = shown_round(request, pk)
    if not round_.is_tallied:
        raise Http404
    return round_


@require_GET
def tally_show(request: HttpRequest, pk: int) -> HttpResponse:
    round_ = _tallied(request, pk)
    context = {
        "round": round_,
        "output": round_.output,
        "piles": round_.piles.select_related("category", "merged_into__category"),
        "tables": tally_tables(round_),
        "can_manage": can_manage_round(request.user, round_),
    }
    return render(request, "reviews/tallies/tally_show.html", context)


@require_POST
def tally_paper(request: HttpRequest, pk: int) -> HttpResponse:
    round_ = _tallied(request, pk)
    title = f"{round_.meeting.title}{_('测评汇总')}"
    paper, committee = "reviews.papers.tallies.content", round_.meeting.committee
    request_document(paper=paper, subject=round_, title=title, committee=committee, by=request.user)
    return redirect("reviews:tally_show", pk)


@require_GET
@fresh_sign_in_required(is_file=True)
def output_download(request: HttpRequest, pk: int) -> HttpResponse:
    """The sealed output as it was signed, with the figures that check it on its last lines."""
    round_ = _tallied(request, pk)
    if not can_manage_round(request.user, round_):
        raise PermissionDenied
    output: SealedOutput = round_.output
    record(round_, _("下载密封输出"), by=request.user)
    envelope = recount.wrap(output.text, output.signature, round_.verify_key)
    headers = {"Content-Disposition": f'attachment; filename="ballot-output-{round_.pk}.json"'}
    return HttpResponse(envelope, content_type="application/json", headers=headers)


@require_GET
def recount_download(request: HttpRequest) -> HttpResponse:
    """The program that counts a sealed output anew; it needs Python and nothing else."""
    text = Path(recount.__file__).read_text(encoding="utf-8")
    headers = {"Content-Disposition": 'attachment; filename="recount.py"'}
    return HttpResponse(text, content_type="text/x-python; charset=utf-8", headers=headers)
