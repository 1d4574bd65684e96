"""The attendance list by Excel: a template, an upload, a look at every row, one button."""

import io

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.ids import ids_of
from common.pages import page_of
from common.workbooks import XLSX, NewColumn, NewSheet, write_workbook
from reviews.actions.attendance_imports import confirm_attendance_import, prepare_attendance_import
from reviews.forms.attendance_imports import AttendanceImportForm
from reviews.models import AttendanceImport, Meeting
from reviews.permissions import can_edit_meeting
from reviews.rules.attendance_imports import COLUMNS, EXAMPLE, GUIDANCE
from reviews.views.deeds import done, visible_meeting


@require_http_methods(["GET", "POST"])
def attendance_import_create(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = visible_meeting(request, pk)
    if not can_edit_meeting(request.user, meeting):
        raise PermissionDenied
    form = AttendanceImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["file"].name
        return redirect(prepare_attendance_import(meeting, read=form.read, file_name=name, by=request.user))
    context = {"meeting": meeting, "form": form}
    return render(request, "reviews/attendance_imports/attendance_import_create.html", context)


@require_GET
def attendance_import_show(request: HttpRequest, pk: int) -> HttpResponse:
    """What each row would do; rows that are wrong first."""
    row = _visible(request, pk)
    if not can_edit_meeting(request.user, row.meeting):
        raise PermissionDenied
    weight = {"wrong": 0, "new": 1, "change": 2, "same": 3}
    steps = sorted(row.steps, key=lambda step: weight[step.outcome])
    context = {"meeting": row.meeting, "row": row, "page_obj": page_of(request, steps, 100)}
    return render(request, "reviews/attendance_imports/attendance_import_show.html", context)


@require_POST
def attendance_import_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    row = _visible(request, pk)
    revision = next(iter(ids_of([request.POST.get("revision", "")])), 0)
    written = done(
        request,
        lambda: confirm_attendance_import(row, revision=revision, by=request.user),
        _("参会名单已导入，请核对各类人员。"),
    )
    if written:
        return redirect("reviews:attendance_edit", row.meeting_id)
    return redirect("reviews:attendance_import_show", pk)


@require_GET
def attendance_template(request: HttpRequest, pk: int) -> FileResponse:
    """With the meeting's categories and halls to choose from, and examples that are not read."""
    meeting = visible_meeting(request, pk)
    if not can_edit_meeting(request.user, meeting):
        raise PermissionDenied
    name = f"{meeting.title}{_('参会名单模板')}.xlsx"
    data = write_workbook([NewSheet("参会名单", _columns(meeting), _examples(), examples=3)])
    return FileResponse(io.BytesIO(data), as_attachment=True, filename=name, content_type=XLSX)


def _columns(meeting: Meeting) -> tuple[NewColumn, ...]:
    groups = [group.name for group in meeting.attendance_groups.all()]
    halls = ["主会场", *meeting.venues.values_list("name", flat=True)]
    notes = {"category": f"本次会议的类别：{'、'.join(dict.fromkeys([GUIDANCE, *groups]))}。没有的类别会新增。"}
    return tuple(
        NewColumn(
            column.heading,
            note=notes.get(column.field, column.note),
            width=24 if column.field in ("category", "unit", "post") else 14,
            choices=tuple(halls) if column.field == "hall" else (),
            is_required=column.is_required,
        )
        for column in COLUMNS
    )


def _examples() -> list[list[str]]:
    return [
        [f"{EXAMPLE}：县委常委", "张某", "县委", "县委常委、组织部部长", "", "1排3号", ""],
        [f"{EXAMPLE}：乡镇党委书记", "李某", "柳河镇党委", "党委书记", "主会场", "", ""],
        [f"{EXAMPLE}：群众代表", "", "", "", "", "", "20多人"],
    ]


def _visible(request: HttpRequest, pk: int) -> AttendanceImport:
    rows = AttendanceImport.objects.visible_to(request.user)
    rows = rows.filter(meeting__in=Meeting.objects.visible_to(request.user))
    return get_object_or_404(rows.select_related("meeting__cycle__committee"), pk=pk)
