"""A rehearsal leaves nothing behind: not in one table, not in an inbox, not on a shelf."""

import re
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry, Notice
from accounts.rules.roles import Role
from common.flow import TransitionNotAllowed
from documents.actions.documents import request_document
from documents.models import Document
from reviews.actions.agenda import set_commenters
from reviews.actions.closing import close_meeting
from reviews.actions.comments import CommentWords, save_comment
from reviews.actions.meetings import open_meeting
from reviews.actions.rehearsals import begin_rehearsal, end_rehearsal, fill_rehearsal, run_rehearsal
from reviews.actions.score_sheets import add_raters
from reviews.models import Comment, Meeting, ScoreMark, ScoreSheet
from reviews.models.rehearsals import collect_rows, meeting_tables, table_labels
from reviews.papers import agenda
from reviews.rules.closing import ClosingRefusedError
from reviews.rules.meetings import CommentState, MeetingError, MeetingPattern, MeetingState, SlotState
from tests.factories import make_person, make_post
from tests.reviews.rows_of_meetings import add_reporter, host_of, leader_of, opened_meeting, set_up_meeting
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(world: World) -> Meeting:
    """With a rater, an assigned commenter and a draft that was written before."""
    add_reporter(world, "丙乡党委")
    meeting, clerk = set_up_meeting(world), world.user("clerk")
    category = next(row for row in world.cycle.scheme.categories.all() if not row.is_anonymous)
    add_raters(meeting, people=[make_person("评某")], category=category, by=clerk)
    slot = meeting.slots.exclude(reporter=world.reporter).get()
    set_commenters(slot, commenters=[leader_of(world)], by=clerk)
    words = CommentWords("真的成绩", ("真的问题",), "真的要求")
    save_comment(meeting, slot.reporter, commenter=leader_of(world), words=words, revision=0, by=clerk)
    return Meeting.objects.with_facts().get(pk=meeting.pk)


@pytest.mark.parametrize("pattern", MeetingPattern.values)
def test_run_through_and_nothing_remains(world: World, meeting: Meeting, pattern: str) -> None:
    clerk = world.user("clerk")
    Meeting.objects.update(pattern=pattern)
    meeting.refresh_from_db()
    before, notices = collect_rows(meeting), Notice.objects.count()
    begin_rehearsal(meeting, by=clerk)
    fill_rehearsal(meeting, by=clerk)
    run_rehearsal(meeting, by=clerk)
    assert ScoreSheet.objects.exists()
    assert {slot.state for slot in meeting.slots.all()} == {SlotState.DONE}
    assert Comment.objects.filter(state=CommentState.FINAL).count() == 2
    row = end_rehearsal(meeting, by=clerk)
    assert row.outcome["left"] == []
    assert collect_rows(Meeting.objects.get(pk=meeting.pk)) == before
    assert (ScoreSheet.objects.count(), ScoreMark.objects.count(), Comment.objects.count()) == (0, 0, 1)
    assert Comment.objects.get().praise == "真的成绩"
    assert Notice.objects.count() == notices
    verbs = list(AuditEntry.objects.filter(verb__in=["开始演练", "结束演练"]).values_list("verb", flat=True))
    assert sorted(verbs) == ["开始演练", "结束演练"]
    world.cycle.refresh_from_db()
    assert world.cycle.order_fixed_at is None


def test_the_real_meeting_follows(world: World, meeting: Meeting) -> None:
    clerk = world.user("clerk")
    begin_rehearsal(meeting, by=clerk)
    with pytest.raises(TransitionNotAllowed):
        open_meeting(meeting, by=clerk)
    with pytest.raises(ClosingRefusedError, match="正在演练"):
        close_meeting(meeting, by=clerk)
    end_rehearsal(meeting, by=clerk)
    assert open_meeting(meeting, by=clerk).state == MeetingState.LIVE
    with pytest.raises(TransitionNotAllowed):
        begin_rehearsal(meeting, by=clerk)


