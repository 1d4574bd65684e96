import pytest
from django.core.exceptions import PermissionDenied

from rectification.models import Problem
from rectification.rules.items import ProblemSource
from rectification.rules.problems import ProblemScope
from reviews.actions.findings import raise_finding
from reviews.actions.questions import add_question
from reviews.models import BallotRemark, BallotRound, Comment, Meeting, Speech
from reviews.models.findings import Finding, findings
from reviews.rules.ballot_remarks import RemarkState
from reviews.rules.findings import FindingRefusedError
from reviews.rules.meetings import CommentState, MeetingState
from reviews.rules.speeches import SpeechKind
from tests.reviews.rows_of_meetings import leader_of, opened_meeting
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(world: World) -> Meeting:
    """A question, an overall comment, a comment and a released remark, one problem each."""
    meeting, clerk = opened_meeting(world), world.user("clerk")
    add_question(meeting, world.reporter, asker=leader_of(world), text="经费？", by=clerk)
    speech = Speech.objects.create(meeting=meeting, kind=SpeechKind.OVERALL, speaker="高某")
    speech.problems.create(text="责任落得不够实")
    comment = Comment.objects.create(
        meeting=meeting,
        reporter=world.reporter,
        commenter=leader_of(world),
        written_by=clerk,
        state=CommentState.FINAL,
    )
    comment.problems.create(text="载体不多")
    round_ = BallotRound.objects.create(meeting=meeting, title="测评")
    for state in (RemarkState.RELEASED, RemarkState.HELD):
        BallotRemark.objects.create(round=round_, reporter=world.reporter, text=f"意见{state}", state=state)
    return meeting


def by_kind(meeting: Meeting) -> dict[str, Finding]:
    return {row.kind.value: row for row in findings(Meeting.objects.get(pk=meeting.pk))}


def test_each_becomes_a_problem_in_one_deed_and_only_once(world: World, meeting: Meeting) -> None:
    """S-111 to S-115: the source tells where it was named, the domain is the organization's."""
    clerk, found = world.user("clerk"), by_kind(meeting)
    assert set(found) == {"comment", "question", "speech", "remark"}
    asked = raise_finding(meeting, key=found["question"].key, is_common=False, category="投入保障", by=clerk)
    again = raise_finding(meeting, key=found["question"].key, is_common=True, by=clerk)
    assert (asked.pk, asked.source, asked.category) == (again.pk, ProblemSource.QUESTION, "投入保障")
    assert asked.organization == world.township
    common = raise_finding(meeting, key=found["speech"].key, is_common=True, by=clerk)
    assert (common.organization, common.scope) == (None, ProblemScope.COMMON)
    remark = raise_finding(meeting, key=found["remark"].key, is_common=False, by=clerk)
    assert (remark.source, remark.text) == (ProblemSource.MASSES, "意见released")
    assert Problem.objects.count() == 3
    assert {kind for kind, row in by_kind(meeting).items() if row.problem is None} == {"comment"}


def test_a_comment_waits_for_the_closing_and_a_speech_names_nobody(world: World, meeting: Meeting) -> None:
    clerk, found = world.user("clerk"), by_kind(meeting)
    with pytest.raises(FindingRefusedError, match="自动列入"):
        raise_finding(meeting, key=found["comment"].key, is_common=False, by=clerk)
    with pytest.raises(FindingRefusedError, match="共性问题"):
        raise_finding(meeting, key=found["speech"].key, is_common=False, by=clerk)
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.CLOSED)
    problem = raise_finding(meeting, key=found["comment"].key, is_common=True, by=clerk)
    assert (problem.source, problem.is_common) == (ProblemSource.COMMENT, True)


def test_what_is_not_there_or_not_released_is_refused(world: World, meeting: Meeting) -> None:
    held = BallotRemark.objects.get(state=RemarkState.HELD)
    for key in (f"remark:{held.pk}", "question:999", "other:1", ""):
        with pytest.raises(FindingRefusedError, match="已经删去"):
            raise_finding(meeting, key=key, is_common=False, by=world.user("clerk"))
    for role in ("leader", "secretary", "supervision", "sibling_clerk"):
        with pytest.raises(PermissionDenied):
            raise_finding(meeting, key="question:1", is_common=False, by=world.user(role))


def test_a_rehearsal_puts_nothing_on_a_list(world: World, meeting: Meeting) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(rehearsing=True)
    with pytest.raises(FindingRefusedError, match="正在演练"):
        raise_finding(meeting, key=by_kind(meeting)["speech"].key, is_common=True, by=world.user("clerk"))
