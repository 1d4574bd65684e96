"""反馈意见书: drafted, issued, read, signed for, reminded; nothing seen before."""

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from accounts.models import Notice
from reviews.actions.feedback_letters import (
    LetterWords,
    acknowledge_letter,
    draft_letters,
    edit_letter,
    issue_letters,
    read_letter,
    remind_unread,
)
from reviews.models import FeedbackLetter, Result
from reviews.papers.feedback_letters import content, packet
from reviews.rules.use_of_results import UseRefused
from tests.reviews.rows_of_scoring import make_comment, make_meeting
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    world = build_world()
    make_comment(world, make_meeting(world.cycle), world.reporter, "责任压得\n不实", "活动少")
    grade = world.cycle.scheme.grades.first()
    Result.objects.create(reporter=world.reporter, decided_grade=grade, deciding_meeting="县委常委会")
    return world


def letter_of(world: World) -> FeedbackLetter:
    draft_letters(world.cycle, by=world.user("clerk"))
    return FeedbackLetter.objects.get(reporter=world.reporter)


def test_a_draft_has_the_comments_and_their_source(world):
    letter = letter_of(world)
    assert letter.problem_lines == ["责任压得 不实（领导点评）", "活动少（领导点评）"]
    assert (letter.praise, letter.demands, letter.due_text) == ("成绩", "要求", "会后30日内")
    assert draft_letters(world.cycle, by=world.user("clerk")) == 0


def test_only_decided_ones_are_issued_and_then_fixed(world):
    letter = letter_of(world)
    assert not FeedbackLetter.objects.visible_to(world.user("secretary")).exists()
    assert [each.reporter for each in issue_letters(world.cycle, by=world.user("clerk"))] == [world.reporter]
    assert list(FeedbackLetter.objects.visible_to(world.user("secretary"))) == [letter]
    assert not FeedbackLetter.objects.visible_to(world.user("staff")).exists()
    words = LetterWords("改", "改", "改", "", "")
    with pytest.raises(UseRefused, match="已经发出"):
        edit_letter(letter, words=words, seen=1, by=world.user("clerk"))
    with pytest.raises(UseRefused, match="没有可以发出"):
        issue_letters(world.cycle, by=world.user("clerk"))


def test_reading_and_signing_keep_their_first_time(world):
    letter = letter_of(world)
    with pytest.raises(PermissionDenied):
        acknowledge_letter(letter, by=world.user("secretary"))
    issue_letters(world.cycle, by=world.user("clerk"))
    letter.refresh_from_db()
    read_letter(letter, by=world.user("clerk"))
    letter.refresh_from_db()
    assert letter.read_at is None
    read_letter(letter, by=world.user("secretary"))
    first = acknowledge_letter(letter, by=world.user("secretary")).acknowledged_at
    assert acknowledge_letter(letter, by=world.user("secretary")).acknowledged_at == first
    with pytest.raises(PermissionDenied):
        acknowledge_letter(letter, by=world.user("other_secretary"))


def test_who_has_not_signed_is_reminded_once_a_day(world):
    letter_of(world)
    issue_letters(world.cycle, by=world.user("clerk"))
    told = Notice.objects.filter(user=world.user("secretary")).count()
    with time_machine.travel("2026-03-01T09:00:00+08:00"):
        assert remind_unread(world.cycle, by=world.user("clerk")) == 1
        assert remind_unread(world.cycle, by=world.user("clerk")) == 0
    with time_machine.travel("2026-03-02T09:00:00+08:00"):
        assert remind_unread(world.cycle, by=world.user("clerk")) == 1
    assert Notice.objects.filter(user=world.user("secretary")).count() == told + 2


def test_the_paper_has_what_was_said_and_no_vote(world):
    letter = letter_of(world)
    issue_letters(world.cycle, by=world.user("clerk"))
    html = content(letter.pk).parts[0].html
    assert "1. 责任压得 不实（领导点评）" in html
    assert "县委常委会研究" in html
    assert len(packet(world.cycle.pk).parts) == 1
