from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry, Notice
from common.conflicts import StaleRevision
from reviews.actions.score_sheets import (
    add_raters,
    key_in_sheet,
    remove_rater,
    save_sheet,
    submit_sheet,
    take_raters,
)
from reviews.models import Rater, ScoreSheet
from reviews.rules.meetings import MeetingState, SheetState
from reviews.rules.score_sheets import (
    HandedInByRaterError,
    MarkOutOfRangeError,
    NotLiveError,
    OwnOrganizationError,
    RaterHasSheetsError,
    SchemeIncompleteError,
    ScoringError,
    SheetIncompleteError,
)
from tests.factories import make_person, make_post
from tests.reviews.rows_of_scoring import make_meeting, make_rater, make_sheet, marks_for
from tests.world import World

pytestmark = pytest.mark.django_db


def submitted(world: World, rater: Rater, *marks: str | None, revision: int = 0) -> ScoreSheet:
    return submit_sheet(
        rater,
        world.other_reporter,
        marks=marks_for(world.cycle, *marks),
        revision=revision,
        by=world.user("attendee"),
    )


# --- Raters -----------------------------------------------------------------------------------


def test_raters_are_added_once_each_and_told(world):
    meeting = make_meeting(world.cycle, MeetingState.PREPARING)
    people = [world.user("attendee").person, world.user("leader").person, world.user("leader").person]
    category = world.cycle.scheme.categories.first()

    add_raters(meeting, people=people, category=category, by=world.user("clerk"))
    again = add_raters(meeting, people=people, category=category, by=world.user("clerk"))

    assert again == []
    assert {rater.person.name for rater in meeting.raters.all()} == {"吴某", "钱某"}
    assert AuditEntry.objects.of(meeting).filter(verb="添加评分人").count() == 2
    assert Notice.objects.get(user=world.user("attendee")).url == f"/meetings/{meeting.pk}/sheets/"


@pytest.mark.parametrize("role", ["leader", "secretary", "attendee", "administrator", "sibling_clerk"])
def test_only_the_clerk_adds_raters(world, role):
    meeting = make_meeting(world.cycle)
    category = world.cycle.scheme.categories.first()

    with pytest.raises(PermissionDenied):
        add_raters(meeting, people=[make_person()], category=category, by=world.user(role))


def test_nobody_is_added_after_the_end(world):
    meeting = make_meeting(world.cycle, MeetingState.CLOSED)
    category = world.cycle.scheme.categories.first()

    with pytest.raises(ScoringError, match="已经结束"):
        add_raters(meeting, people=[make_person()], category=category, by=world.user("clerk"))


def test_rater_with_a_sheet_stays(world):
    meeting = make_meeting(world.cycle)
    rater = make_rater(meeting, world.user("attendee"))
    make_sheet(rater, world.reporter, "90", "90")

    with pytest.raises(RaterHasSheetsError, match="吴某已提交评分表"):
        remove_rater(rater, by=world.user("clerk"))


def test_rater_with_a_draft_only_goes(world):
    meeting = make_meeting(world.cycle)
    rater = make_rater(meeting, world.user("attendee"))
    ScoreSheet.objects.create(rater=rater, reporter=world.reporter)

    remove_rater(rater, by=world.user("clerk"))

    assert not meeting.raters.exists()
    assert AuditEntry.objects.of(meeting).filter(verb="移除评分人").count() == 1


# --- Sheets -----------------------------------------------------------------------------------


def test_submitted_sheet_is_stored_audited_and_freezes_the_scheme(world):
    rater = make_rater(make_meeting(world.cycle), world.user("attendee"))

    sheet = submitted(world, rater, "90.5", "88")

    assert [mark.score for mark in sheet.marks.all()] == [Decimal("90.50"), Decimal("88.00")]
    assert (sheet.state, sheet.revision, sheet.keyed_in_by) == (SheetState.SUBMITTED, 1, None)
    entry = AuditEntry.objects.of(sheet).get()
    assert (entry.verb, entry.after) == ("提交评分表", {"履行主体责任": "90.50", "个人履职": "88.00"})
    world.cycle.scheme.refresh_from_db()
    assert world.cycle.scheme.is_frozen


