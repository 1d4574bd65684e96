"""Notes on a report: put there by who screens, ticked off by who writes (S-74)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from reporting.actions.notes import add_note, answer_note, keep_answers, remove_note
from reporting.forms.notes import NoteAnswersForm, ReportNoteForm
from reporting.models import DutyReport, ReportNote
from reporting.permissions import can_answer_note, can_remove_note, can_write_report
from reporting.views.deeds import REFUSED, attempt, sentences, status_of
from reporting.views.screening import get_screened, notes_on, queue_query


@require_http_methods(["GET", "POST"])
def note_add(request: HttpRequest, pk: int) -> HttpResponse:
    report = get_screened(request, pk)
    form = ReportNoteForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            note = add_note(report, anchor=form.anchor, text=form.cleaned_data["text"], by=request.user)
        except REFUSED as error:
            form.add_error("quote", sentences(error))
            status = status_of(error)
        else:
            messages.success(request, _("批注已添加，退回报告时对方才能看到。"))
            query = queue_query(request)
            desk = reverse("reporting:screening_show", args=[pk])
            return redirect(f"{desk}{'?' if query else ''}{query}#note-{note.pk}")
    content = report.handed_in or report.content
    context = {"report": report, "form": form, **notes_on(report, content, [])}
    return render(request, "reporting/notes/note_add.html", context, status=status)


def _get_note(request: HttpRequest, pk: int) -> ReportNote:
    notes = ReportNote.objects.visible_to(request.user).select_related("report__reporter__cycle__committee")
    return get_object_or_404(notes, pk=pk)


@require_POST
def note_remove(request: HttpRequest, pk: int) -> HttpResponse:
    note = _get_note(request, pk)
    if not can_remove_note(request.user, note):
        raise PermissionDenied
    reporter_id = note.report.reporter_id
    attempt(request, lambda: remove_note(note, by=request.user), _("批注已删除。"))
    return redirect("reporting:screening_show", reporter_id)


@require_POST
def note_answer(request: HttpRequest, pk: int) -> HttpResponse:
    note = _get_note(request, pk)
    if not can_answer_note(request.user, note):
        raise PermissionDenied
    settled = request.POST.get("settled") != "no"
    answer = _answers(request, note.report).get(note.pk, note.answer)
    done = _("已标记为处理完毕。") if settled else _("已重新打开。")
    if _keep(request, note.report):
        attempt(request, lambda: answer_note(note, answer=answer, is_settled=settled, by=request.user), done)
    return redirect(f"{reverse('reporting:note_list', args=[note.report.reporter_id])}#note-{note.pk}")


def _answers(request: HttpRequest, report: DutyReport) -> dict[int, str]:
    form = NoteAnswersForm(request.POST, notes=report.notes.all())
    return form.answers if form.is_valid() else {}


def _keep(request: HttpRequest, report: DutyReport) -> bool:
    """What was typed about all the notes of the page is kept, whichever button was pressed."""
    try:
        keep_answers(report.notes.all(), answers=_answers(request, report), by=request.user)
    except REFUSED as error:
        messages.error(request, "".join(sentences(error)))
        return False
    return True


@require_http_methods(["GET", "POST"])
def note_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The author's page: what was said on which passage, beside the text as it is now."""
    report = get_object_or_404(DutyReport.objects.visible_to(request.user).with_reporters(), reporter=pk)
    if not can_write_report(request.user, report):
        raise PermissionDenied
    if request.method == "POST":
        if _keep(request, report):
            messages.success(request, _("写好的说明已保存，还没有标记为已处理。"))
        return redirect("reporting:note_list", pk)
    notes = ReportNote.objects.visible_to(request.user).filter(report=report)
    listed = list(notes.select_related("by__person", "settled_by__person"))
    context = {
        "report": report,
        "open_count": sum(not note.is_settled for note in listed),
        "can_answer": report.is_writable and not report.cycle.is_closed,
        **notes_on(report, report.content, listed),
    }
    return render(request, "reporting/notes/note_list.html", context)
