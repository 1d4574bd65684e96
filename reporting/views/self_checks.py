"""The self-check before a report is handed in (S-49)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reporting.actions.self_checks import save_self_check
from reporting.forms.self_checks import SelfCheckForm
from reporting.models import DutyReport, SelfCheck
from reporting.models.self_checks import self_check_of
from reporting.permissions import can_screen_report, can_write_report
from reporting.views.deeds import REFUSED, look_again, posted, sentences, status_of


@require_http_methods(["GET", "POST"])
def self_check_show(request: HttpRequest, pk: int) -> HttpResponse:
    """Authors answer while they may write; the organization department reads the answers."""
    reports = DutyReport.objects.visible_to(request.user).with_reporters()
    report = get_object_or_404(reports, reporter=pk)
    writes = can_write_report(request.user, report)
    if not writes and not can_screen_report(request.user, report):
        raise PermissionDenied
    is_open = writes and report.is_writable and not report.cycle.is_closed
    rows = self_check_of(report)
    form = SelfCheckForm(posted(request), rows=rows, revision=_revision(report))
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            save_self_check(report, answers=form.answers, seen=form.cleaned_data["revision"], by=request.user)
        except REFUSED as error:
            form.add_error(None, sentences(error))
            status = status_of(error)
        else:
            messages.success(request, _("对照检查已保存。"))
            return redirect("reporting:report_edit", pk)
    if status == 409:
        look_again(form, _revision(report))
    context = {"report": report, "form": form, "rows": rows, "is_open": is_open, "is_stale": status == 409}
    return render(request, "reporting/self_checks/self_check_show.html", context, status=status)


def _revision(report: DutyReport) -> int:
    check = SelfCheck.objects.filter(report=report).first()
    return check.revision if check else 0
