"""Speeches of a meeting: written here, read from a file, printed in the layout of official papers."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.conflicts import StaleRevision
from common.ids import mark_of
from documents.actions.documents import request_document
from reviews.actions.speeches import SpeechWords, add_speech, remove_speech, save_speech
from reviews.forms.comments import ProblemFormSet, with_rows
from reviews.forms.speeches import SpeechAddForm, SpeechForm, SpeechUploadForm
from reviews.models import Speech
from reviews.permissions import can_edit_speeches, can_read_meeting_papers
from reviews.views.deeds import REFUSALS, done, take_over, visible_meeting


@require_GET
def speech_list(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = visible_meeting(request, pk)
    if not can_read_meeting_papers(request.user, meeting):
        raise PermissionDenied
    context = {
        "meeting": meeting,
        "speeches": meeting.speeches.prefetch_related("problems"),
        "can_edit": can_edit_speeches(request.user, meeting),
    }
    return render(request, "reviews/speeches/speech_list.html", context)


@require_http_methods(["GET", "POST"])
def speech_add(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = visible_meeting(request, pk)
    if not can_edit_speeches(request.user, meeting):
        raise PermissionDenied
    form = SpeechAddForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            speech = add_speech(meeting, **form.cleaned_data, by=request.user)
        except REFUSALS as error:
            form.add_error("kind", str(error))
        else:
            return redirect("reviews:speech_edit", speech.pk)
    return render(request, "reviews/speeches/speech_add.html", {"form": form, "meeting": meeting})


@require_http_methods(["GET", "POST"])
def speech_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Readers read it here; the clerk writes."""
    speech = _visible(request, pk)
    can_edit = can_edit_speeches(request.user, speech.meeting)
    if request.method == "POST" and not can_edit:
        raise PermissionDenied
    form = SpeechForm(request.POST or None, speech=speech)
    rows = ProblemFormSet((request.POST and with_rows(request.POST)) or None, initial=_rows(speech), prefix="problems")
    status = 200
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        status = _saved(request, speech, form, rows)
        if status == 302:
            return redirect(request.path)
        speech = _visible(request, pk)
    context = {"speech": speech, "meeting": speech.meeting, "form": form, "formset": rows, "can_edit": can_edit}
    context["conflict"] = status == 409
    return render(request, "reviews/speeches/speech_edit.html", context, status=status)


def _saved(request: HttpRequest, speech: Speech, form: SpeechForm, rows: Any) -> int:
    """302 when stored; otherwise the status of the page that says why not."""
    revision = form.cleaned_data["revision"] or 0
    try:
        save_speech(speech, words=form.words(rows), revision=revision, by=request.user)
    except StaleRevision as error:
        take_over(form, error.current_revision)
        messages.error(request, str(error))
        return 409
    except REFUSALS as error:
        form.add_error(None, str(error))
        return 200
    messages.success(request, _("讲话稿已保存。"))
    return 302


@require_POST
def speech_save(request: HttpRequest, pk: int) -> HttpResponse:
    """The automatic save; the contract stands at the top of static/js/autosave.js."""
    speech = _visible(request, pk)
    form = SpeechForm(request.POST, speech=speech)
    form.fields["speaker"].required = False
    rows = ProblemFormSet(with_rows(request.POST), prefix="problems")
    if not (form.is_valid() and rows.is_valid()):
        return JsonResponse({"message": _("内容有误，请检查后再保存。")}, status=422)
    marks = {name: mark_of(request.POST.get(name, "")) for name in ("save_id", "after")}
    revision = form.cleaned_data["revision"] or 0
    try:
        saved = save_speech(speech, words=form.words(rows, request.POST), revision=revision, **marks, by=request.user)
    except StaleRevision as error:
        return _conflict(_visible(request, pk), error)
    except REFUSALS as error:
        return JsonResponse({"message": str(error)}, status=423)
    at = timezone.localtime(saved.saved_at)
    answer = {"ok": True, "revision": saved.revision, "saved_at": f"{at:%H:%M:%S}", "hints": saved.warnings}
    return JsonResponse(answer)


def _conflict(speech: Speech, error: StaleRevision) -> JsonResponse:
    theirs = {name: getattr(speech, name) for name in ("body", "achievements", "suggestions")}
    theirs |= {f"problems-{index}-text": row["text"] for index, row in enumerate(_rows(speech))}
    at = timezone.localtime(speech.saved_at)
    by = speech.saved_by.display_name if speech.saved_by else ""
    answer = {"conflict": True, "revision": error.current_revision, "theirs": theirs, "by": by, "at": f"{at:%H:%M}"}
    return JsonResponse(answer, status=409)


@require_http_methods(["GET", "POST"])
def speech_upload(request: HttpRequest, pk: int) -> HttpResponse:
    """The text of a file in place of the one that is there."""
    speech = _visible(request, pk)
    if not can_edit_speeches(request.user, speech.meeting):
        raise PermissionDenied
    form = SpeechUploadForm(request.POST or None, request.FILES or None, initial={"revision": speech.revision})
    if request.method == "POST" and form.is_valid():
        words = SpeechWords({"body": form.cleaned_data["body"]})
        revision = form.cleaned_data["revision"] or 0
        try:
            save_speech(speech, words=words, revision=revision, by=request.user)
        except StaleRevision as error:
            form.tell_of(error)
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("文件里的文字已写入，请通读一遍。"))
            return redirect("reviews:speech_edit", pk)
    context = {"form": form, "speech": speech, "meeting": speech.meeting}
    return render(request, "reviews/speeches/speech_upload.html", context)


@require_POST
def speech_remove(request: HttpRequest, pk: int) -> HttpResponse:
    speech = _visible(request, pk)
    done(request, lambda: remove_speech(speech, by=request.user), _("讲话稿已删去。"))
    return redirect("reviews:speech_list", speech.meeting_id)


@require_POST
def speech_paper(request: HttpRequest, pk: int) -> HttpResponse:
    speech = _visible(request, pk)
    request_document(
        paper="reviews.papers.speech.content",
        subject=speech,
        title=speech.printed_title,
        committee=speech.meeting.committee,
        by=request.user,
    )
    messages.success(request, _("正在生成，稍后即可下载。"))
    return redirect("reviews:speech_edit", pk)


def _rows(speech: Speech) -> list[dict[str, str]]:
    return list(speech.problems.values("text"))


def _visible(request: HttpRequest, pk: int) -> Speech:
    rows = Speech.objects.visible_to(request.user).select_related(
        "meeting__cycle__committee", "meeting__cycle__scheme", "saved_by__person"
    )
    return get_object_or_404(rows, pk=pk)
