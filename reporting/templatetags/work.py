"""For the page of an organization, which belongs to an app that knows nothing of the year's work."""

from typing import Any

from django import template
from django.template.context import RequestContext

from accounts.models import Organization
from common import clock
from reporting.models import DueReport, Reporter, TaskAssignment
from reporting.rules.cycles import CyclePhase

register = template.Library()


@register.inclusion_tag("reporting/work/_overdue.html", takes_context=True)
def overdue_work(context: RequestContext, organization: Organization) -> dict[str, Any]:
    """Due reports and key tasks of running years that are past their date, as far as the person may see them (S-48)."""
    user, today = context["request"].user, clock.today()
    reports = DueReport.objects.visible_to(user).filter(organization=organization).overdue(today)
    tasks = TaskAssignment.objects.visible_to(user).filter(organization=organization).overdue(today)
    return {
        "organization": organization,
        "due_reports": reports.exclude(cycle__phase=CyclePhase.CLOSED).for_table(),
        "assignments": tasks.exclude(task__cycle__phase=CyclePhase.CLOSED).for_table(),
    }


@register.inclusion_tag("reporting/work/_reporter_tasks.html", takes_context=True)
def reporter_tasks(context: RequestContext, reporter: Reporter) -> dict[str, Any]:
    """The key tasks the organization carries out in the year, beside the report that answers for them (S-34)."""
    assignments = TaskAssignment.objects.visible_to(context["request"].user)
    own = assignments.filter(organization=reporter.organization_id, task__cycle=reporter.cycle_id)
    return {"assignments": own.for_table()}
