"""The audit trail and the inbox."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.actions.notices import mark_notices_read
from accounts.forms.trail import AuditFilterForm
from accounts.models import AuditEntry, Notice
from accounts.permissions import can_list_audit
from common import clock
from common.pages import page_of


@require_GET
def audit_list(request: HttpRequest) -> HttpResponse:
    if not can_list_audit(request.user):
        raise PermissionDenied
    form = AuditFilterForm(request.GET)
    rows = AuditEntry.objects.visible_to(request.user).select_related("organization")
    if form.is_valid() and (q := form.cleaned_data["q"]):
        rows = rows.filter(Q(subject_label__icontains=q) | Q(actor_name__icontains=q) | Q(verb__icontains=q))
    if form.is_valid() and (since := form.cleaned_data["since"]):
        rows = rows.filter(at__date__gte=since)
    context = {
        "form": form,
        "page_obj": page_of(request, rows),
        "head": AuditEntry.objects.head(),
        "now": clock.now(),
    }
    return render(request, "accounts/trail/audit_list.html", context)


@require_GET
def notice_list(request: HttpRequest) -> HttpResponse:
    page = page_of(request, Notice.objects.filter(user=request.user))
    unread = Notice.objects.filter(user=request.user).unread().count()
    return render(request, "accounts/trail/notice_list.html", {"page_obj": page, "unread": unread})


@require_POST
def notice_read(request: HttpRequest) -> HttpResponse:
    mark_notices_read(request.user)
    return redirect("accounts:notice_list")