def test_papers_bear_the_mark_and_go(world: World, meeting: Meeting) -> None:
    clerk = world.user("clerk")
    kept = request_document(
        paper="reviews.papers.agenda.content", subject=meeting, title="议程", committee=world.county, by=clerk
    )
    Document.objects.update(state="ready")
    begin_rehearsal(meeting, by=clerk)
    assert all("演练" in part.html for part in agenda.content(meeting.pk).parts)
    request_document(
        paper="reviews.papers.script.content", subject=meeting, title="主持词", committee=world.county, by=clerk
    )
    end_rehearsal(meeting, by=clerk)
    assert list(Document.objects.all()) == [kept]
    assert "演练" not in agenda.content(meeting.pk).parts[0].html


def test_made_up_comments_are_nobodys_business(world: World, meeting: Meeting) -> None:
    clerk, secretary = world.user("clerk"), world.user("secretary")
    begin_rehearsal(meeting, by=clerk)
    fill_rehearsal(meeting, by=clerk)
    assert not Comment.objects.visible_to(secretary).exists()
    assert Comment.objects.visible_to(clerk).count() == 2


def test_only_the_clerk_and_only_in_a_rehearsal(world: World, meeting: Meeting) -> None:
    for act in (begin_rehearsal, fill_rehearsal, run_rehearsal, end_rehearsal):
        with pytest.raises(PermissionDenied):
            act(meeting, by=world.user("leader"))
    for act in (fill_rehearsal, run_rehearsal, end_rehearsal):
        with pytest.raises(MeetingError, match="没有在演练"):
            act(meeting, by=world.user("clerk"))


def test_a_real_meeting_is_never_wiped(world: World) -> None:
    meeting = opened_meeting(world)
    with pytest.raises(MeetingError, match="没有在演练"):
        end_rehearsal(meeting, by=world.user("clerk"))


def test_what_remains_would_be_found(world: World, meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted defect: a wipe that forgets something is told of by the second look."""
    clerk = world.user("clerk")
    begin_rehearsal(meeting, by=clerk)
    fill_rehearsal(meeting, by=clerk)
    monkeypatch.setattr("reviews.actions.rehearsals.restore_rows", lambda meeting, before: None)
    row = end_rehearsal(meeting, by=clerk)
    assert any("评分表" in line for line in row.outcome["left"])


def test_every_table_of_a_meeting_is_known() -> None:
    labels = {model._meta.label_lower for model in meeting_tables()}
    assert {"reviews.slot", "reviews.scoresheet", "reviews.scoremark", "reviews.commentproblem"} <= labels
    assert {"reviews.slot_commenters", "reviews.ballotround", "reviews.sealedballot", "reviews.question"} <= labels


def test_news_of_a_meeting_goes_through_one_door() -> None:
    """Whoever tells of a meeting must fall silent in a rehearsal."""
    actions = Path(__file__).parents[3] / "reviews" / "actions"
    direct = {
        path.name
        for path in actions.glob("*.py")
        if "import notify" in path.read_text() or ", notify" in path.read_text()
    }
    about_meetings = {"agenda.py", "agenda_versions.py", "comments.py", "live.py", "meetings.py", "minutes.py"}
    about_meetings |= {"questions.py", "score_sheets.py", "sheets.py", "speeches.py", "ballot_rounds.py", "slips.py"}
    assert not direct & about_meetings


def test_someone_without_a_part_keeps_the_post(world: World, meeting: Meeting) -> None:
    """Rows of other meetings and years are not touched."""
    other = set_up_meeting(world)
    post = make_post(world.county, Role.MEMBER)
    begin_rehearsal(meeting, by=world.user("clerk"))
    Meeting.objects.filter(pk=other.pk).update(host=post, place="四楼")
    row = end_rehearsal(meeting, by=world.user("clerk"))
    other.refresh_from_db()
    assert (other.place, other.host) == ("四楼", post)
    assert row.outcome["left"] == []
    assert host_of(world)


def test_every_table_of_the_proof_has_a_chinese_name() -> None:
    assert [name for name in table_labels().values() if re.search("[A-Za-z_]", name)] == []
    assert table_labels()["reviews.slot_commenters"] == "述职—任职"
