"""Responsibility letters of a committee's year: drawn up, printed, their signing recorded (S-47)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.models import AuditEntry
from common.pages import page_of
from documents.actions.documents import request_document
from reporting.actions.letters import draw_letters, record_signings
from reporting.forms.letters import SIGNED, UNSIGNED, LetterFilterForm, LetterSignForm
from reporting.models import Cycle, ResponsibilityLetter
from reporting.permissions import can_draw_letters
from reporting.views.deeds import attempt
from reporting.views.key_tasks import get_reviewed_cycle

PAPER = "reporting.papers.letters.content"
PACKET = "reporting.papers.letters.packet"


@require_GET
def letter_list(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = get_reviewed_cycle(request, pk)
    form = LetterFilterForm(request.GET)
    letters = ResponsibilityLetter.objects.filter(cycle=cycle)
    below = ResponsibilityLetter.objects.filter(
        cycle__year=cycle.year, cycle__committee__path__startswith=cycle.committee.path
    )
    context = {
        "cycle": cycle,
        "form": form,
        "sign_form": LetterSignForm(None, cycle=cycle),
        "page_obj": page_of(request, _filtered(letters, form).for_table()),
        "counts": letters.aggregate(total=Count("pk"), signed=Count("pk", filter=Q(signed_on__isnull=False))),
        "levels": below.counts_by_level(),
        "can_draw": can_draw_letters(request.user, cycle) and not cycle.is_closed,
    }
    return render(request, "reporting/letters/letter_list.html", context)


def _filtered(letters: QuerySet[ResponsibilityLetter], form: LetterFilterForm) -> QuerySet[ResponsibilityLetter]:
    if not form.is_valid():
        return letters
    wanted = form.cleaned_data
    if wanted["q"]:
        letters = letters.filter(
            Q(organization__name__icontains=wanted["q"]) | Q(organization__code__icontains=wanted["q"])
        )
    if wanted["state"] in (SIGNED, UNSIGNED):
        letters = letters.filter(signed_on__isnull=wanted["state"] == UNSIGNED)
    return letters


def _drawable(request: HttpRequest, pk: int) -> Cycle:
    cycle = get_reviewed_cycle(request, pk)
    if not can_draw_letters(request.user, cycle):
        raise PermissionDenied
    return cycle


@require_POST
def letter_draw(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = _drawable(request, pk)
    attempt(request, lambda: draw_letters(cycle, by=request.user), _("责任书已按最新的责任清单和重点任务生成。"))
    return redirect("reporting:letter_list", pk)


@require_POST
def letter_sign(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = _drawable(request, pk)
    form = LetterSignForm(request.POST, cycle=cycle)
    if form.is_valid():
        letters, day = list(form.cleaned_data["letters"]), form.cleaned_data["signed_on"]
        done = _("签订情况已登记。")
        attempt(request, lambda: record_signings(cycle, letters=letters, signed_on=day, by=request.user), done)
    for errors in form.errors.values():
        for error in errors:
            messages.error(request, error)
    return redirect("reporting:letter_list", pk)


@require_POST
def letter_packet(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = get_reviewed_cycle(request, pk)
    title = f"{cycle.committee}{cycle.year}年度目标责任书（全部）"
    request_document(paper=PACKET, subject=cycle, title=title, committee=cycle.committee, by=request.user)
    return redirect("reporting:letter_list", pk)


def _letter(request: HttpRequest, pk: int) -> ResponsibilityLetter:
    return get_object_or_404(ResponsibilityLetter.objects.visible_to(request.user).for_table(), pk=pk)


@require_GET
def letter_show(request: HttpRequest, pk: int) -> HttpResponse:
    letter = _letter(request, pk)
    context = {"letter": letter, "entries": AuditEntry.objects.of(letter)[:20]}
    return render(request, "reporting/letters/letter_show.html", context)


@require_POST
def letter_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever may see a letter may have it on paper."""
    letter = _letter(request, pk)
    committee, organization = letter.cycle.committee, letter.organization
    request_document(
        paper=PAPER, subject=letter, title=str(letter), committee=committee, organization=organization, by=request.user
    )
    return redirect("reporting:letter_show", pk)
