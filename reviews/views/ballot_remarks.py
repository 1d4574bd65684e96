"""意见建议 of anonymous ballots: shuffled; read and released one by one by the clerk."""

from collections import Counter

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from common.pages import page_of
from reviews.actions.ballot_remarks import decide_remark
from reviews.models import BallotRemark, BallotRound
from reviews.permissions import can_manage_round
from reviews.views.ballot_rounds import shown_round, try_deed


@require_GET
def ballot_remark_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The clerk sees all, everybody else who may see the round those that were released."""
    round_ = shown_round(request, pk)
    if not round_.is_tallied:
        raise Http404
    manages = can_manage_round(request.user, round_)
    rows = round_.remarks.select_related("reporter__organization", "reporter__post__person")
    if not manages:
        rows = rows.released()
    counts = Counter(rows.order_by().values_list("state", flat=True))
    context = {"round": round_, "page_obj": page_of(request, rows), "can_manage": manages, "counts": counts}
    return render(request, "reviews/ballot_remarks/ballot_remark_list.html", context)


@require_POST
def ballot_remark_decide(request: HttpRequest, pk: str) -> HttpResponse:
    visible = BallotRound.objects.visible_to(request.user)
    remark = get_object_or_404(BallotRemark.objects.select_related("round__meeting"), pk=pk, round__in=visible)
    if not can_manage_round(request.user, remark.round):
        raise PermissionDenied
    release = "release" in request.POST
    said = _("已转述。") if release else _("已设为不转述。")
    try_deed(request, lambda: decide_remark(remark, release=release, by=request.user), said)
    page = request.POST.get("page", "1")
    url = redirect("reviews:ballot_remark_list", remark.round_id)
    url["Location"] += f"?page={page}" if page.isdecimal() and len(page) < 9 else ""
    return url
