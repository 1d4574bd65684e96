"""Rounds of anonymous ballots, from the set-up to the shut box; each page says the next step."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import AuditEntry
from accounts.views.proofs import fresh_sign_in_required
from common.conflicts import StaleRevision
from common.flow import TransitionNotAllowed
from documents.rendering.fonts import prepare_fonts
from reviews.actions.ballot_rounds import (
    agree_void,
    ask_void,
    close_round,
    create_round,
    destroy_keys,
    edit_round,
    make_keys,
    open_round,
    opening_faults,
    resume_round,
    seal_box,
    settle_issue,
)
from reviews.actions.booth import seconds_left
from reviews.forms.ballot_rounds import CloseForm, IssueForm, RoundForm, RoundVoidForm, WitnessForm
from reviews.models import BallotRound, Meeting
from reviews.models.turnouts import ballot_turnouts
from reviews.papers.ballot_envelopes import envelopes_pdf
from reviews.permissions import can_agree_void, can_edit_meeting, can_manage_meeting, can_manage_round, can_show_round
from reviews.rules.ballot_rounds import ROUND_FLOW, BallotError, RoundState
from reviews.views.deeds import visible_meeting

REFUSED = (BallotError, TransitionNotAllowed, StaleRevision)
STEPS = [
    (_("生成密钥"), RoundState.KEYED),
    (_("印制测评码"), RoundState.PRINTED),
    (_("登记发放"), RoundState.ISSUED),
    (_("开始投票"), RoundState.OPEN),
    (_("宣布截止"), RoundState.CLOSING),
    (_("封箱"), RoundState.SEALED),
    (_("开箱计票"), RoundState.COUNTED),
    (_("销毁密钥"), RoundState.DESTROYED),
]


@dataclasses.dataclass(frozen=True)
class RoundStep:
    label: str
    state: str


def shown_round(request: HttpRequest, pk: int) -> BallotRound:
    """404 unless the meeting is visible, 403 for who has nothing to do with its ballots."""
    rows = BallotRound.objects.visible_to(request.user).select_related("meeting__cycle__committee", "void_asked_by")
    round_ = get_object_or_404(rows, pk=pk)
    if not can_show_round(request.user, round_):
        raise PermissionDenied
    return round_


def managed_round(request: HttpRequest, pk: int) -> BallotRound:
    round_ = shown_round(request, pk)
    if not can_manage_round(request.user, round_):
        raise PermissionDenied
    return round_


def try_deed(request: HttpRequest, deed: Callable[[], Any], said: str = "") -> Any:
    """The answer of the deed, or None after the page was told why not."""
    try:
        answer = deed()
    except REFUSED as error:
        messages.error(request, str(error))
        return None
    if said:
        messages.success(request, said)
    return answer


def try_form(form: BaseForm, deed: Callable[[], Any]) -> int:
    """0 when it is done; else the reason stands on the form, and the status of the answer."""
    try:
        deed()
    except REFUSED as error:
        form.add_error(None, str(error))
        return 422 if isinstance(error, BallotError) else 409
    return 0


def pdf_answer(pdf: bytes, name: str) -> HttpResponse:
    """Streamed once: it is kept in no file, no row and no cache."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@require_GET
