"""The stages of a project, ticked off one by one (S-39)."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common import clock
from reporting.actions.milestones import mark_milestone
from reporting.forms.milestones import MilestoneForm
from reporting.models import Project, ProjectMilestone
from reporting.permissions import can_edit_project
from reporting.views.deeds import deed_page, posted


@require_http_methods(["GET", "POST"])
def milestone_mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Today is offered for a stage that is not done yet."""
    projects = Project.objects.visible_to(request.user)
    rows = ProjectMilestone.objects.filter(project__in=projects).select_related(
        "project__cycle", "project__organization"
    )
    milestone = get_object_or_404(rows, pk=pk)
    if not can_edit_project(request.user, milestone.project):
        raise PermissionDenied
    form = MilestoneForm(posted(request), initial={"done_on": milestone.done_on or clock.today()})
    return deed_page(
        request,
        form,
        deed=lambda: mark_milestone(milestone, done_on=form.cleaned_data["done_on"], by=request.user),
        done=_("工作安排已更新。"),
        url=reverse("reporting:project_show", args=[milestone.project_id]),
        template="reporting/milestones/milestone_mark.html",
        context={"milestone": milestone, "project": milestone.project},
    )