def test_incomplete_sheet_is_refused_by_name(world):
    rater = make_rater(make_meeting(world.cycle), world.user("attendee"))

    with pytest.raises(SheetIncompleteError, match="还没有评分的项目：个人履职。"):
        submitted(world, rater, "90", None)

    assert not ScoreSheet.objects.exists()


@pytest.mark.parametrize("mark", ["100.01", "-1", "90.123"])
def test_mark_off_the_scale_is_refused_by_name(world, mark):
    rater = make_rater(make_meeting(world.cycle), world.user("attendee"))

    with pytest.raises(MarkOutOfRangeError, match="履行主体责任"):
        submitted(world, rater, mark, "90")


def test_nobody_scores_the_own_organization(world):
    make_post(world.other_township, "member", world.user("attendee").person)
    rater = make_rater(make_meeting(world.cycle), world.user("attendee"))

    with pytest.raises(OwnOrganizationError, match="本单位，不参加评分"):
        submitted(world, rater, "90", "90")


def test_post_that_ended_before_the_year_is_no_bar_but_one_within_it_is(world):
    long_ago = make_post(world.other_township, "member", world.user("attendee").person, end="2025-12-31")
    rater = make_rater(make_meeting(world.cycle), world.user("attendee"))
    assert rater.may_score(world.other_reporter)

    long_ago.end = "2026-01-01"
    long_ago.save()

    assert not Rater.objects.get(pk=rater.pk).may_score(world.other_reporter)


@pytest.mark.parametrize("state", [MeetingState.PREPARING, MeetingState.CLOSED])
@pytest.mark.parametrize("deed", [save_sheet, submit_sheet])
def test_marks_count_only_while_the_meeting_is_on(world, state, deed):
    rater = make_rater(make_meeting(world.cycle, state), world.user("attendee"))

    with pytest.raises(NotLiveError):
        deed(
            rater,
            world.reporter,
            marks=marks_for(world.cycle, "90", "90"),
            revision=0,
            by=world.user("attendee"),
        )


@pytest.mark.parametrize("role", ["clerk", "leader", "secretary", "other_secretary", "administrator"])
def test_nobody_fills_in_another_ones_sheet(world, role):
    rater = make_rater(make_meeting(world.cycle), world.user("attendee"))

    with pytest.raises(PermissionDenied):
        submit_sheet(
            rater,
            world.reporter,
            marks=marks_for(world.cycle, "90", "90"),
            revision=0,
            by=world.user(role),
        )


def test_reporter_of_another_meeting_is_not_scored_here(world):
    make_meeting(world.cycle, title="第一片区")
    here = make_meeting(world.cycle, title="第二片区")
    here.slots.all().delete()
    rater = make_rater(here, world.user("attendee"))

    with pytest.raises(PermissionDenied):
        save_sheet(
            rater, world.reporter, marks=marks_for(world.cycle, "90", "90"), revision=0, by=world.user("attendee")
        )


def test_draft_keeps_what_was_marked_and_counts_for_nothing(world):
    rater = make_rater(make_meeting(world.cycle), world.user("attendee"))
    marks = marks_for(world.cycle, "90", None)

    sheet = save_sheet(rater, world.reporter, marks=marks, revision=0, by=world.user("attendee"))

    assert [mark.score for mark in sheet.marks.all()] == [Decimal("90.00")]
    assert not ScoreSheet.objects.submitted().exists()
    assert not AuditEntry.objects.of(sheet).exists()


def test_change_of_a_submitted_sheet_stays_submitted_and_complete(world):
    rater = make_rater(make_meeting(world.cycle), world.user("attendee"))
    submitted(world, rater, "90", "90")
    attendee = world.user("attendee")

    with pytest.raises(SheetIncompleteError):
        save_sheet(rater, world.other_reporter, marks=marks_for(world.cycle, "95", None), revision=1, by=attendee)
    sheet = save_sheet(rater, world.other_reporter, marks=marks_for(world.cycle, "95", "90"), revision=1, by=attendee)

    assert sheet.is_submitted
    change = AuditEntry.objects.of(sheet).first()
    assert change is not None
    assert (change.verb, change.before, change.after) == (
        "修改评分表",
        {"履行主体责任": "90.00"},
        {"履行主体责任": "95.00"},
    )


