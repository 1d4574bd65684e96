"""The years of a committee, and the board of one: phase, who is missing, who is late (S-28 to S-30, S-75)."""

import dataclasses
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import AuditEntry, User
from accounts.rules.roles import REVIEWING_ROLES
from common import clock
from common.pages import page_of
from reporting.actions.cycles import create_cycle, edit_cycle
from reporting.actions.reporters import copy_reporters
from reporting.forms.cycles import CycleCreateForm, CycleEditForm, CycleFilterForm, ReporterFilterForm
from reporting.models import Cycle, Reporter
from reporting.models.owed import owed_in
from reporting.permissions import can_create_cycle, can_edit_cycle, can_review_cycle
from reporting.rules.cycles import PHASE_WORDS, CyclePhase
from reporting.rules.reminders import OwedKind
from reporting.rules.reports import READY_FOR_PRINT, Standing
from reporting.views.deeds import REFUSED, posted, sentences, status_of


@dataclasses.dataclass(frozen=True)
class Step:
    """A phase for components/steps.html."""

    label: str
    state: str


@dataclasses.dataclass(frozen=True)
class Tally:
    """A number of the board that leads to the rows it counts."""

    label: str
    number: int
    query: str
    tone: str


def get_cycle(request: HttpRequest, pk: int) -> Cycle:
    cycles = Cycle.objects.visible_to(request.user).select_related("committee", "scheme")
    return get_object_or_404(cycles, pk=pk)


def phase_steps(cycle: Cycle) -> list[Step]:
    phases = list(CyclePhase)
    current = phases.index(CyclePhase(cycle.phase))
    return [
        Step(phase.label, "done" if at < current else "current" if at == current else "ahead")
        for at, phase in enumerate(phases)
    ]


@require_GET
def cycle_list(request: HttpRequest) -> HttpResponse:
    form = CycleFilterForm(request.GET)
    cycles = Cycle.objects.visible_to(request.user).select_related("committee")
    cycles = form.filtered(cycles).annotate(
        reporter_count=Count("reporters"),
        accepted_count=Count("reporters", filter=Q(reporters__report__state__in=READY_FOR_PRINT)),
    )
    cycles = cycles.order_by("-year", "committee__code", "pk")
    context = {
        "form": form,
        "page_obj": page_of(request, cycles),
        "can_create": can_create_cycle(request.user),
        "committees": request.user.organizations_as(*REVIEWING_ROLES),
        "this_year": clock.today().year,
    }
    return render(request, "reporting/cycles/cycle_list.html", context)


@require_http_methods(["GET", "POST"])
def cycle_create(request: HttpRequest) -> HttpResponse:
    if not can_create_cycle(request.user):
        raise PermissionDenied
    form = CycleCreateForm(posted(request), user=request.user)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            cycle = create_cycle(
                facts["committee"],
                year=facts["year"],
                theme=facts["theme"],
                source=form.chosen_source,
                by=request.user,
            )
        except REFUSED as error:
            form.add_error(None, sentences(error))
        else:
            _tell_of_new(request, cycle, form.earlier)
            return redirect("reporting:cycle_show", cycle.pk)
    return render(request, "reporting/cycles/cycle_create.html", {"form": form})


def _tell_of_new(request: HttpRequest, cycle: Cycle, earlier: Cycle | None) -> None:
    """With last year's reporters where they were wanted; who could not be taken over is named."""
    if earlier is None:
        messages.success(request, _("年度已建立，请核对考核方案，再列入述职人。"))
        return
    added, left = copy_reporters(cycle, source=earlier, by=request.user)
    facts = {"n": len(added), "year": earlier.year}
    messages.success(
        request, _("年度已建立，沿用%(year)s年度名单列入述职人%(n)s名，请核对考核方案、述职人和述职方式。") % facts
    )
    if left:
        told = _("没有列入（已不是直属下级，或没有现任第一责任人）：%(names)s。") % {"names": "、".join(left)}
        messages.warning(request, told)


