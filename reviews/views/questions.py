"""Questions and answers: by reporter, noted during the meeting, answered later (S-94)."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.conflicts import StaleRevision
from common.forms import RevisionMixin
from reviews.actions.questions import add_question, answer_question, edit_question, remove_question
from reviews.forms.questions import QuestionAnswerForm, QuestionForm
from reviews.models import Question
from reviews.permissions import (
    can_answer_question,
    can_ask_question,
    can_edit_question,
    can_manage_meeting,
    can_read_comments,
)
from reviews.views.deeds import REFUSALS, done, visible_meeting


@require_GET
def question_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Every reporter with what was asked; the own organization's for a reporter."""
    meeting = visible_meeting(request, pk)
    if not can_read_comments(request.user, meeting):
        raise PermissionDenied
    questions = Question.objects.visible_to(request.user).filter(meeting=meeting).with_people()
    user, is_clerk = request.user, can_manage_meeting(request.user, meeting)
    rows = [
        {
            "question": question,
            "may_edit": not meeting.is_closed and can_edit_question(user, question),
            "may_answer": not question.answer and can_answer_question(user, question),
        }
        for question in questions.order_by("reporter__order", "id")
    ]
    may_ask = not meeting.is_closed and (is_clerk or meeting.is_commenter(user))
    reporters = list(meeting.reporters) if may_ask else []
    context = {"meeting": meeting, "rows": rows, "reporters": reporters}
    return render(request, "reviews/questions/question_list.html", context)


@require_http_methods(["GET", "POST"])
def question_add(request: HttpRequest, pk: int, reporter_id: int) -> HttpResponse:
    meeting = visible_meeting(request, pk)
    reporter = get_object_or_404(meeting.reporters, pk=reporter_id)
    posts = [*meeting.possible_commenters]
    askers = [post for post in posts if can_ask_question(request.user, meeting, reporter, post)]
    may_name_guests = can_ask_question(request.user, meeting, reporter, None)
    if not askers and not may_name_guests:
        raise PermissionDenied
    form = QuestionForm(request.POST or None, askers=askers, may_name_guests=may_name_guests)
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("asker", "text", "answer", "answers_later")}
        facts["asker_name"] = form.cleaned_data.get("asker_name", "")
        status = _tried(form, lambda: add_question(meeting, reporter, **facts, by=request.user))
        if not status:
            messages.success(request, _("提问已记录。"))
            return redirect(_back(request, meeting.pk))
    context = {"form": form, "meeting": meeting, "reporter": reporter, "back": _back(request, meeting.pk)}
    return render(request, "reviews/questions/question_add.html", context)


@require_http_methods(["GET", "POST"])
def question_edit(request: HttpRequest, pk: int) -> HttpResponse:
    question = _visible(request, pk)
    if not can_edit_question(request.user, question):
        raise PermissionDenied
    stored = {name: getattr(question, name) for name in ("text", "answer", "answers_later", "revision")}
    form = QuestionForm(request.POST or None, initial=stored)
    status = 0
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("text", "answer", "answers_later")}
        revision = form.cleaned_data["revision"] or 0
        status = _tried(form, lambda: edit_question(question, **facts, revision=revision, by=request.user))
        if not status:
            messages.success(request, _("已保存。"))
            return redirect("reviews:question_list", question.meeting_id)
        question = _visible(request, pk)
    context = {"form": form, "question": question, "meeting": question.meeting, "conflict": status == 409}
    return render(request, "reviews/questions/question_edit.html", context, status=status or 200)


@require_http_methods(["GET", "POST"])
def question_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """What was to be answered later."""
    question = _visible(request, pk)
    if not can_answer_question(request.user, question):
        raise PermissionDenied
    form = QuestionAnswerForm(request.POST or None, initial={"answer": question.answer, "revision": question.revision})
    status = 0
    if request.method == "POST" and form.is_valid():
        answer, revision = form.cleaned_data["answer"], form.cleaned_data["revision"] or 0
        status = _tried(form, lambda: answer_question(question, answer=answer, revision=revision, by=request.user))
        if not status:
            messages.success(request, _("答复已保存。"))
            return redirect("reviews:question_list", question.meeting_id)
        question = _visible(request, pk)
    context = {"form": form, "question": question, "meeting": question.meeting, "conflict": status == 409}
    return render(request, "reviews/questions/question_answer.html", context, status=status or 200)


@require_POST
def question_remove(request: HttpRequest, pk: int) -> HttpResponse:
    question = _visible(request, pk)
    done(request, lambda: remove_question(question, by=request.user), _("提问记录已删去。"))
    return redirect("reviews:question_list", question.meeting_id)


def _tried(form: RevisionMixin, deed: Callable[[], object]) -> int:
    """0 when done; otherwise the status of the page that says why not, with everything typed still there."""
    try:
        deed()
    except StaleRevision as error:
        form.tell_of(error)
        return 409
    except REFUSALS as error:
        form.add_error(None, str(error))
        return 422
    return 0


def _back(request: HttpRequest, meeting_id: int) -> str:
    """The clerk at the live page goes back there."""
    page = "meeting_live" if request.GET.get("from") == "live" else "question_list"
    return reverse(f"reviews:{page}", args=[meeting_id])


def _visible(request: HttpRequest, pk: int) -> Question:
    return get_object_or_404(Question.objects.visible_to(request.user).with_people(), pk=pk)
