import datetime as dt
import itertools

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry, Notice, Post
from accounts.rules.roles import Role
from common import clock
from common.conflicts import StaleRevision
from common.flow import TransitionNotAllowed
from reviews.actions.agenda import set_commenters
from reviews.actions.comments import CommentWords, finalize_comment, reopen_comment, save_comment
from reviews.models import Comment, Meeting
from reviews.rules.comments import CommentIncompleteError, SecondLookError
from reviews.rules.meetings import COMMENT_FLOW, CommentState, MeetingClosedError, MeetingError, MeetingState
from tests.factories import make_post
from tests.reviews.rows_of_meetings import leader_of, opened_meeting
from tests.world import World

pytestmark = pytest.mark.django_db
WORDS = CommentWords("成绩***", ("问题一", "问题二"), "要求")


@pytest.fixture
def leader(world: World) -> Post:
    return leader_of(world)


@pytest.fixture
def meeting(world: World, leader: Post) -> Meeting:
    meeting = opened_meeting(world)
    set_commenters(meeting.slots.get(), commenters=[leader], by=world.user("clerk"))
    Notice.objects.all().delete()
    return meeting


def save(world: World, meeting: Meeting, role: str = "leader", **values: object) -> Comment:
    arguments = {"words": WORDS, "revision": 0, "commenter": leader_of(world)} | values
    return save_comment(meeting, world.reporter, **arguments, by=world.user(role))


def finalize(world: World, meeting: Meeting, **values: object) -> Comment:
    facts = {"words": WORDS, "revision": 0, "commenter": leader_of(world), "confirmed": False}
    return finalize_comment(meeting, world.reporter, **(facts | values), by=world.user("leader"))


def problems(comment: Comment) -> list[str]:
    return list(comment.problems.values_list("text", flat=True))


def test_a_draft_in_three_parts(world: World, meeting: Meeting) -> None:
    comment = save(world, meeting)
    assert (comment.praise, problems(comment), comment.demand) == (
        "成绩***",
        ["问题一", "问题二"],
        "要求",
    )
    comment = save(world, meeting, words=CommentWords(demand="新要求"), revision=1)
    assert (comment.praise, problems(comment), comment.demand) == (
        "成绩***",
        ["问题一", "问题二"],
        "新要求",
    )
    assert [entry.verb for entry in AuditEntry.objects.of(comment)] == ["起草点评"]


def test_the_clerk_writes_on_behalf_and_it_is_recorded(world: World, meeting: Meeting) -> None:
    comment = save(world, meeting, role="clerk")
    assert comment.written_by == world.user("clerk")
    assert AuditEntry.objects.of(comment).get().verb == "代录点评"


def test_who_may_not_write(world: World, meeting: Meeting, leader: Post) -> None:
    for role in ("secretary", "supervision", "superior", "attendee", "sibling_clerk"):
        with pytest.raises(PermissionDenied):
            save(world, meeting, role=role)
    other = make_post(world.county, Role.LEADER)
    with pytest.raises(PermissionDenied):
        save(world, meeting, role="clerk", commenter=other)
    make_post(world.township, Role.MEMBER, leader.person)
    with pytest.raises(PermissionDenied):
        save(world, meeting)


def test_written_reports_may_be_commented_by_any_leader(world: World, meeting: Meeting) -> None:
    other = make_post(world.county, Role.LEADER)
    comment = save_comment(
        meeting,
        world.other_reporter,
        commenter=other,
        words=WORDS,
        revision=0,
        by=world.user("clerk"),
    )
    assert comment.reporter == world.other_reporter


