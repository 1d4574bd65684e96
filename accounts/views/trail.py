"""The audit trail and the inbox."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.actions.notices import mark_notices_read
from accounts.forms.trail import AuditFilterForm
from accounts.models import AuditEntry, Domain, Notice, Organization, Person, User
from accounts.models.audit import AuditEntryQuerySet, with_names
from accounts.permissions import can_list_audit
from common import clock
from common.pages import page_of
from common.workbooks import XLSX, NewColumn, NewSheet, write_workbook

from .proofs import fresh_sign_in_required

MOST_EXPORTED = 20_000
LONGEST_CELL = 32_000  # of what Excel takes
_NAMED = (Organization.objects.all(), Person.objects.all(), Domain.objects.all(), User.objects.select_related("person"))
_COLUMNS = (
    ("序号", 8),
    ("时间", 20),
    ("操作人", 12),
    ("操作", 16),
    ("对象", 36),
    ("党组织", 28),
    ("说明", 30),
    ("变更前", 50),
    ("变更后", 50),
    ("校验码", 22),
)


@require_GET
def audit_list(request: HttpRequest) -> HttpResponse:
    if not can_list_audit(request.user):
        raise PermissionDenied
    form = AuditFilterForm(request.GET)
    page = page_of(request, form.filtered(_visible_entries(request)))
    context = {
        "form": form,
        "page_obj": page,
        "entries": with_names(page, _NAMED),
        "head": AuditEntry.objects.head(),
        "now": clock.now(),
        "export_url": reverse("accounts:audit_export"),
    }
    return render(request, "accounts/trail/audit_list.html", context)


@require_GET
@fresh_sign_in_required(is_file=True)
def audit_export(request: HttpRequest) -> HttpResponse:
    """The same list as a workbook, with the same filters and the same silence about marks."""
    if not can_list_audit(request.user):
        raise PermissionDenied
    rows = AuditFilterForm(request.GET).filtered(_visible_entries(request))
    if rows.count() > MOST_EXPORTED:
        messages.error(request, _("一次最多导出 %(most)s 条，请用日期缩小范围。") % {"most": MOST_EXPORTED})
        return redirect(f"{reverse('accounts:audit_list')}?{request.GET.urlencode()}")
    lines = [_line(entry) for entry in with_names(rows, _NAMED)]
    data = write_workbook([NewSheet(_("操作记录"), tuple(NewColumn(_(name), width=w) for name, w in _COLUMNS), lines)])
    response = HttpResponse(data, content_type=XLSX)
    name = f"{_('操作记录')}{clock.today():%Y%m%d}.xlsx"
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


def _visible_entries(request: HttpRequest) -> AuditEntryQuerySet:
    return AuditEntry.objects.visible_to(request.user).select_related("organization")


def _line(entry: AuditEntry) -> list[Any]:
    at = timezone.localtime(entry.at).strftime("%Y-%m-%d %H:%M:%S")
    changes = [
        "；".join(f"{name}：{value}" for name, value in lines) for lines in (entry.before_lines, entry.after_lines)
    ]
    if entry.is_confidential:
        changes = [_("分数保密，不在记录中显示")] * 2
    where = entry.organization.label if entry.organization else ""
    texts = [at, entry.actor_name, entry.verb, entry.subject_label, where, entry.note, *changes, entry.short_hash]
    return [entry.number, *(text[:LONGEST_CELL] for text in texts)]


@require_GET
def notice_list(request: HttpRequest) -> HttpResponse:
    page = page_of(request, Notice.objects.filter(user=request.user))
    unread = Notice.objects.filter(user=request.user).unread().count()
    return render(request, "accounts/trail/notice_list.html", {"page_obj": page, "unread": unread})


@require_POST
def notice_read(request: HttpRequest) -> HttpResponse:
    mark_notices_read(request.user)
    return redirect("accounts:notice_list")
