"""Who comes, and who came."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common import clock
from common.conflicts import StaleRevision
from common.ids import ids_of
from documents.rendering.fonts import prepare_fonts
from documents.rendering.paper import render_paper
from reviews.actions.attendance import (
    add_preset,
    issue_sign_in_codes,
    save_attendance,
    sign_in_attendee,
    tick_attendance,
)
from reviews.forms.attendance import (
    AttendanceForm,
    DoorCodeForm,
    GroupFormSet,
    GuestFormSet,
    PresetForm,
    group_rows,
    guest_rows,
)
from reviews.models import Attendee, Meeting
from reviews.models.attendance import presence_counts, reporters_present
from reviews.models.meeting_facts import gather_facts
from reviews.papers.attendance import sign_in_slips
from reviews.permissions import can_edit_meeting
from reviews.rules.attendance import preset_for, preset_of_kind
from reviews.rules.doors import DOOR_SECONDS, door_code
from reviews.views.deeds import REFUSALS, done, take_over, visible_meeting


@require_http_methods(["GET", "POST"])
def attendance_edit(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = visible_meeting(request, pk)
    if not can_edit_meeting(request.user, meeting):
        raise PermissionDenied
    facts = gather_facts(meeting)
    first = {"total_text": meeting.total_text, "revision": meeting.attendance_revision}
    form = AttendanceForm(request.POST or None, initial=first)
    guests = GuestFormSet(request.POST or None, initial=guest_rows(facts), prefix="guests")
    groups = GroupFormSet(request.POST or None, initial=group_rows(facts), prefix="groups")
    status = 200
    if request.method == "POST" and all([form.is_valid(), guests.is_valid(), groups.is_valid()]):
        status = _saved(request, meeting, form, guests, groups)
        if status == 302:
            return redirect("reviews:attendance_edit", pk)
    context = {
        "meeting": meeting,
        "facts": facts,
        "form": form,
        "preset": PresetForm(initial={"preset": preset_of_kind(meeting.kind)}),
        "guests": guests,
        "groups": groups,
        "conflict": status == 409,
    }
    return render(request, "reviews/attendance/attendance_edit.html", context, status=status)


def _saved(request: HttpRequest, meeting: Meeting, form: AttendanceForm, guests: Any, groups: Any) -> int:
    """302 when stored; otherwise the status of the page that says why not."""
    try:
        save_attendance(
            meeting,
            guests=guests.members,
            groups=groups.groups,
            total_text=form.cleaned_data["total_text"],
            revision=form.cleaned_data["revision"] or 0,
            by=request.user,
        )
    except StaleRevision as error:
        take_over(form, error.current_revision)
        messages.error(request, str(error))
        return 409
    except REFUSALS as error:
        form.add_error(None, str(error))
        return 200
    messages.success(request, _("参会人员已保存。"))
    return 302


@require_POST
def attendance_preset(request: HttpRequest, pk: int) -> HttpResponse:
    """Add the categories of a preset that are not there yet."""
    meeting = visible_meeting(request, pk)
    form = PresetForm(request.POST)
    if form.is_valid():
        names = preset_for(meeting.committee.name, form.cleaned_data["preset"])
        said = _("已补充所选的参会类别，原有的类别没有改动。")
        done(request, lambda: add_preset(meeting, names=names, by=request.user), said)
    elif not can_edit_meeting(request.user, meeting):
        raise PermissionDenied
    return redirect("reviews:attendance_edit", pk)


@require_http_methods(["GET", "POST"])
def attendance_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick who came (S-88)."""
    meeting = visible_meeting(request, pk)
    if not can_edit_meeting(request.user, meeting):
        raise PermissionDenied
    if request.method == "POST":
        ticked, shown = ids_of(request.POST.getlist("present")), ids_of(request.POST.getlist("shown"))
        rows = Attendee.objects.filter(group__meeting=meeting)
        # Whom a colleague at another door has ticked meanwhile has come, whatever this page says.
        elsewhere = set(rows.filter(present=True).values_list("pk", flat=True)) - shown
        present = ticked
        absent = set(rows.values_list("pk", flat=True)) - ticked - elsewhere
        done(
            request,
            lambda: tick_attendance(meeting, present=present, absent=absent, by=request.user),
            _("到会情况已登记。"),
        )
        return redirect("reviews:attendance_check", pk)
    by_group, by_venue = presence_counts(meeting)
    context = {
        "meeting": meeting,
        "facts": gather_facts(meeting),
        "count": _came(meeting),
        "door_address": request.build_absolute_uri(meeting.door_url),
        "by_group": by_group,
        "by_venue": by_venue,
        "reporters": reporters_present(meeting),
    }
    return render(request, "reviews/attendance/attendance_check.html", context)


def _came(meeting: Meeting) -> dict[str, int]:
    rows = Attendee.objects.filter(group__meeting=meeting)
    return {"named": rows.count(), "present": rows.filter(present=True).count()}


@require_POST
def attendance_slips(request: HttpRequest, pk: int) -> HttpResponse:
    """A slip with a QR for everybody named, answered with the PDF; scanned on a phone it signs in once."""
    meeting = visible_meeting(request, pk)
    if not can_edit_meeting(request.user, meeting):
        raise PermissionDenied
    if prepare_fonts().name != "ready":
        messages.error(request, _("正在准备公文字体，请几分钟后再制作。"))
        return redirect("reviews:attendance_check", pk)
    attendees = issue_sign_in_codes(meeting, by=request.user)
    if not attendees:
        messages.error(request, _("参会人员还没有名单，先把名单填上。"))
        return redirect("reviews:attendance_check", pk)
    pdf = render_paper(sign_in_slips(meeting, attendees, request.build_absolute_uri("/")))
    headers = {"Content-Disposition": 'attachment; filename="sign-in-slips.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@login_not_required
@require_http_methods(["GET", "POST"])
def attendance_sign(request: HttpRequest, code: str) -> HttpResponse:
    """The page behind the QR of a slip; looking signs nobody in, the button does (S-88)."""
    rows = Attendee.objects.select_related("group__meeting__cycle", "venue")
    attendee = get_object_or_404(rows.exclude(code=""), code=code)
    form = DoorCodeForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            sign_in_attendee(attendee, door_code=form.cleaned_data["door_code"])
        except REFUSALS as error:
            form.add_error("door_code", str(error))
            status = 422
        else:
            return redirect("reviews:attendance_sign", code)
    context = {"attendee": attendee, "meeting": attendee.group.meeting, "form": form}
    return render(request, "reviews/attendance/attendance_sign.html", context, status=status)


@login_not_required
@require_GET
def door_show(request: HttpRequest, pk: int, mark: str) -> HttpResponse:
    """The screen at the door: the code of this minute and how many have come; its fragment with an ETag for a script."""
    meeting = Meeting.objects.with_facts().filter(pk=pk).first()
    if meeting is None or not constant_time_compare(meeting.door_mark, mark):
        raise Http404
    count = _came(meeting)
    code = door_code(meeting.door_key, clock.now())
    tag = f'"{code}-{count["present"]}-{count["named"]}-{meeting.takes_sign_in}"'
    context = {"meeting": meeting, "count": count, "code": code, "tag": tag, "seconds": DOOR_SECONDS}
    if request.headers.get("X-Requested-With") != "XMLHttpRequest":
        return render(request, "reviews/attendance/door_show.html", context)
    if request.headers.get("If-None-Match") == tag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = render(request, "reviews/attendance/_door.html", context)
    response["ETag"], response["Cache-Control"] = tag, "private, no-cache"
    return response
