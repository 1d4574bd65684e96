"""Ballots of paper: their slips struck off, each typed by two clerks, differences decided (S-121, S-191)."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from documents.actions.documents import request_document
from reviews.actions.paper_ballots import decide_paper, drop_paper, enter_paper, paper_faults, typing_fault
from reviews.actions.slips import PAPER_STATES, mark_slip_used_on_paper
from reviews.forms.paper_ballots import PaperEntryForm, PaperNumberForm, PaperScanForm
from reviews.models import BallotRound, SlipPile
from reviews.models.paper_ballots import papers_of
from reviews.permissions import can_manage_round
from reviews.rules.ballot_rounds import BallotError
from reviews.rules.paper_ballots import Entry, PaperState, Turn, differences
from reviews.rules.sheets import Sheet

PAPER = "reviews.papers.paper_ballots.content"


@dataclasses.dataclass(frozen=True)
class PilePapers:
    """A pile on the page: its papers, how many slips were struck off, and the next number of each turn."""

    pile: SlipPile
    papers: list[PaperState]
    scanned: int

    @property
    def settled(self) -> int:
        return sum(paper.settled is not None for paper in self.papers)

    @property
    def unsettled(self) -> list[PaperState]:
        return [paper for paper in self.papers if paper.settled is None]

    @property
    def next_first(self) -> int:
        return 1 + max((paper.number for paper in self.papers if paper.first), default=0)

    @property
    def next_second(self) -> int:
        waiting = [paper.number for paper in self.papers if paper.second is None]
        return waiting[0] if waiting else 1 + max((paper.number for paper in self.papers), default=0)


def _managed_round(request: HttpRequest, pk: int) -> BallotRound:
    rows = BallotRound.objects.visible_to(request.user).select_related("meeting__cycle__committee")
    round_ = get_object_or_404(rows, pk=pk)
    if not can_manage_round(request.user, round_):
        raise PermissionDenied
    return round_


def _managed_pile(request: HttpRequest, pk: int) -> SlipPile:
    pile = get_object_or_404(SlipPile.objects.select_related("category"), pk=pk)
    pile.round = _managed_round(request, pile.round_id)
    return pile


def _try(request: HttpRequest, deed: Callable[[], Any], said: str) -> bool:
    try:
        deed()
    except BallotError as error:
        messages.error(request, str(error))
        return False
    messages.success(request, said)
    return True


@require_http_methods(["GET", "POST"])
def paper_ballot_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Both clerks' desk; POST strikes off the slips of papers that came back."""
    round_ = _managed_round(request, pk)
    form = PaperScanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        left = _strike_off(request, round_, form.texts)
        if not left:
            return redirect("reviews:paper_ballot_list", pk)
        form = PaperScanForm(initial={"codes": "\n".join(left)})
    described = bool(round_.description)
    piles = round_.piles.select_related("category", "round")
    context = {
        "round": round_,
        "form": form,
        "piles": [_of_pile(pile) for pile in piles] if described else [],
        "is_open": round_.state in PAPER_STATES,
        "faults": paper_faults(round_) if described and round_.state in PAPER_STATES else [],
        "paper": PAPER,
    }
    return render(request, "reviews/paper_ballots/paper_ballot_list.html", context)


def _of_pile(pile: SlipPile) -> PilePapers:
    return PilePapers(pile, papers_of(pile), pile.slips.filter(used_on_paper=True).count())


def _strike_off(request: HttpRequest, round_: BallotRound, texts: list[str]) -> list[str]:
    """Those that are no slips, for another look at them."""
    left, done = [], Counter[str]()
    for text in texts:
        try:
            done[mark_slip_used_on_paper(round_, text=text, by=request.user).name] += 1
        except BallotError as error:
            messages.error(request, f"{text}：{error}")
            left.append(text)
    if done:
        found = "、".join(_("%(pile)s%(n)s张") % {"pile": pile, "n": n} for pile, n in done.items())
        messages.success(request, _("已核销%(found)s。") % {"found": found})
    return left


