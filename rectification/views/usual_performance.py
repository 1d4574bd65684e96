"""What the year itself says of a reporting organization, for those who judge its report (S-123)."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from rectification.models.usual_performance import evidence_of
from reporting.models import Reporter
from reporting.permissions import can_review_cycle


@require_GET
def usual_performance_show(request: HttpRequest, pk: int) -> HttpResponse:
    reporters = Reporter.objects.visible_to(request.user).select_related("cycle__committee", "organization")
    reporter = get_object_or_404(reporters, pk=pk)
    if not can_review_cycle(request.user, reporter.cycle):
        raise PermissionDenied
    context = {"reporter": reporter, "usual": evidence_of(reporter.organization, reporter.cycle)}
    return render(request, "rectification/usual_performance/usual_performance_show.html", context)
