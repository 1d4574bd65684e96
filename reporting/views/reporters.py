"""The list of those who report: appoint, change, put in order (S-07, S-63 to S-65)."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from common.ids import ids_of
from reporting.actions.reporters import add_reporters, edit_reporter, move_reporter, remove_reporter
from reporting.forms.reporters import CandidatesForm, ReporterEditForm
from reporting.models import Reporter
from reporting.permissions import can_add_reporter, can_edit_reporter, can_order_reporter, can_remove_reporter
from reporting.views.cycles import get_cycle
from reporting.views.deeds import attempt, posted

STEPS = {"up": -1, "down": 1}


def _get_reporter(request: HttpRequest, pk: int) -> Reporter:
    reporters = Reporter.objects.visible_to(request.user)
    return get_object_or_404(reporters.select_related("cycle__committee", "organization", "post__person"), pk=pk)


@require_http_methods(["GET", "POST"])
def reporter_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Many at once: the committee's direct subordinates with their current post-holders."""
    cycle = get_cycle(request, pk)
    if not can_add_reporter(request.user, cycle):
        raise PermissionDenied
    form = CandidatesForm(posted(request), cycle)
    if request.method == "POST" and form.is_valid():
        choices = form.choices
        done = ngettext("已列入%(count)s个单位。", "已列入%(count)s个单位。", len(choices)) % {"count": len(choices)}
        if attempt(request, lambda: add_reporters(cycle, choices, by=request.user), done):
            return redirect("reporting:cycle_show", pk)
    return render(request, "reporting/reporters/reporter_add.html", {"form": form, "cycle": cycle})


@require_http_methods(["GET", "POST"])
def reporter_edit(request: HttpRequest, pk: int) -> HttpResponse:
    reporter = _get_reporter(request, pk)
    if not can_edit_reporter(request.user, reporter):
        raise PermissionDenied
    form = ReporterEditForm(posted(request), reporter=reporter)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        if attempt(request, lambda: edit_reporter(reporter, **facts, by=request.user), _("已保存。")):
            return redirect("reporting:cycle_show", reporter.cycle_id)
    context = {"form": form, "reporter": reporter, "cycle": reporter.cycle}
    return render(request, "reporting/reporters/reporter_edit.html", context)


@require_http_methods(["GET", "POST"])
def reporter_remove(request: HttpRequest, pk: int) -> HttpResponse:
    reporter = _get_reporter(request, pk)
    if not can_remove_reporter(request.user, reporter):
        raise PermissionDenied
    if request.method == "POST":
        attempt(request, lambda: remove_reporter(reporter, by=request.user), _("已移出述职名单。"))
        return redirect("reporting:cycle_show", reporter.cycle_id)
    context = {"reporter": reporter, "cycle": reporter.cycle}
    return render(request, "reporting/reporters/reporter_remove.html", context)


@require_http_methods(["GET", "POST"])
def reporter_order(request: HttpRequest, pk: int) -> HttpResponse:
    """Each press moves one place up or down and comes back to the same row."""
    cycle = get_cycle(request, pk)
    if not can_order_reporter(request.user, cycle):
        raise PermissionDenied
    if request.method == "POST":
        reporter = get_object_or_404(cycle.reporters, pk__in=ids_of([request.POST.get("reporter", "")]))
        step = STEPS.get(request.POST.get("move", ""), 0)
        attempt(request, lambda: move_reporter(reporter, step, by=request.user), _("顺序已调整。"))
        return redirect(reverse("reporting:reporter_order", args=[pk]) + f"#reporter-{reporter.pk}")
    context = {
        "cycle": cycle,
        "oral": cycle.reporters.oral().in_order(),
        "written": cycle.reporters.written().in_order(),
    }
    return render(request, "reporting/reporters/reporter_order.html", context)
