"""The voting booth. Nobody is signed in; these views are reached under BOOTH_HOSTS only (config/booth_urls.py)."""

from __future__ import annotations

import base64
import binascii
import functools
import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from reviews.actions.booth import accept_ballot, find_slip, seconds_left
from reviews.models import BallotRound
from reviews.rules.ballot_rounds import BallotError
from reviews.rules.booth import NotAcceptingError, OtherBallotError, UnfitBallotError
from reviews.rules.slips import SlipError, UnknownSlipError

ASSETS = {
    "nacl.js": "assets/nacl.js",
    "score_sheet_marks.js": "js/score_sheet_marks.js",
    "score_sheet_store.js": "js/score_sheet_store.js",
    "score_sheet.js": "js/score_sheet.js",
    "score_sheet_fields.js": "js/score_sheet_fields.js",
    "score_sheet_keys.js": "js/score_sheet_keys.js",
    "sealing.js": "js/sealing.js",
    "booth.js": "js/booth.js",
    "score_sheet.css": "css/score_sheet.css",
    "booth.css": "css/booth.css",
}
KINDS = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
URLS = "config.booth_urls"
MOST_BYTES = 200_000


@require_GET
def booth_page(request: HttpRequest) -> HttpResponse:
    """The same page for everybody; which round it is follows from the code, which never stands in an address."""
    links = {name: reverse("booth_asset", URLS, args=[_asset(name)[0], name]) for name in ASSETS}
    context = {
        "scripts": [link for name, link in links.items() if name.endswith(".js")],
        "styles": [link for name, link in links.items() if name.endswith(".css")],
    }
    return HttpResponse(render_to_string("reviews/booth/booth_page.html", context))


@require_GET
def booth_asset(request: HttpRequest, digest: str, name: str) -> HttpResponse:
    """One of the few files of the page, kept for ever under the hash of its content."""
    if name not in ASSETS or _asset(name)[0] != digest:
        raise Http404
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
    data = _asset(name)[1]
    if "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""):
        headers["Content-Encoding"] = "gzip"
    else:
        data = gzip.decompress(data)
    return HttpResponse(data, content_type=KINDS[Path(name).suffix], headers=headers)


@require_GET
def booth_icon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for one by themselves."""
    return HttpResponse(status=204)


@require_POST
def booth_sheet(request: HttpRequest) -> HttpResponse:
    """The sheet and the keys of the round that a code belongs to. Reading it leaves nothing behind."""
    try:
        round_ = find_slip(_sent(request).get("code", "")).round
    except BallotError as error:
        return _refusal(error)
    answer = {
        "round": round_.pk,
        "title": round_.title,
        "description": round_.description,
        "publicKey": round_.public_key,
        "verifyKey": round_.verify_key,
        "size": round_.box_size,
        "rehearsal": round_.meeting.rehearsing,
    }
    return JsonResponse(answer | _state(round_), json_dumps_params={"ensure_ascii": False})


@require_POST
def booth_submit(request: HttpRequest) -> HttpResponse:
    """Answered 200 after the commit only; 422 and the rest mean that nothing was taken."""
    sent = _sent(request)
    try:
        sealed = base64.b64decode(sent.get("box", ""), validate=True)
        acknowledged = accept_ballot(sent.get("code", ""), submission=sent.get("submission", ""), sealed=sealed)
    except (binascii.Error, ValueError):
        return _refusal(UnfitBallotError())
    except BallotError as error:
        return _refusal(error)
    return JsonResponse({"submission": acknowledged.submission, "signature": acknowledged.signature})


@require_GET
def booth_state(request: HttpRequest, pk: int) -> HttpResponse:
    return JsonResponse(_state(get_object_or_404(BallotRound, pk=pk)))


@require_GET
def booth_receipts(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole list, so that nobody learns which one was looked for."""
    round_ = get_object_or_404(BallotRound.objects.tallied().select_related("output"), pk=pk)
    return JsonResponse({"receipts": round_.output.receipts})


def _state(round_: BallotRound) -> dict[str, Any]:
    return {"state": round_.phase, "secondsLeft": seconds_left(round_)}


def _sent(request: HttpRequest) -> dict[str, str]:
    """The text values of the JSON object in the body; anything else is an empty one."""
    try:
        found = json.loads(request.body) if int(request.META.get("CONTENT_LENGTH") or 0) <= MOST_BYTES else None
    except (ValueError, RecursionError):
        found = None
    return {key: value for key, value in found.items() if isinstance(value, str)} if isinstance(found, dict) else {}


def _refusal(error: BallotError) -> JsonResponse:
    kinds: list[tuple[type[BallotError], str, int]] = [
        (NotAcceptingError, "closed", 409),
        (OtherBallotError, "other", 422),
        (UnknownSlipError, "unknown", 404),
        (SlipError, "slip", 409),
    ]
    kind, status = next(((word, number) for cls, word, number in kinds if isinstance(error, cls)), ("unfit", 422))
    return JsonResponse({"kind": kind, "message": str(error)}, status=status)


@functools.cache
def _asset(name: str) -> tuple[str, bytes]:
    """Hash of the content, and the content compressed."""
    path = finders.find(ASSETS[name])
    if path is None:
        raise FileNotFoundError(name)
    data = Path(path).read_bytes()
    return hashlib.sha256(data).hexdigest()[:16], gzip.compress(data, 9, mtime=0)
