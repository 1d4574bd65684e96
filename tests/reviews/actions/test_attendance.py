import datetime as dt
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import models

from accounts.models import AuditEntry
from accounts.rules.roles import Role
from common import clock
from common.conflicts import StaleRevision
from reviews.actions import attendance
from reviews.actions.attendance import (
    GroupValues,
    issue_sign_in_codes,
    save_attendance,
    sign_in_attendee,
    tick_attendance,
)
from reviews.models import Attendee, Meeting
from reviews.models.attendance import PresenceCount, presence_counts, reporters_present
from reviews.models.meeting_facts import gather_facts
from reviews.rules.attendance import Member
from reviews.rules.doors import DOOR_SECONDS, MOST_TRIES, DoorCodeError, TooManyTriesError, door_code
from tests.factories import make_person, make_post
from tests.reviews.rows_of_meetings import set_up_meeting
from tests.world import World

pytestmark = pytest.mark.django_db


def save(world: World, meeting: Meeting, groups: list[GroupValues], revision: int = 1) -> Meeting:
    guests = [Member("***", "市委组织部", "副部长"), Member("***", "市委组织部", "副部长")]
    return save_attendance(
        meeting, guests=guests, groups=groups, total_text="", revision=revision, by=world.user("clerk")
    )


def test_words_stay_as_typed_and_three_masked_people_stay_three(world: World) -> None:
    meeting = set_up_meeting(world)
    members = (Member("***"), Member("***"), Member("***"))
    save(world, meeting, [GroupValues("县委常委", "***", members), GroupValues("群众代表", "8名")])
    facts = gather_facts(meeting)
    assert [guest.name for guest in facts.guests] == ["***", "***"]
    assert [(line.group.name, line.figure, len(line.attendees)) for line in facts.groups] == [
        ("县委常委", "***", 3),
        ("群众代表", "8名", 0),
    ]
    assert facts.total_words == "共8人（另有1类人数未计）"


def test_a_registered_person_in_two_categories_counts_once(world: World) -> None:
    meeting = set_up_meeting(world)
    person = make_person("钱二")
    make_post(world.department, Role.MEMBER, person, title="副局长")
    member = Member("钱二", "县财政局党组", "副局长")
    save(world, meeting, [GroupValues("甲", "5", (member,)), GroupValues("乙", "", (member,))])
    assert set(Attendee.objects.filter(name="钱二").values_list("person", flat=True)) == {person.pk}
    # 5 + 1, and 钱二 once.
    assert gather_facts(meeting).total.total == 5


def test_rows_of_those_who_stay_keep_their_tick(world: World) -> None:
    meeting = set_up_meeting(world)
    group = meeting.attendance_groups.last()
    values = GroupValues(group.name, "", (Member("张三"), Member("李四")), group.pk)
    save(world, meeting, [values])
    zhang, li = Attendee.objects.filter(group=group)
    tick_attendance(meeting, present=[zhang.pk], absent=[li.pk], by=world.user("clerk"))
    values = GroupValues(group.name, "", (Member("王五"), Member("张三")), group.pk)
    save(world, meeting, [values], revision=2)
    rows = list(Attendee.objects.filter(group=group).values_list("name", "present"))
    assert rows == [("王五", None), ("张三", True)]


def test_ticks_of_another_meeting_are_ignored(world: World) -> None:
    meeting, other = set_up_meeting(world), set_up_meeting(world)
    row = other.attendance_groups.last().attendees.create(name="张三")
    tick_attendance(meeting, present=[row.pk], absent=[], by=world.user("clerk"))
    row.refresh_from_db()
    assert row.present is None


def test_stale_and_forbidden(world: World) -> None:
    meeting = set_up_meeting(world)
    save(world, meeting, [])
    with pytest.raises(StaleRevision):
        save(world, meeting, [])
    with pytest.raises(PermissionDenied):
        tick_attendance(meeting, present=[], absent=[], by=world.user("leader"))


