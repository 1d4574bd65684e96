"""Word files into reports: choose a file, look at where its text goes, confirm (S-79)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.conflicts import StaleRevision
from reporting.actions.imports import confirm_import, create_import, discard_import, place_import, places_of
from reporting.forms.imports import ImportPlaceForm, WordFileForm
from reporting.models import ReportImport
from reporting.permissions import can_write_report
from reporting.rules.imports import Line
from reporting.views.deeds import REFUSED, look_again, posted, sentences, status_of
from reporting.views.writing import writable_report


@require_http_methods(["GET", "POST"])
def import_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Reads the file and goes on to the page that shows where its text would go."""
    report = writable_report(request, pk)
    form = WordFileForm(posted(request), request.FILES or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        word = form.cleaned_data["file"]
        lines = [Line(paragraph.text, paragraph.level, paragraph.is_row) for paragraph in word.paragraphs]
        try:
            imported = create_import(report, file_name=form.file_name, lines=lines, notes=word.notes, by=request.user)
        except REFUSED as error:
            form.add_error(None, sentences(error))
            status = status_of(error)
        else:
            return redirect("reporting:import_place", imported.pk)
    context = {"form": form, "report": report, "waiting": report.imports.filter(by=request.user).first()}
    return render(request, "reporting/imports/import_create.html", context, status=status)


@require_http_methods(["GET", "POST"])
def import_place(request: HttpRequest, pk: int) -> HttpResponse:
    """Each piece with its place; a POST arranges anew, confirms or throws away."""
    found = ReportImport.objects.visible_to(request.user).select_related("report__reporter__organization")
    imported = get_object_or_404(found, pk=pk)
    if not can_write_report(request.user, imported.report):
        raise PermissionDenied
    form = _form(request, imported, posted(request))
    if request.method == "GET" or not form.is_valid():
        return _page(request, imported, form)
    if "discard" in request.POST:
        discard_import(imported, by=request.user)
        messages.success(request, _("已放弃导入，报告没有改动。"))
        return redirect("reporting:report_edit", imported.report.reporter_id)
    try:
        imported = place_import(imported, pieces=form.pieces, by=request.user)
        if "confirm" not in request.POST:
            return _page(request, imported, form)
        confirm_import(imported, choices=form.choices, seen=form.cleaned_data["revision"], by=request.user)
    except REFUSED as error:
        form = _refused(request, imported, error)
        return _page(request, imported, form, status=status_of(error))
    messages.success(request, _("Word 里的文字已写入报告，请通读一遍。"))
    return redirect("reporting:report_edit", imported.report.reporter_id)


def _form(request: HttpRequest, imported: ReportImport, data: Any) -> ImportPlaceForm:
    report = imported.report
    return ImportPlaceForm(data, pieces=imported.as_pieces, places=places_of(report), revision=report.revision)


def _refused(request: HttpRequest, imported: ReportImport, error: Exception) -> ImportPlaceForm:
    """What was chosen stays; after a change by somebody else it is compared with what stands there now."""
    imported.refresh_from_db()
    form = _form(request, imported, request.POST)
    form.is_valid()
    form.add_error(None, sentences(error))
    if isinstance(error, StaleRevision):
        look_again(form, imported.report.revision)
    return form


def _page(request: HttpRequest, imported: ReportImport, form: ImportPlaceForm, status: int = 200) -> HttpResponse:
    parts = form.parts()
    context = {
        "imported": imported,
        "report": imported.report,
        "form": form,
        "parts": parts,
        "absent": [part.place for part in parts if not part.rows],
        "unplaced": form.unplaced(),
        "dropped": form.dropped(),
        "noise": form.noise(),
    }
    return render(request, "reporting/imports/import_place.html", context, status=status)