def test_second_tab_is_told(world):
    rater = make_rater(make_meeting(world.cycle), world.user("attendee"))
    submitted(world, rater, "90", "90", revision=0)

    with pytest.raises(StaleRevision):
        submitted(world, rater, "70", "70", revision=0)

    assert {mark.score for mark in ScoreSheet.objects.get().marks.all()} == {Decimal("90.00")}


def test_scheme_that_does_not_add_up_is_not_scored_by(world):
    world.cycle.scheme.dimensions.filter(position=2).update(weight=Decimal(40))
    rater = make_rater(make_meeting(world.cycle), world.user("attendee"))

    with pytest.raises(SchemeIncompleteError, match="评分项目的权重合计90%，应为100%"):
        submitted(world, rater, "90", "90")


def test_paper_form_is_keyed_in_by_the_clerk_in_the_clerks_name(world):
    rater = make_rater(make_meeting(world.cycle), world.user("attendee"))
    marks = marks_for(world.cycle, "80", "85")

    sheet = key_in_sheet(rater, world.reporter, marks=marks, revision=0, by=world.user("clerk"))

    assert (sheet.is_submitted, sheet.keyed_in_by) == (True, world.user("clerk"))
    entry = AuditEntry.objects.of(sheet).get()
    assert (entry.verb, entry.actor) == ("代录评分表", world.user("clerk"))


def test_what_the_rater_handed_in_nobody_else_changes(world):
    rater = make_rater(make_meeting(world.cycle), world.user("attendee"))
    submitted(world, rater, "90", "90")
    clerk, marks = world.user("clerk"), marks_for(world.cycle, "60", "60")

    with pytest.raises(HandedInByRaterError, match="吴某本人已经提交这份评分表"):
        key_in_sheet(rater, world.other_reporter, marks=marks, revision=1, by=clerk)

    assert {mark.score for mark in ScoreSheet.objects.get().marks.all()} == {Decimal("90.00")}


def test_clerk_corrects_what_the_clerk_keyed_in(world):
    rater = make_rater(make_meeting(world.cycle), world.user("attendee"))
    clerk = world.user("clerk")
    key_in_sheet(rater, world.reporter, marks=marks_for(world.cycle, "60", "60"), revision=0, by=clerk)

    sheet = key_in_sheet(rater, world.reporter, marks=marks_for(world.cycle, "61", "60"), revision=1, by=clerk)

    assert [str(mark.score) for mark in sheet.marks.all()] == ["61.00", "60.00"]


@pytest.mark.parametrize("role", ["leader", "attendee", "secretary", "sibling_clerk"])
def test_only_the_clerk_keys_in(world, role):
    rater = make_rater(make_meeting(world.cycle), world.user("attendee"))

    with pytest.raises(PermissionDenied):
        key_in_sheet(rater, world.reporter, marks=marks_for(world.cycle, "80", "85"), revision=0, by=world.user(role))


# --- Raters from the attendance list --------------------------------------------------------------


def test_groups_of_the_attendance_list_become_raters_at_once(world):
    meeting = make_meeting(world.cycle, MeetingState.PREPARING)
    first, second = world.cycle.scheme.categories.all()
    leaders = meeting.attendance_groups.create(name="县委常委", position=1)
    others = meeting.attendance_groups.create(name="部门负责人", position=2)
    leader, attendee = world.user("leader").person, world.user("attendee").person
    leaders.attendees.create(name=leader.name, person=leader)
    leaders.attendees.create(name="没有登记的")
    for person in (leader, attendee):
        others.attendees.create(name=person.name, person=person)

    take_raters(meeting, categories={leaders.pk: first, others.pk: second}, by=world.user("clerk"))

    assert set(meeting.raters.values_list("person", "category")) == {(leader.pk, first.pk), (attendee.pk, second.pk)}


def test_who_votes_without_a_name_is_put_on_no_list(world):
    meeting = make_meeting(world.cycle, MeetingState.PREPARING)
    category = world.cycle.scheme.categories.first()
    category.channel = "anonymous"
    category.save()

    with pytest.raises(ScoringError, match="投无记名测评票"):
        add_raters(meeting, people=[make_person()], category=category, by=world.user("clerk"))
