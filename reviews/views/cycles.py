"""The year's next step (S-30)."""

import dataclasses

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.forms import Form
from reporting.models import Cycle
from reporting.permissions import can_advance_cycle
from reporting.rules.cycles import CYCLE_FLOW, CyclePhase
from reviews.actions.cycles import advance_cycle
from reviews.models.cycles import cycle_facts
from reviews.rules.cycles import blockers

from .refusals import refused


@dataclasses.dataclass(frozen=True)
class Step:
    """One phase for `components/steps.html`."""

    label: str
    state: str


def phase_steps(phase: str) -> list[Step]:
    phases = list(CyclePhase)
    now = phases.index(CyclePhase(phase))
    states = ["done" if at < now else "current" if at == now else "ahead" for at in range(len(phases))]
    return [Step(str(each.label), state) for each, state in zip(phases, states, strict=True)]


@require_http_methods(["GET", "POST"])
def cycle_advance(request: HttpRequest, pk: int) -> HttpResponse:
    """What is missing for the next phase, by name, and the button when nothing forbids it."""
    cycle = get_object_or_404(Cycle.objects.visible_to(request.user).select_related("committee", "scheme"), pk=pk)
    if not can_advance_cycle(request.user, cycle):
        raise PermissionDenied
    form = Form(request.POST if request.method == "POST" else None)
    # A button pressed on an old page must not move the year twice.
    verb = request.POST.get("verb") or next(iter(CYCLE_FLOW.verbs_from(cycle.phase)), "")
    status = 200
    if request.method == "POST" and form.is_valid():
        status = refused(form, lambda: advance_cycle(cycle, verb, by=request.user))
        if not status:
            cycle.refresh_from_db()
            messages.success(request, _("已进入“%(phase)s”阶段。") % {"phase": cycle.get_phase_display()})
            # Not back to this page: its button would stand in the same place and move the year on once more.
            return redirect("reporting:cycle_show", cycle.pk)
    verb = next(iter(CYCLE_FLOW.verbs_from(cycle.phase)), "")
    context = {
        "cycle": cycle,
        "form": form,
        "verb": verb,
        "target": CyclePhase(CYCLE_FLOW.table[verb][1]).label if verb else "",
        "blockers": blockers(verb, cycle_facts(cycle)) if verb else [],
        "steps": phase_steps(cycle.phase),
    }
    context["is_refused"] = any(blocker.refuses for blocker in context["blockers"])
    return render(request, "reviews/cycles/cycle_advance.html", context, status=status or 200)