@require_http_methods(["GET", "POST"])
def cycle_edit(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = get_cycle(request, pk)
    if not can_edit_cycle(request.user, cycle):
        raise PermissionDenied
    initial = {"year": cycle.year, "theme": cycle.theme, "revision": cycle.revision}
    form = CycleEditForm(posted(request), initial=initial)
    status = 200
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            edit_cycle(cycle, year=facts["year"], theme=facts["theme"], seen=facts["revision"] or 0, by=request.user)
        except REFUSED as error:
            form.add_error(None, sentences(error))
            status = status_of(error)
        else:
            messages.success(request, _("已保存。"))
            return redirect("reporting:cycle_show", pk)
    context = {"form": form, "cycle": cycle, "is_stale": status == 409}
    return render(request, "reporting/cycles/cycle_edit.html", context, status=status)


@require_GET
def cycle_show(request: HttpRequest, pk: int) -> HttpResponse:
    """The board. Those who report see the year and their own row; names of others are the reviewers' (S-14)."""
    cycle = get_cycle(request, pk)
    form = ReporterFilterForm(request.GET)
    visible = cycle.reporters.visible_to(request.user)
    rows = (
        _filtered(visible, form)
        .in_order()
        .select_related("organization__domain", "post__person", "report", "cycle__scheme")
    )
    reviews = can_review_cycle(request.user, cycle)
    board = _board(visible, cycle) if reviews else {}
    context = {
        "cycle": cycle,
        "scheme": cycle.scheme,
        "steps": phase_steps(cycle),
        "form": form,
        "page_obj": page_of(request, rows),
        "can_review": reviews,
        "can_edit": can_edit_cycle(request.user, cycle) and not cycle.is_closed,
        "own": _own(visible, request.user),
        "phase_words": PHASE_WORDS[CyclePhase(cycle.phase)],
        "due_state": cycle.scheme.report_deadline.state(clock.today()),
        "entries": AuditEntry.objects.visible_to(request.user).of(cycle)[:20],
        "next_is_due": _next_is_due(cycle, board),
        **board,
    }
    return render(request, "reporting/cycles/cycle_show.html", context)


def _next_is_due(cycle: Cycle, board: dict[str, Any]) -> bool:
    """Whether the next phase is what is to be done now: not while nobody is listed or a report is on its way."""
    if cycle.phase == CyclePhase.PREPARATION:
        return bool(board.get("expected"))
    waiting = any(board.get(name) for name in ("missing", "returned", "submitted"))
    return not (cycle.phase == CyclePhase.REPORTING and waiting)


def _own(reporters: QuerySet[Reporter], user: User) -> list[Reporter]:
    organizations = {post.organization_id for post in user.active_posts}
    return list(
        reporters.filter(organization__in=organizations).select_related(
            "organization", "post__person", "report", "cycle__scheme"
        )
    )


def _filtered(reporters: QuerySet[Reporter], form: ReporterFilterForm) -> QuerySet[Reporter]:
    if not form.is_valid():
        return reporters
    wanted = form.cleaned_data
    if wanted["q"]:
        reporters = reporters.filter(
            Q(organization__name__icontains=wanted["q"])
            | Q(organization__code__icontains=wanted["q"])
            | Q(post__person__name__icontains=wanted["q"])
        )
    if wanted["mode"]:
        reporters = reporters.filter(mode=wanted["mode"])
    if wanted["domain"]:
        reporters = reporters.filter(organization__domain=wanted["domain"])
    return reporters.standing(wanted["state"], clock.today()) if wanted["state"] else reporters


def _board(reporters: QuerySet[Reporter], cycle: Cycle) -> dict[str, Any]:
    """Numbers, and the names behind those that call for a deed (S-30, S-75)."""
    today = clock.today()
    counts = reporters.standing_counts(today)
    tones = {"missing": "idle", "submitted": "waiting", "returned": "waiting", "accepted": "good", "late": "bad"}
    named = reporters.in_order().select_related("organization", "post__person", "report", "cycle__scheme")
    return {
        "expected": counts["expected"],
        "oral_count": counts["oral"],
        "written_count": counts["written"],
        "tallies": [
            Tally(standing.label, counts[standing], f"?state={standing}", tones[standing]) for standing in Standing
        ],
        "missing": [reporter for reporter in named if reporter.standing == Standing.MISSING],
        "returned": [reporter for reporter in named if reporter.standing == Standing.RETURNED],
        "submitted": [reporter for reporter in named if reporter.standing == Standing.SUBMITTED],
        # The report has a panel of its own with more to it.
        "owed": [owed for owed in owed_in(cycle) if owed.kind != OwedKind.REPORT],
        "domains": reporters.values("organization__domain", "organization__domain__name")
        .annotate(total=Count("pk"))
        .order_by("organization__domain__position"),
    }
