import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Notice
from common.conflicts import StaleRevision
from reviews.actions.questions import add_question, answer_question, edit_question, remove_question
from reviews.models import Meeting, Question
from reviews.rules.meetings import MeetingClosedError, MeetingError, MeetingState
from tests.reviews.rows_of_meetings import leader_of, opened_meeting
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(world: World) -> Meeting:
    return opened_meeting(world)


def ask(world: World, meeting: Meeting, role: str = "leader", text: str = "经费\n为何没有到位？") -> Question:
    return add_question(
        meeting, world.reporter, asker=leader_of(world), text=text, answers_later=True, by=world.user(role)
    )


def test_a_question_put_off_is_answered_after_the_meeting(world: World, meeting: Meeting) -> None:
    """S-94: who was asked is told, answers, and who asked is told."""
    question = ask(world, meeting)
    assert Notice.objects.filter(user=world.user("secretary"), text__contains="会后答复").count() == 1
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.CLOSED)
    answered = answer_question(question, answer="已列入预算。", revision=1, by=world.user("secretary"))
    assert (answered.answer, answered.answers_later, answered.revision) == ("已列入预算。", True, 2)
    assert answered.answered_at is not None
    assert Notice.objects.filter(user=world.user("leader"), text__contains="已答复").count() == 1
    with pytest.raises(StaleRevision):
        answer_question(question, answer="另一个答复", revision=1, by=world.user("clerk"))


def test_two_clicks_note_one_question(world: World, meeting: Meeting) -> None:
    assert ask(world, meeting).pk == ask(world, meeting).pk


def test_who_may_ask_and_answer(world: World, meeting: Meeting) -> None:
    for role in ("secretary", "staff", "superior", "supervision", "attendee", "sibling_clerk"):
        with pytest.raises(PermissionDenied):
            ask(world, meeting, role)
    question = ask(world, meeting, "clerk")
    for role in ("leader", "other_secretary", "superior", "sibling_clerk", "staff"):
        with pytest.raises(PermissionDenied):
            answer_question(question, answer="答", revision=1, by=world.user(role))
    with pytest.raises(MeetingError, match="请填写答复"):
        answer_question(question, answer=" ", revision=1, by=world.user("secretary"))


def test_after_the_meeting_the_question_stands(world: World, meeting: Meeting) -> None:
    question = ask(world, meeting)
    facts = {"text": "问", "answer": "", "answers_later": False}
    assert edit_question(question, **facts, revision=1, by=world.user("leader")).text == "问"
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.CLOSED)
    with pytest.raises(MeetingClosedError):
        edit_question(question, **facts, revision=2, by=world.user("clerk"))
    with pytest.raises(MeetingClosedError):
        remove_question(question, by=world.user("clerk"))
    with pytest.raises(MeetingClosedError):
        ask(world, meeting, text="又问")


def test_a_wrong_note_is_removed_once(world: World, meeting: Meeting) -> None:
    question = ask(world, meeting)
    with pytest.raises(PermissionDenied):
        remove_question(question, by=world.user("secretary"))
    remove_question(question, by=world.user("clerk"))
    with pytest.raises(MeetingError, match="已被删去"):
        answer_question(question, answer="答", revision=1, by=world.user("clerk"))
