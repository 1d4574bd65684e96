"""The register in and out by Excel."""

import io

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from accounts.actions.imports import NothingToImport, RegisterChanged, confirm_import, prepare_import, receive_import
from accounts.forms.imports import ImportFilterForm, ImportForm
from accounts.importing.progress import add_remembered
from accounts.importing.workbook import register_csv, register_workbook, template_workbook
from accounts.models import Outcome, RegisterImport
from accounts.permissions import can_import_register
from accounts.rules.import_sheets import SHEETS
from accounts.rules.roles import REGISTER_ROLES
from common import clock
from common.csv_tables import CSV
from common.pages import page_of
from common.workbooks import XLSX

from .proofs import fresh_sign_in_required

LINES_PER_PAGE = 100


@require_http_methods(["GET", "POST"])
def import_create(request: HttpRequest) -> HttpResponse:
    """导入导出: the template, the upload and the register as a file."""
    if not can_import_register(request.user):
        raise PermissionDenied
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file_name = form.cleaned_data["file"].name
        if form.read is None:
            return redirect(receive_import(form.unread, file_name=file_name, by=request.user))
        return redirect(prepare_import(form.read, file_name=file_name, by=request.user))
    context = {
        "form": form,
        "reach": [post.organization for post in request.user.active_posts if post.role in REGISTER_ROLES],
        "tables": [(form.kind, form.name) for form in SHEETS],
        "imports": RegisterImport.objects.visible_to(request.user).defer("rows", "data")[:10],
    }
    return render(request, "accounts/imports/import_create.html", context)


@require_GET
def import_show(request: HttpRequest, pk: int) -> HttpResponse:
    """What each row would do, or did."""
    if not can_import_register(request.user):
        raise PermissionDenied
    register_import = get_object_or_404(RegisterImport.objects.visible_to(request.user).defer("rows", "data"), pk=pk)
    if register_import.is_unfinished or (register_import.is_failed and not request.htmx):
        context = {"register_import": add_remembered(register_import)}
        return render(request, "accounts/imports/import_wait.html", context)
    if request.htmx:  # the page that showed the progress asks again: now there is another page to show
        return HttpResponseClientRefresh()
    form = ImportFilterForm(request.GET)
    lines = [line for line in register_import.lines if not form.is_valid() or form.matches(line)]
    lines.sort(key=lambda line: line["outcome"] != Outcome.WRONG)  # what must be repaired first, else as in the file
    context = {
        "register_import": register_import,
        "counts": [(Outcome(code), count) for code, count in register_import.counts.items()],
        "form": form,
        "page_obj": page_of(request, lines, LINES_PER_PAGE),
    }
    return render(request, "accounts/imports/import_show.html", context)


@require_POST
def import_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    register_import = get_object_or_404(RegisterImport.objects.visible_to(request.user), pk=pk)
    try:
        row = confirm_import(register_import, mark=request.POST.get("mark", ""), by=request.user)
    except (RegisterChanged, NothingToImport) as refusal:
        messages.warning(request, str(refusal))
    else:
        done = _("已导入，下面是写入的内容。") if row.confirmed_at else _("正在后台写入，可以离开本页。")
        messages.success(request, done)
    return redirect(register_import)


@require_GET
def register_template(request: HttpRequest) -> FileResponse:
    if not can_import_register(request.user):
        raise PermissionDenied
    return _workbook(template_workbook(), _("名册导入模板"))


@require_GET
@fresh_sign_in_required(is_file=True)
def register_export(request: HttpRequest) -> FileResponse:
    if not can_import_register(request.user):
        raise PermissionDenied
    return _workbook(register_workbook(request.user), _("党组织和人员名册"))


@require_GET
@fresh_sign_in_required(is_file=True)
def register_csv_export(request: HttpRequest, kind: str) -> FileResponse:
    """One of the three tables, for other platforms (S-61)."""
    if not can_import_register(request.user):
        raise PermissionDenied
    form = next((form for form in SHEETS if form.kind == kind), None)
    if form is None:
        raise Http404
    name = f"{form.name}{clock.today():%Y%m%d}.csv"
    data = io.BytesIO(register_csv(request.user, kind))
    return FileResponse(data, as_attachment=True, filename=name, content_type=CSV)


def _workbook(data: bytes, name: str) -> FileResponse:
    file_name = f"{name}{clock.today():%Y%m%d}.xlsx"
    return FileResponse(io.BytesIO(data), as_attachment=True, filename=file_name, content_type=XLSX)
