"""Select rows, say what they have in common, one press (S-111)."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from common.ids import ids_of
from rectification.actions.merges import merge_problems, unmerge_problem
from rectification.forms.problems import ProblemMergeForm
from rectification.models import Problem
from rectification.permissions import can_edit_problem

from .deeds import attempt, deed_page
from .problems import get_cycle, get_problem, show_url


@require_http_methods(["GET", "POST"])
def problem_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """The chosen problems are named in the address, so that the page can be reloaded and shared."""
    cycle = get_cycle(request, pk)
    if not can_edit_problem(request.user, cycle):
        raise PermissionDenied
    chosen = list(
        Problem.objects.filter(cycle=cycle, pk__in=ids_of(request.GET.getlist("problem"))).for_table().order_by("pk")
    )
    first = next((problem for problem in chosen if problem.is_common), chosen[0] if chosen else None)
    start = {"text": first.text, "cause": first.cause, "category": first.category} if first else {}
    form = ProblemMergeForm(request.POST or None, cycle=cycle, current=first.category if first else "", initial=start)
    return deed_page(
        request,
        form,
        deed=lambda: merge_problems(chosen, **form.cleaned_data, by=request.user),
        done=_("已归并。"),
        url=reverse("rectification:problem_list", args=[cycle.pk]),
        template="rectification/merges/problem_merge.html",
        context={"cycle": cycle, "chosen": chosen},
    )


@require_POST
def problem_unmerge(request: HttpRequest, pk: int) -> HttpResponse:
    problem = get_problem(request, pk)
    attempt(request, lambda: unmerge_problem(problem, by=request.user), _("已解除归并。"))
    return redirect(show_url(problem))
