import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry, Notice
from accounts.rules.roles import Role
from common.conflicts import StaleRevision
from reporting.rules.cycles import ReportMode
from reviews.actions.agenda import (
    ItemValues,
    move_slot,
    save_agenda,
    set_absent,
    set_commenters,
    sync_slots,
)
from reviews.models import Meeting, Slot
from reviews.rules.meetings import (
    AgendaItemKind,
    MeetingClosedError,
    MeetingError,
    MeetingState,
    SlotState,
)
from tests.factories import make_post
from tests.reviews.rows_of_meetings import add_reporter, leader_of, set_up_meeting
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(world: World) -> Meeting:
    for name in ("丙乡党委", "丁乡党委"):
        add_reporter(world, name)
    return set_up_meeting(world)


def values(meeting: Meeting) -> list[ItemValues]:
    rows = meeting.agenda_items.all()
    return [ItemValues(row.kind, row.title, row.speaker, row.note, row.minutes, row.pk) for row in rows]


def test_items_are_added_removed_and_put_in_order(world: World, meeting: Meeting) -> None:
    first, second, *rest = values(meeting)
    new = ItemValues(AgendaItemKind.DECISION, "宣读《XX决定》", "X同志")
    save_agenda(meeting, items=[second, first, new], revision=1, by=world.user("clerk"))
    rows = list(meeting.agenda_items.values_list("title", "position"))
    assert rows == [(second.title, 1), (first.title, 2), ("宣读《XX决定》", 3)]
    assert meeting.agenda_items.first().pk == second.pk
    assert rest


def test_taking_the_reports_out_takes_the_waiting_slots_out(world: World, meeting: Meeting) -> None:
    items = values(meeting)
    save_agenda(meeting, items=items[1:], revision=1, by=world.user("clerk"))
    assert meeting.slots.count() == 0
    save_agenda(meeting, items=items, revision=2, by=world.user("clerk"))
    assert meeting.slots.count() == 3


def test_two_items_of_reports_are_refused(world: World, meeting: Meeting) -> None:
    items = [*values(meeting), ItemValues(AgendaItemKind.REPORTS, "再述职")]
    with pytest.raises(MeetingError, match="只能有一项"):
        save_agenda(meeting, items=items, revision=1, by=world.user("clerk"))


def test_an_old_page_does_not_overwrite_the_agenda(world: World, meeting: Meeting) -> None:
    save_agenda(meeting, items=values(meeting), revision=1, by=world.user("clerk"))
    with pytest.raises(StaleRevision):
        save_agenda(meeting, items=[], revision=1, by=world.user("clerk"))
    assert meeting.agenda_items.count() == 4


def test_slots_follow_the_reporters_when_synchronized(world: World, meeting: Meeting) -> None:
    new = add_reporter(world, "戊乡党委")
    world.reporter.mode = ReportMode.WRITTEN
    world.reporter.save()
    sync_slots(meeting, by=world.user("clerk"))
    kept = list(meeting.slots.values_list("reporter", "position"))
    assert kept[-1] == (new.pk, 3)
    assert world.reporter.pk not in [pk for pk, _ in kept]
    entries = AuditEntry.objects.of(meeting).filter(verb="同步述职人")
    assert not sync_slots(meeting, by=world.user("clerk"))
    assert entries.count() == 1


def test_a_slot_that_has_begun_stays(world: World, meeting: Meeting) -> None:
    meeting.slots.filter(reporter=world.reporter).update(state=SlotState.DONE)
    world.reporter.mode = ReportMode.WRITTEN
    world.reporter.save()
    assert not sync_slots(meeting, by=world.user("clerk"))


def test_moving_a_slot(world: World, meeting: Meeting) -> None:
    first, second, third = meeting.slots.all()
    move_slot(third, -1, by=world.user("clerk"))
    assert list(meeting.slots.all()) == [first, third, second]
    move_slot(first, -1, by=world.user("clerk"))
    assert list(meeting.slots.all()) == [first, third, second]


def test_commenters_are_named_told_and_audited(world: World, meeting: Meeting) -> None:
    slot = meeting.slots.get(reporter=world.reporter)
    leader = leader_of(world)
    set_commenters(slot, commenters=[leader, meeting.host], by=world.user("clerk"))
    assert set(slot.commenters.all()) == {leader, meeting.host}
    assert Notice.objects.get().user == world.user("leader")
    assert AuditEntry.objects.of(slot).get().verb == "安排点评人"
    # Naming them again tells nobody twice.
    set_commenters(slot, commenters=[leader], by=world.user("clerk"))
    assert Notice.objects.count() == 1


def test_nobody_comments_on_the_own_organization(world: World, meeting: Meeting) -> None:
    leader = leader_of(world)
    make_post(world.township, Role.MEMBER, leader.person)
    slot = meeting.slots.get(reporter=world.reporter)
    with pytest.raises(MeetingError, match="本单位"):
        set_commenters(slot, commenters=[leader], by=world.user("clerk"))


def test_a_commenter_comes_from_the_committee(world: World, meeting: Meeting) -> None:
    post = world.user("attendee").person.posts.get()
    with pytest.raises(MeetingError, match="不在可安排"):
        set_commenters(meeting.slots.first(), commenters=[post], by=world.user("clerk"))


def test_who_has_not_come_is_noted(world: World, meeting: Meeting) -> None:
    slot = meeting.slots.first()
    assert set_absent(slot, absent=True, by=world.user("clerk")).absent
    assert not set_absent(slot, absent=False, by=world.user("clerk")).absent
    Slot.objects.update(state=SlotState.REPORTING)
    with pytest.raises(MeetingError, match="已经开始"):
        set_absent(slot, absent=True, by=world.user("clerk"))


def test_others_do_not_touch_it_and_nobody_after_closing(world: World, meeting: Meeting) -> None:
    slot = meeting.slots.first()
    for role in ("leader", "superior", "secretary", "sibling_clerk"):
        user = world.user(role)
        with pytest.raises(PermissionDenied):
            save_agenda(meeting, items=[], revision=1, by=user)
        with pytest.raises(PermissionDenied):
            move_slot(slot, 1, by=user)
        with pytest.raises(PermissionDenied):
            sync_slots(meeting, by=user)
    Meeting.objects.update(state=MeetingState.CLOSED)
    with pytest.raises(MeetingClosedError):
        move_slot(slot, 1, by=world.user("clerk"))