@require_http_methods(["GET", "POST"])
def paper_ballot_enter(request: HttpRequest, pk: int, number: int, turn: int) -> HttpResponse:
    """The grid. Saved and on to the next number; one's own typing is shown again, nobody sees the other's."""
    pile = _managed_pile(request, pk)
    if turn not in (Turn.FIRST, Turn.SECOND) or not pile.round.description:
        return redirect("reviews:paper_ballot_list", pile.round_id)
    fault = typing_fault(pile, number=number, turn=turn, by=request.user)
    if fault and request.method == "GET":
        messages.error(request, fault)
        return redirect("reviews:paper_ballot_list", pile.round_id)
    sheet = Sheet.from_json(pile.round.description)
    mine = pile.paper_entries.filter(number=number, turn=turn, entered_by=request.user).first()
    form = PaperEntryForm(request.POST or None, sheet=sheet, shown=mine.entry if mine else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            status = _tried(
                form, lambda: enter_paper(pile, number=number, turn=turn, entry=form.entry, by=request.user)
            )
            if not status:
                messages.success(request, _("%(pile)s第%(number)s号已录。") % {"pile": pile.name, "number": number})
                return _next(pile, number, turn)
    context = {"pile": pile, "round": pile.round, "number": number, "turn": Turn(turn), "form": form, "sheet": sheet}
    return render(request, "reviews/paper_ballots/paper_ballot_enter.html", context, status=status)


def _next(pile: SlipPile, number: int, turn: int) -> HttpResponse:
    """The next paper, or the desk when as many are typed as slips were struck off."""
    struck_off = pile.slips.filter(used_on_paper=True).count()
    if number == pile.issued or (struck_off and pile.paper_entries.filter(turn=turn).count() >= struck_off):
        return redirect("reviews:paper_ballot_list", pile.round_id)
    return redirect("reviews:paper_ballot_enter", pile.pk, number + 1, turn)


def _tried(form: PaperEntryForm, deed: Callable[[], Any]) -> int:
    try:
        deed()
    except BallotError as error:
        form.add_error(None, str(error))
        return 422
    return 0


@require_http_methods(["GET", "POST"])
def paper_ballot_decide(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Both typings beside each other; what they agree on is filled in, the rest is typed from the paper."""
    pile = _managed_pile(request, pk)
    paper = next((each for each in papers_of(pile) if each.number == number), None)
    if paper is None or paper.first is None or paper.second is None:
        messages.error(request, _("这张票还没有录满两遍，不能复看。"))
        return redirect("reviews:paper_ballot_list", pile.round_id)
    sheet = Sheet.from_json(pile.round.description)
    found = differences(sheet, paper.first, paper.second)
    form = PaperEntryForm(request.POST or None, sheet=sheet, shown=paper.decided or _agreed(paper, found))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            status = _tried(form, lambda: decide_paper(pile, number=number, entry=form.entry, by=request.user))
            if not status:
                messages.success(request, _("%(pile)s第%(number)s号已定下。") % {"pile": pile.name, "number": number})
                return redirect("reviews:paper_ballot_list", pile.round_id)
    context = {"pile": pile, "round": pile.round, "paper": paper, "form": form, "sheet": sheet, "differences": found}
    return render(request, "reviews/paper_ballots/paper_ballot_decide.html", context, status=status)


def _agreed(paper: PaperState, found: list[Any]) -> Entry:
    """The first typing without the cells that differ: those are empty until somebody looked.

    A remark stays as it was typed first, so that nobody types a long one a third time.
    """
    first = paper.first or Entry({})
    open_ = {(difference.person.id, difference.line) for difference in found}
    marks = {}
    for person, row in first.marks.items():
        items = {key: mark for key, mark in row.get("items", {}).items() if (person, key) not in open_}
        kept = {**row, "items": items}
        if (person, "") in open_:
            kept.pop("overall", None)
        marks[person] = kept
    return Entry(marks)


@require_POST
def paper_ballot_drop(request: HttpRequest, pk: int) -> HttpResponse:
    pile = _managed_pile(request, pk)
    form = PaperNumberForm(request.POST)
    if form.is_valid():
        number = form.cleaned_data["number"]
        said = _("%(pile)s第%(number)s号已删除。") % {"pile": pile.name, "number": number}
        _try(request, lambda: drop_paper(pile, number=number, by=request.user), said)
    else:
        messages.error(request, _("请填写要删除的票面编号。"))
    return redirect("reviews:paper_ballot_list", pile.round_id)


@require_POST
def paper_ballot_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The ballots of all categories, one master each, to be printed on their stock."""
    round_ = _managed_round(request, pk)
    if not round_.description:
        messages.error(request, _("测评表还没有定稿，请先生成票箱密钥。"))
        return redirect("reviews:paper_ballot_list", pk)
    request_document(
        paper=PAPER,
        subject=round_,
        title=f"{round_.meeting.title}测评票",
        committee=round_.meeting.committee,
        by=request.user,
    )
    messages.success(request, _("正在生成，稍后即可下载。"))
    return redirect("reviews:paper_ballot_list", pk)
