"""After the meeting: what was named and what is not a problem yet."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from common.pages import page_of
from rectification.rules.lists import SourceNotAllowed
from rectification.rules.problems import ProblemRefused
from reporting.models import ProblemCategory
from reporting.rules.refusals import Refusal
from reviews.actions.findings import raise_finding
from reviews.forms.findings import FindingRaiseForm
from reviews.models.findings import findings
from reviews.permissions import can_raise_finding
from reviews.views.deeds import REFUSALS, visible_meeting


@require_GET
def finding_list(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = visible_meeting(request, pk)
    if not can_raise_finding(request.user, meeting):
        raise PermissionDenied
    found = findings(meeting)
    waiting = [row for row in found if row.problem is None and not row.waits_for_closing]
    shown = found if request.GET.get("all") else waiting
    context = {
        "meeting": meeting,
        "page_obj": page_of(request, shown),
        "waiting": len(waiting),
        "total": len(found),
        "categories": ProblemCategory.objects.names_of(meeting.committee),
    }
    return render(request, "reviews/findings/finding_list.html", context)


@require_POST
def finding_raise(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = visible_meeting(request, pk)
    if not can_raise_finding(request.user, meeting):
        raise PermissionDenied
    form = FindingRaiseForm(request.POST)
    if form.is_valid():
        facts = form.cleaned_data
        is_common = facts["scope"] == "common"
        try:
            raise_finding(meeting, key=facts["key"], is_common=is_common, category=facts["category"], by=request.user)
        except (*REFUSALS, ProblemRefused, SourceNotAllowed, Refusal) as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("已列为共性问题。") if is_common else _("已列为该单位的问题。"))
    return redirect("reviews:finding_list", pk)
