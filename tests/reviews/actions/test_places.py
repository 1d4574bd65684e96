import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry
from reporting.actions.reporters import edit_reporter
from reporting.rules.cycles import ReportMode
from reporting.rules.refusals import ReporterRefused
from reviews.actions.agenda import set_commenters
from reviews.actions.comments import CommentWords, save_comment
from reviews.actions.live import finish_slot, hear_slot, start_slot
from reviews.actions.meetings import edit_meeting, open_meeting
from reviews.actions.places import save_places, save_venues
from reviews.models import Comment, Meeting, Place
from reviews.models.cycles import cycle_facts
from reviews.models.live import live_state
from reviews.models.places import unplaced_reporters
from reviews.rules.meetings import CommentState, MeetingError, MeetingKind, MeetingPattern, SlotState
from reviews.rules.places import Hall
from tests.reviews.rows_of_meetings import add_reporter, leader_of, opened_meeting, set_up_meeting
from tests.world import World

pytestmark = pytest.mark.django_db


def heard_at(meeting: Meeting) -> set[int]:
    return set(meeting.reporters.values_list("pk", flat=True))


def test_a_second_meeting_begins_empty_and_the_first_keeps_everybody(world: World) -> None:
    first = set_up_meeting(world)
    everybody = heard_at(first)
    second = set_up_meeting(world)
    assert heard_at(first) == everybody == set(world.cycle.reporters.values_list("pk", flat=True))
    assert heard_at(second) == set()
    assert second.slots.count() == 0
    assert second.title.endswith("（第二场）")


def test_a_reporter_moves_with_slot_and_belongs_to_one_meeting(world: World) -> None:
    moving = add_reporter(world, "丙乡党委")
    first, second = set_up_meeting(world), set_up_meeting(world)
    save_places(world.cycle, places={moving.pk: second.pk}, by=world.user("clerk"))
    assert heard_at(second) == {moving.pk}
    assert not heard_at(first) & heard_at(second)
    assert list(second.slots.values_list("reporter", flat=True)) == [moving.pk]
    assert not first.slots.filter(reporter=moving).exists()
    assert Place.objects.count() == world.cycle.reporters.count()
    assert AuditEntry.objects.filter(verb="分配述职会议").count() == 1


def test_commenters_and_drafts_come_along_and_final_comments_hold(world: World) -> None:
    first, second, clerk = set_up_meeting(world), set_up_meeting(world), world.user("clerk")
    leader, reporter = leader_of(world), world.reporter
    set_commenters(first.slots.get(reporter=reporter), commenters=[leader], by=clerk)
    words = CommentWords("成绩", ("问题",), "要求")
    save_comment(first, reporter, commenter=leader, words=words, revision=0, by=clerk)
    save_places(world.cycle, places={reporter.pk: second.pk}, by=clerk)
    assert list(second.slots.get(reporter=reporter).commenters.all()) == [leader]
    assert second.comments.get().praise == "成绩"
    Comment.objects.update(state=CommentState.FINAL)
    with pytest.raises(MeetingError, match="定稿点评"):
        save_places(world.cycle, places={reporter.pk: first.pk}, by=clerk)


def test_who_is_in_none_is_named_and_holds_the_year_up(world: World) -> None:
    set_up_meeting(world)
    set_up_meeting(world)
    late = add_reporter(world, "丁乡党委")
    assert list(unplaced_reporters(world.cycle)) == [late]
    assert cycle_facts(world.cycle).unplaced == [f"{late.organization.label}{late.name}"]


def test_an_opened_meeting_gives_nobody_away(world: World) -> None:
    opened = opened_meeting(world)
    second = set_up_meeting(world)
    with pytest.raises(MeetingError, match="已经召开"):
        save_places(world.cycle, places={world.reporter.pk: second.pk}, by=world.user("clerk"))
    assert world.reporter.pk in heard_at(opened)


def test_only_the_clerk_divides(world: World) -> None:
    second = set_up_meeting(world)
    for role in ("secretary", "leader", "superior", "sibling_clerk"):
        with pytest.raises(PermissionDenied):
            save_places(world.cycle, places={world.reporter.pk: second.pk}, by=world.user(role))


def test_opening_one_meeting_leaves_the_other_changeable(world: World) -> None:
    moving = add_reporter(world, "丙乡党委")
    first, second = set_up_meeting(world), set_up_meeting(world)
    clerk = world.user("clerk")
    save_places(world.cycle, places={moving.pk: second.pk}, by=clerk)
    open_meeting(first, by=clerk)
    edit_reporter(moving, post=moving.post, mode=ReportMode.WRITTEN, mode_reason="外出学习", by=clerk)
    world.reporter.refresh_from_db()
    with pytest.raises(ReporterRefused, match="已经召开"):
        edit_reporter(world.reporter, post=world.reporter.post, mode=ReportMode.WRITTEN, mode_reason="病", by=clerk)


def test_a_meeting_with_reporters_stays_one_that_judges(world: World) -> None:
    first = set_up_meeting(world)
    set_up_meeting(world)
    with pytest.raises(MeetingError, match="不述职评议"):
        edit_meeting(first, facts={"kind": MeetingKind.SUMMARY}, revision=first.revision, by=world.user("clerk"))


def test_halls_are_written_and_two_of_one_name_refused(world: World) -> None:
    meeting, clerk = set_up_meeting(world), world.user("clerk")
    save_venues(meeting, halls=[Hall("柳河分会场", "柳河镇三楼", "张某 139XXXX"), Hall("石桥分会场")], by=clerk)
    with pytest.raises(MeetingError, match="重名：石桥"):
        save_venues(meeting, halls=[Hall("石桥"), Hall("石桥")], by=clerk)
    assert list(meeting.venues.values_list("name", "position")) == [("柳河分会场", 1), ("石桥分会场", 2)]


def test_all_reports_first_then_the_comments(world: World) -> None:
    add_reporter(world, "丙乡党委")
    meeting, clerk = opened_meeting(world, pattern=MeetingPattern.TOGETHER), world.user("clerk")
    first, second = meeting.slots.all()
    start_slot(first, by=clerk)
    assert hear_slot(first, call_next=True, by=clerk) == second
    assert live_state(meeting).next is not None
    under_way = hear_slot(second, call_next=True, by=clerk)
    assert (under_way, under_way.state) == (first, SlotState.COMMENTING)
    assert finish_slot(first, call_next=True, by=clerk) == second
    finish_slot(second, by=clerk)
    assert [slot.state for slot in meeting.slots.all()] == [SlotState.DONE, SlotState.DONE]