def round_list(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = visible_meeting(request, pk)
    if not can_show_round(request.user, BallotRound(meeting=meeting)):
        raise PermissionDenied
    context = {
        "meeting": meeting,
        "rounds": meeting.ballot_rounds.prefetch_related("piles__category"),
        "can_create": can_edit_meeting(request.user, meeting),
        "categories": [category for category in meeting.cycle.scheme.categories.all() if category.is_anonymous],
    }
    return render(request, "reviews/ballot_rounds/round_list.html", context)


@require_http_methods(["GET", "POST"])
def round_create(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = visible_meeting(request, pk)
    if not can_manage_meeting(request.user, meeting):
        raise PermissionDenied
    form = _form(request, meeting, None)
    status = 200
    if request.method == "POST" and form.is_valid():
        made: list[BallotRound] = []
        status = try_form(
            form,
            lambda: made.append(create_round(meeting, facts=form.facts, voters=form.voters, by=request.user)),
        )
        if not status:
            messages.success(request, _("已新建。下一步：生成票箱密钥。"))
            return redirect("reviews:round_show", made[0].pk)
    context = {"meeting": meeting, "form": form}
    return render(request, "reviews/ballot_rounds/round_create.html", context, status=status)


@require_http_methods(["GET", "POST"])
def round_edit(request: HttpRequest, pk: int) -> HttpResponse:
    round_ = managed_round(request, pk)
    form = _form(request, round_.meeting, round_)
    status = 200
    if request.method == "POST" and form.is_valid():
        facts, voters, seen = form.facts, form.voters, form.cleaned_data["revision"] or 0
        status = try_form(form, lambda: edit_round(round_, facts=facts, voters=voters, revision=seen, by=request.user))
        if not status:
            messages.success(request, _("已保存。"))
            return redirect("reviews:round_show", pk)
    return render(request, "reviews/ballot_rounds/round_edit.html", {"round": round_, "form": form}, status=status)


def _form(request: HttpRequest, meeting: Meeting, round_: BallotRound | None) -> RoundForm:
    categories = [category for category in meeting.cycle.scheme.categories.all() if category.is_anonymous]
    voters = dict(round_.piles.values_list("category", "voters")) if round_ else {}
    initial = {"revision": round_.revision} if round_ else {"title": _("述职评议民主测评")}
    # A copy, so that what is typed never stands on the row before it is stored.
    row = BallotRound.objects.get(pk=round_.pk) if round_ else None
    return RoundForm(request.POST or None, instance=row, initial=initial, categories=categories, voters=voters)


@require_GET
def round_show(request: HttpRequest, pk: int) -> HttpResponse:
    """The hub of a round; htmx asks for the figures alone while votes come in."""
    round_ = shown_round(request, pk)
    context = {
        "round": round_,
        "meeting": round_.meeting,
        "seconds_left": seconds_left(round_),
        "piles": round_.piles.select_related("category"),
        "turnouts": ballot_turnouts(round_) if round_.is_accepting or round_.state == RoundState.SEALED else [],
    }
    if getattr(request, "htmx", False):
        return render(request, "reviews/ballot_rounds/_figures.html", context)
    context |= {
        "steps": _steps(round_),
        "can_manage": can_manage_round(request.user, round_),
        "can_agree": can_agree_void(request.user, round_),
        "faults": opening_faults(round_) if round_.state == RoundState.ISSUED else [],
        "witness_form": WitnessForm(),
        "may_void": ROUND_FLOW.allows(round_.state, "void"),
        "entries": AuditEntry.objects.of(round_)[:20],
    }
    return render(request, "reviews/ballot_rounds/round_show.html", context)


def _steps(round_: BallotRound) -> list[RoundStep]:
    order = [RoundState.SETUP, *(state for _label, state in STEPS)]
    at = order.index(RoundState(round_.state)) if round_.state in order else -1
    states = ["done" if place <= at else "current" if place == at + 1 else "ahead" for place in range(1, len(order))]
    return [RoundStep(label, state) for (label, _state), state in zip(STEPS, states, strict=True)] if at >= 0 else []


@require_POST
@fresh_sign_in_required
def round_make_keys(request: HttpRequest, pk: int) -> HttpResponse:
    """Answered with the envelopes; they are printed from there and exist nowhere else."""
    round_ = managed_round(request, pk)
    if prepare_fonts().name != "ready":
        messages.error(request, _("正在准备公文字体，请几分钟后再生成。"))
        return redirect("reviews:round_show", pk)
    made = try_deed(request, lambda: make_keys(round_, by=request.user))
    return pdf_answer(envelopes_pdf(*made), "ballot-envelopes") if made else redirect("reviews:round_show", pk)


@require_http_methods(["GET", "POST"])
def round_settle(request: HttpRequest, pk: int) -> HttpResponse:
    round_ = managed_round(request, pk)
    piles = list(round_.piles.select_related("category"))
    form = IssueForm(request.POST or None, round_=round_, piles=piles)
    status = 200
    if request.method == "POST" and form.is_valid():
        issue, present = form.issue, form.cleaned_data["present"]
        status = try_form(form, lambda: settle_issue(round_, piles=issue, present=present, by=request.user))
        if not status:
            messages.success(request, _("已登记发放情况。"))
            return redirect("reviews:round_show", pk)
    context = {"round": round_, "form": form, "counts": round_.slip_counts()}
    return render(request, "reviews/ballot_rounds/round_settle.html", context, status=status)


@require_POST
@fresh_sign_in_required
def round_open(request: HttpRequest, pk: int) -> HttpResponse:
    round_ = managed_round(request, pk)
    try_deed(request, lambda: open_round(round_, by=request.user), _("投票开始。"))
    return redirect("reviews:round_show", pk)


@require_POST
@fresh_sign_in_required
def round_close(request: HttpRequest, pk: int) -> HttpResponse:
    round_ = managed_round(request, pk)
    form = CloseForm(request.POST)
    if form.is_valid():
        grace = form.cleaned_data["grace_seconds"]
        said = _("已宣布截止，正在等候还在提交的手机。")
        try_deed(request, lambda: close_round(round_, grace_seconds=grace, by=request.user), said)
    else:
        messages.error(request, _("等候时间请填0到1800秒之间的整数。"))
    return redirect("reviews:round_show", pk)


@require_POST
def round_resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Without the password again: while the hall waits, no vote is lost by going on."""
    round_ = managed_round(request, pk)
    try_deed(request, lambda: resume_round(round_, by=request.user), _("已撤回截止，投票继续。"))
    return redirect("reviews:round_show", pk)


@require_POST
@fresh_sign_in_required
def round_seal(request: HttpRequest, pk: int) -> HttpResponse:
    round_ = managed_round(request, pk)
    try_deed(request, lambda: seal_box(round_, by=request.user), _("已封箱，请当众宣读张数和校验值。"))
    return redirect("reviews:round_show", pk)


@require_POST
def round_destroy(request: HttpRequest, pk: int) -> HttpResponse:
    round_ = managed_round(request, pk)
    form = WitnessForm(request.POST)
    if form.is_valid():
        who = form.cleaned_data["witnesses"]
        try_deed(request, lambda: destroy_keys(round_, witnesses=who, by=request.user), _("已登记销毁。"))
    else:
        messages.error(request, _("请填写在场监销人。"))
    return redirect("reviews:round_show", pk)


@require_http_methods(["GET", "POST"])
def round_void(request: HttpRequest, pk: int) -> HttpResponse:
    """The first person says why; the round is void when a second one agrees."""
    round_ = managed_round(request, pk)
    form = RoundVoidForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        status = try_form(form, lambda: ask_void(round_, reason=form.cleaned_data["reason"], by=request.user))
        if not status:
            messages.success(request, _("已提出作废，请另一位同志登录后确认。"))
            return redirect("reviews:round_show", pk)
    return render(request, "reviews/ballot_rounds/round_void.html", {"round": round_, "form": form}, status=status)


@require_POST
@fresh_sign_in_required
def round_agree_void(request: HttpRequest, pk: int) -> HttpResponse:
    round_ = shown_round(request, pk)
    if not can_agree_void(request.user, round_):
        raise PermissionDenied
    redo = "redo" in request.POST
    done = try_deed(request, lambda: agree_void(round_, redo=redo, by=request.user), _("本轮已作废，票箱没有打开。"))
    return redirect("reviews:round_show", done.pk if done else pk)
