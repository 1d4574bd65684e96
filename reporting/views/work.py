"""What one organization has to do in a year beside its report, on one page (S-34, S-38, S-47, S-48)."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from accounts.models import Organization
from accounts.rules.roles import WRITING_ROLES
from common import clock
from reporting.models import Cycle, DueReport, FiledList, ResponsibilityLetter, TaskAssignment
from reporting.permissions import can_write_for
from reporting.rules.cycles import CyclePhase, nearness


@require_GET
def work_list(request: HttpRequest) -> HttpResponse:
    """The own organization's page at once; whoever writes for several chooses."""
    organizations = list(request.user.organizations_as(*WRITING_ROLES).order_by("code"))
    if len(organizations) == 1:
        return redirect("reporting:work_show", organizations[0].pk)
    return render(request, "reporting/work/work_list.html", {"organizations": organizations})


@require_GET
def work_show(request: HttpRequest, pk: int) -> HttpResponse:
    organization = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk)
    letters = ResponsibilityLetter.objects.visible_to(request.user).filter(organization=organization)
    due_reports = DueReport.objects.visible_to(request.user).filter(organization=organization)
    filed = FiledList.objects.visible_to(request.user).filter(organization=organization)
    assignments = TaskAssignment.objects.visible_to(request.user).filter(organization=organization)
    years = _years(organization)
    year = _chosen(request.GET.get("year", ""), years)
    context = {
        "organization": organization,
        "year": year,
        "years": list(years),
        "is_own": can_write_for(request.user, organization),
        "letters": letters.filter(cycle__year=year).for_table(),
        "due_reports": due_reports.filter(cycle__year=year).for_table(),
        "filed_lists": filed.filter(call__cycle__year=year).for_table(),
        "assignments": assignments.filter(task__cycle__year=year).for_table(),
    }
    return render(request, "reporting/work/work_show.html", context)


def _years(organization: Organization) -> dict[int, bool]:
    """Years its superior keeps, the newest first, and whether each is closed."""
    cycles: QuerySet[Cycle] = Cycle.objects.filter(committee=organization.parent_id)
    return {cycle.year: cycle.phase == CyclePhase.CLOSED for cycle in cycles.order_by("-year")}


def _chosen(text: str, years: dict[int, bool]) -> int:
    """The year asked for, else the open one under way."""
    if text.isdecimal() and len(text) <= 4 and int(text) in years:
        return int(text)
    this_year = clock.today().year
    return min(years, key=lambda year: (years[year], nearness(year, this_year)), default=this_year)
