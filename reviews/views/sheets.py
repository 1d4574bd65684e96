"""The sheet on a phone, sent as one body; and the clerk's call to hand it in (S-118)."""

import json
import re
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from reviews.actions.sheets import MarkedElsewhereError, call_sheets, hand_in_sheets, resume_sheets
from reviews.forms.sheets import SheetCallForm
from reviews.models import Rater
from reviews.models.sheets import named_sheet, stored_marks
from reviews.rules.marks import as_json
from reviews.rules.score_sheets import ScoringError

from .raters import meeting_of_clerk
from .score_sheets import own_rater

# A sheet of 60 reporters with a long remark for each is well below it.
LARGEST_BODY = 1_000_000
KEY = re.compile(r"[0-9A-Za-z-]{16,64}")


@require_GET
def sheet_fill(request: HttpRequest, pk: int) -> HttpResponse:
    """Loads once and then works without the network; without script it leads to the list of sheets."""
    rater = own_rater(request, pk)
    context = {"meeting": rater.meeting, "rater": rater, "facts": _facts(rater)}
    return render(request, "reviews/sheets/sheet_fill.html", context)


def _facts(rater: Rater) -> dict[str, Any]:
    """What the script starts from; marks and revisions as they are stored."""
    sheet = named_sheet(rater)
    rows = {str(row.reporter_id): row for row in rater.sheets.prefetch_related("marks")}
    shown = {person.id for person in sheet.people}
    return {
        "description": sheet.as_json(),
        "marks": as_json({key: row for key, row in stored_marks(sheet, rows).items() if key in shown}),
        "revisions": {key: row.revision for key, row in rows.items()},
        "rater": rater.pk,
        "rehearsal": rater.meeting.rehearsing,
        "send_url": reverse("reviews:sheet_send", args=[rater.meeting_id]),
    }


@require_POST
def sheet_send(request: HttpRequest, pk: int) -> JsonResponse:
    """{"key", "marks", "revisions", "rehearsal"} → 200 after the commit, 409 with what another device stored, 422 in words."""
    rater = own_rater(request, pk)
    body = _body(request)
    key = body.pop("key", None)
    if not isinstance(key, str) or not KEY.fullmatch(key):
        return _answer(HTTPStatus.UNPROCESSABLE_ENTITY, message=_("提交的内容不完整，没有收。"))
    if bool(body.get("rehearsal")) != rater.meeting.rehearsing:
        return _answer(HTTPStatus.UNPROCESSABLE_ENTITY, message=_("演练和正式会议的评分不相通，请重新打开本页。"))
    try:
        answer = hand_in_sheets(rater, key=key, body=body, by=request.user)
    except MarkedElsewhereError as error:
        return _answer(HTTPStatus.CONFLICT, message=str(error), theirs=error.theirs, revisions=error.revisions)
    except ScoringError as error:
        return _answer(HTTPStatus.UNPROCESSABLE_ENTITY, message=str(error))
    return JsonResponse({"ok": True, **answer})


def _body(request: HttpRequest) -> dict[str, Any]:
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
        return {}
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def _answer(status: HTTPStatus, **facts: Any) -> JsonResponse:
    return JsonResponse({"ok": False, **facts}, status=status)


@require_POST
def sheet_call(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = meeting_of_clerk(request, pk)
    form = SheetCallForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("等候时间请填0到1800秒之间的整数。"))
        return redirect("reviews:scoring_progress", pk)
    try:
        call_sheets(meeting, grace_seconds=form.cleaned_data["grace_seconds"], by=request.user)
    except ScoringError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已宣布收表，等候时间一过就不再接收。"))
    return redirect("reviews:scoring_progress", pk)


@require_POST
def sheet_resume(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = meeting_of_clerk(request, pk)
    try:
        resume_sheets(meeting, by=request.user)
    except ScoringError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已重新接收评分表。"))
    return redirect("reviews:scoring_progress", pk)
