"""Questions from the floor and their answers, given at once or after the meeting (S-94)."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from accounts.actions.audit import record, snapshot
from accounts.actions.notices import holders
from accounts.models import Post, User
from accounts.rules.roles import SUBMITTING_ROLES
from common import clock
from common.conflicts import check_revision
from reporting.models import Reporter
from reviews.actions.screens import tell
from reviews.models import Meeting, Question
from reviews.permissions import can_answer_question, can_ask_question, can_edit_question
from reviews.rules.meetings import MeetingClosedError, MeetingError


@transaction.atomic
def add_question(
    meeting: Meeting,
    reporter: Reporter,
    *,
    asker: Post | None,
    asker_name: str = "",
    text: str,
    answer: str = "",
    answers_later: bool = False,
    by: User,
) -> Question:
    """Note a question, by who asks or by the clerk on behalf; a guest is `asker_name`. The answer may come later.

    The same question of the same person, noted twice by an impatient click, is one.
    """
    meeting = Meeting.objects.locked(meeting.pk)
    if not can_ask_question(by, meeting, reporter, asker):
        raise PermissionDenied
    if meeting.is_closed:
        raise MeetingClosedError
    asker_name = "" if asker else asker_name.strip()
    if asker is None and not asker_name:
        raise MeetingError("请选择提问人，或者填写其他提问人。")
    known = meeting.questions.filter(reporter=reporter, asker=asker, asker_name=asker_name, text=text).first()
    if known is not None:
        return known
    question = meeting.questions.create(
        reporter=reporter, asker=asker, asker_name=asker_name, text=text, recorded_by=by
    )
    _answer(question, answer, answers_later)
    question.save()
    record(question, "记录提问", by=by, after=snapshot(question))
    if answers_later and not answer.strip():
        _tell_reporter(question)
    return question


@transaction.atomic
def edit_question(
    question: Question, *, text: str, answer: str, answers_later: bool, revision: int, by: User
) -> Question:
    """Put right what was noted in haste, while the meeting is not over."""
    question = _locked(question)
    if not can_edit_question(by, question):
        raise PermissionDenied
    if question.meeting.is_closed:
        raise MeetingClosedError
    check_revision(question.revision, revision)
    before = snapshot(question)
    was_later = question.answers_later
    question.text = text
    _answer(question, answer, answers_later)
    question.revision += 1
    question.save()
    record(question, "修改提问记录", by=by, before=before, after=snapshot(question))
    if answers_later and not was_later and not answer.strip():
        _tell_reporter(question)
    return question


@transaction.atomic
def answer_question(question: Question, *, answer: str, revision: int, by: User) -> Question:
    """The answer that was put off, also after the meeting; by who was asked, or noted by the clerk."""
    question = _locked(question)
    if not can_answer_question(by, question):
        raise PermissionDenied
    check_revision(question.revision, revision)
    if not answer.strip():
        raise MeetingError("请填写答复。")
    before = snapshot(question)
    _answer(question, answer, question.answers_later or question.meeting.is_closed)
    question.revision += 1
    question.save()
    record(question, "答复提问", by=by, before=before, after=snapshot(question))
    if question.asker:
        users = User.objects.filter(person=question.asker.person_id, is_active=True).exclude(pk=by.pk)
        tell(question.meeting, users=users, text=f"{question.reporter}已答复您的提问。", url=_url(question))
    return question


@transaction.atomic
def remove_question(question: Question, *, by: User) -> None:
    question = _locked(question)
    if not can_edit_question(by, question):
        raise PermissionDenied
    if question.meeting.is_closed or question.problem_id is not None:
        raise MeetingClosedError
    record(question, "删去提问记录", by=by, before=snapshot(question))
    question.delete()


def _answer(question: Question, answer: str, answers_later: bool) -> None:
    if answer.strip() and answer != question.answer:
        question.answered_at = clock.now()
    question.answer, question.answers_later = answer, answers_later


def _locked(question: Question) -> Question:
    """The row under the meeting's lock. Raises MeetingError when somebody has removed it."""
    Meeting.objects.locked(question.meeting_id)
    found = Question.objects.with_people().filter(pk=question.pk).first()
    if found is None:
        raise MeetingError("这条提问记录刚刚已被删去。")
    return found


def _tell_reporter(question: Question) -> None:
    users = holders(question.reporter.organization, *SUBMITTING_ROLES)
    who = question.asker_label
    tell(
        question.meeting,
        users=users,
        text=f"{who}同志在{question.meeting}上的提问需要会后答复，请填写。",
        url=_url(question),
    )


def _url(question: Question) -> str:
    return reverse("reviews:question_list", args=[question.meeting_id])