def test_a_slip_signs_in_once_on_the_day_and_leaves_no_time(world: World) -> None:
    """S-88: nothing is kept by which the one who came could be joined with what happens in the hall later."""
    meeting = set_up_meeting(world, date=dt.date(2027, 1, 12))
    save(world, meeting, [GroupValues("县委常委", "", (Member("***"), Member("钱二")))])
    attendees = issue_sign_in_codes(meeting, by=world.user("clerk"))
    codes = [row.code for row in attendees]
    assert len(set(codes)) == 4
    assert [row.code for row in issue_sign_in_codes(meeting, by=world.user("clerk"))] == codes
    entries = AuditEntry.objects.count()
    with clock.at(dt.datetime(2027, 1, 11, 8, tzinfo=dt.UTC)):
        assert sign_in_attendee(attendees[0]) is False
    morning = dt.datetime(2027, 1, 12, 1, tzinfo=dt.UTC)
    with clock.at(morning):
        code = door_code(meeting.door_key, morning)
        assert sign_in_attendee(attendees[0], door_code=code) is True
        attendees[0].refresh_from_db()
        assert sign_in_attendee(attendees[0]) is True
    assert Attendee.objects.filter(present=True).count() == 1
    assert AuditEntry.objects.count() == entries
    assert not [field for field in Attendee._meta.fields if isinstance(field, models.DateField)]
    with pytest.raises(PermissionDenied):
        issue_sign_in_codes(meeting, by=world.user("leader"))


def test_a_picture_of_the_slip_signs_nobody_in_from_home(world: World) -> None:
    """S-88: the code at the door is good for its minute and the next; guessing ends after a few tries."""
    cache.clear()
    meeting = set_up_meeting(world)
    attendee = meeting.attendance_groups.create(name="某类").attendees.create(name="***", code="abc")
    morning = dt.datetime(2027, 1, 12, 1, tzinfo=dt.UTC)
    old = door_code(meeting.door_key, morning)
    with clock.at(morning + dt.timedelta(seconds=2 * DOOR_SECONDS)):
        for typed in ("", old, *["12345"] * (MOST_TRIES - 2)):
            with pytest.raises(DoorCodeError):
                sign_in_attendee(attendee, door_code=typed)
        with pytest.raises(TooManyTriesError):
            sign_in_attendee(attendee, door_code=door_code(meeting.door_key, clock.now()))
    attendee.refresh_from_db()
    assert attendee.present is None
    cache.clear()
    with clock.at(morning + dt.timedelta(seconds=DOOR_SECONDS)):
        assert sign_in_attendee(attendee, door_code=old) is True


def test_guesses_sent_all_at_once_are_counted_one_by_one(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    meeting = set_up_meeting(world)
    attendee = meeting.attendance_groups.create(name="某类").attendees.create(name="***", code="abc")
    looked_at: list[str] = []

    def slowly_wrong(key: str, typed: str, at: dt.datetime) -> bool:
        looked_at.append(typed)
        time.sleep(0.3)  # the others come meanwhile
        return False

    def guess(typed: str) -> None:
        with pytest.raises((DoorCodeError, TooManyTriesError)):
            attendance._check_door_code(attendee, typed)

    monkeypatch.setattr(attendance, "is_door_code", slowly_wrong)
    with ThreadPoolExecutor(20) as hall:
        list(hall.map(guess, [f"{number:04d}" for number in range(20)]))
    assert len(looked_at) == MOST_TRIES


def test_a_meeting_without_a_screen_at_the_door_asks_for_no_code(world: World) -> None:
    meeting = set_up_meeting(world, asks_door_code=False)
    attendee = meeting.attendance_groups.create(name="某类").attendees.create(name="***", code="abc")
    assert sign_in_attendee(attendee) is True


def test_who_came_by_category_and_hall_and_which_reporters(world: World) -> None:
    meeting = set_up_meeting(world)
    save(
        world,
        meeting,
        [GroupValues("甲", "", (Member("张某", "甲乡党委", "书记"), Member("钱二"))), GroupValues("乙", "8")],
    )
    hall = meeting.venues.create(name="分会场")
    Attendee.objects.filter(name="钱二").update(venue=hall, present=True)
    by_group, by_venue = presence_counts(meeting)
    assert PresenceCount("甲", 2, 1) in by_group
    assert [row.name for row in by_group] == ["出席指导", "甲"]
    assert by_venue == [PresenceCount("主会场", 3, 0), PresenceCount("分会场", 1, 1)]
    assert [row.present for row in reporters_present(meeting)] == [False]
    Attendee.objects.filter(name="张某").delete()
    assert [row.present for row in reporters_present(meeting)] == [None]