def test_the_same_save_again_is_answered_and_not_done_again(world: World, meeting: Meeting) -> None:
    first = save(world, meeting, save_id="a")
    again = save(world, meeting, save_id="a", words=CommentWords("别的"))
    assert (again.pk, again.revision, again.praise) == (first.pk, 1, "成绩***")
    # The answer to "a" was lost on the way; the next save of that page says so.
    after = save(world, meeting, save_id="b", after="a", words=CommentWords("后来"))
    assert (after.revision, after.praise) == (2, "后来")
    with pytest.raises(StaleRevision):
        save(world, meeting, save_id="c", revision=1)


def test_final_is_told_to_the_reporter_and_counts(world: World, meeting: Meeting) -> None:
    assert meeting.missing_comments() == [world.reporter]
    comment = finalize(world, meeting)
    assert comment.is_final
    assert meeting.missing_comments() == []
    assert [notice.user for notice in Notice.objects.all()] == [world.user("secretary")]
    assert AuditEntry.objects.of(comment).filter(verb="点评定稿").count() == 1


def test_praise_without_problems_asks_for_a_second_look(world: World, meeting: Meeting) -> None:
    praise = CommentWords("很好", (), "")
    with pytest.raises(SecondLookError):
        finalize(world, meeting, words=praise)
    with pytest.raises(CommentIncompleteError):
        finalize(world, meeting, words=CommentWords("", (), ""), confirmed=True)
    assert not Comment.objects.exists()
    assert finalize(world, meeting, words=praise, confirmed=True).is_final


def test_a_final_comment_changes_only_with_a_reason_that_stays(world: World, meeting: Meeting) -> None:
    comment = finalize(world, meeting)
    with pytest.raises(TransitionNotAllowed):
        save(world, meeting, revision=comment.revision)
    with pytest.raises(MeetingError, match="理由"):
        reopen_comment(comment, reason=" ", by=world.user("leader"))
    reopen_comment(comment, reason="数字有误", by=world.user("leader"))
    entry = AuditEntry.objects.of(comment).filter(verb="恢复点评为草稿").get()
    assert (entry.note, entry.before["state"], entry.after["state"]) == ("数字有误", "final", "draft")
    assert meeting.missing_comments() == [world.reporter]


def test_every_state_and_verb(world: World, meeting: Meeting) -> None:
    deeds = {
        "finalize": lambda row: finalize(world, meeting, revision=row.revision),
        "reopen": lambda row: reopen_comment(row, reason="更正", by=world.user("clerk")),
    }
    for state, verb in itertools.product(CommentState, deeds):
        Comment.objects.all().delete()
        comment = save(world, meeting)
        Comment.objects.update(state=state)
        if COMMENT_FLOW.allows(state, verb):
            assert deeds[verb](comment).state == COMMENT_FLOW.check(state, verb)
        else:
            with pytest.raises(TransitionNotAllowed):
                deeds[verb](comment)


def test_after_closing_nothing_changes(world: World, meeting: Meeting) -> None:
    comment = finalize(world, meeting)
    Meeting.objects.update(state=MeetingState.CLOSED)
    with pytest.raises(MeetingClosedError):
        reopen_comment(comment, reason="更正", by=world.user("clerk"))
    with pytest.raises(MeetingClosedError):
        save(world, meeting)


def test_drafts_are_seen_by_commenter_and_clerk_only(world: World, meeting: Meeting) -> None:
    comment = save(world, meeting)

    def seen() -> set[str]:
        return {
            role
            for role, user in world.users.items()
            if Comment.objects.visible_to(user).filter(pk=comment.pk).exists()
        }

    assert seen() == {"leader", "clerk"}
    finalize(world, meeting, revision=1)
    assert seen() == {"leader", "clerk", "secretary", "staff", "supervision", "superior"}


def test_who_has_left_the_post_speaks_no_longer_but_the_clerk_may_write_down_what_was_said(
    world: World, meeting: Meeting, leader: Post
) -> None:
    leader.end = clock.today() - dt.timedelta(days=1)
    leader.save()
    with pytest.raises(PermissionDenied):
        save(world, meeting)
    assert save(world, meeting, role="clerk").commenter == leader
