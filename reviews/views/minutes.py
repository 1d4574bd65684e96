"""The minutes: read, edited, composed anew, on paper and as a Word file (S-103)."""

import io

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.conflicts import StaleRevision
from common.ids import ids_of, mark_of
from documents.actions.documents import request_document
from reviews.actions.minutes import regenerate_minutes, save_minutes
from reviews.forms.minutes import MinutesForm
from reviews.models import Meeting
from reviews.models.minutes import current_minutes
from reviews.papers.minutes import word_file
from reviews.permissions import can_edit_minutes, can_read_meeting_papers
from reviews.rules.script import dropped_lines, lost_edits
from reviews.views.deeds import REFUSALS, done, take_over, visible_meeting

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_http_methods(["GET", "POST"])
def minutes_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Readers read them here; the clerk edits them during the meeting and after."""
    meeting = _readable(request, pk)
    can_edit = can_edit_minutes(request.user, meeting)
    if request.method == "POST" and not can_edit:
        raise PermissionDenied
    minutes = current_minutes(meeting)
    form = MinutesForm(request.POST or None, initial={"text": minutes.text, "revision": minutes.revision})
    context = {"meeting": meeting, "minutes": minutes, "form": form, "can_edit": can_edit}
    status = 200
    if request.method == "POST" and form.is_valid():
        revision = form.cleaned_data["revision"] or 0
        try:
            save_minutes(meeting, text=form.cleaned_data["text"], revision=revision, by=request.user)
        except StaleRevision as error:
            take_over(form, error.current_revision)
            messages.error(request, str(error))
            context["conflict"], status = True, 409
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("会议纪要已保存。"))
            return redirect("reviews:minutes_edit", pk)
    return render(request, "reviews/minutes/minutes_edit.html", context, status=status)


@require_POST
def minutes_save(request: HttpRequest, pk: int) -> HttpResponse:
    """The automatic save; the contract stands at the top of static/js/autosave.js."""
    meeting = _readable(request, pk)
    if not can_edit_minutes(request.user, meeting):
        raise PermissionDenied
    form = MinutesForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"message": _("纪要是空的，没有保存。")}, status=422)
    facts = form.cleaned_data
    marks = {name: mark_of(request.POST.get(name, "")) for name in ("save_id", "after")}
    try:
        row = save_minutes(meeting, text=facts["text"], revision=facts["revision"] or 0, **marks, by=request.user)
    except StaleRevision as error:
        theirs = current_minutes(meeting)
        by = theirs.row.saved_by.display_name if theirs.row and theirs.row.saved_by else ""
        answer = {"conflict": True, "revision": error.current_revision, "theirs": {"text": theirs.text}, "by": by}
        return JsonResponse(answer | {"at": ""}, status=409)
    at = timezone.localtime(row.saved_at)
    return JsonResponse({"ok": True, "revision": row.revision, "saved_at": f"{at:%H:%M:%S}"})


@require_http_methods(["GET", "POST"])
def minutes_regenerate(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows what would be lost before it is."""
    meeting = _readable(request, pk)
    if not can_edit_minutes(request.user, meeting):
        raise PermissionDenied
    minutes = current_minutes(meeting)
    if request.method == "POST":
        revision = next(iter(ids_of([request.POST.get("revision", "")])), 0)
        said = _("会议纪要已按现在的会议记录重新生成。")
        done(request, lambda: regenerate_minutes(meeting, revision=revision, by=request.user), said)
        return redirect("reviews:minutes_edit", pk)
    generated = minutes.row.generated if minutes.row else minutes.composed
    context = {
        "meeting": meeting,
        "minutes": minutes,
        "lost": lost_edits(generated, minutes.text),
        "dropped": dropped_lines(generated, minutes.text),
        "news": lost_edits(generated, minutes.composed),
    }
    return render(request, "reviews/minutes/minutes_regenerate.html", context)


@require_POST
def minutes_paper(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = _readable(request, pk)
    request_document(
        paper="reviews.papers.minutes.content",
        subject=meeting,
        title=f"{meeting.title}纪要",
        committee=meeting.committee,
        by=request.user,
    )
    messages.success(request, _("正在生成，稍后即可下载。"))
    return redirect("reviews:minutes_edit", pk)


@require_GET
def minutes_word(request: HttpRequest, pk: int) -> HttpResponseBase:
    meeting = _readable(request, pk)
    file = io.BytesIO(word_file(meeting.pk))
    return FileResponse(file, as_attachment=True, filename=f"{meeting.title}纪要.docx", content_type=WORD)


def _readable(request: HttpRequest, pk: int) -> Meeting:
    meeting = visible_meeting(request, pk)
    if not can_read_meeting_papers(request.user, meeting):
        raise PermissionDenied
    return meeting
