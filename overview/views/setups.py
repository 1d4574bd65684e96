"""The first-run guide of a committee: every step stands for an ordinary page."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.models import Organization
from overview.permissions import can_see_setup
from overview.setup import set_up_steps


@require_GET
def setup_show(request: HttpRequest, pk: int) -> HttpResponse:
    committee = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk)
    if not can_see_setup(request.user, committee):
        raise PermissionDenied
    steps = set_up_steps(committee, request.user)
    done = sum(step.is_done for step in steps)
    context = {"committee": committee, "steps": steps, "done": done, "all_done": done == len(steps)}
    return render(request, "overview/setups/setup_show.html", context)
