import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry
from reviews.actions.draws import draw_order, enter_lots
from reviews.models import Meeting
from reviews.models.draws import draw_lines
from reviews.rules.draws import digest
from reviews.rules.meetings import MeetingError
from tests.factories import make_cycle, make_reporter
from tests.reviews.rows_of_meetings import add_reporter, opened_meeting, set_up_meeting
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(world: World) -> Meeting:
    for name in ("丙乡党委", "丁乡党委"):
        add_reporter(world, name)
    return set_up_meeting(world)


def codes(meeting: Meeting) -> list[str]:
    return list(meeting.slots.values_list("reporter__organization__code", flat=True))


def test_lots_are_drawn_recorded_and_can_be_checked(world: World, meeting: Meeting) -> None:
    row = draw_order(meeting, by=world.user("clerk"))
    assert codes(meeting) == [line["code"] for line in row.order]
    assert codes(meeting) == sorted(codes(meeting), key=lambda code: digest(row.seed, code))
    assert AuditEntry.objects.get(verb="抽签确定述职顺序").after["seed"] == row.seed


def test_another_draw_needs_a_reason_and_the_first_one_stays(world: World, meeting: Meeting) -> None:
    clerk = world.user("clerk")
    draw_order(meeting, by=clerk)
    with pytest.raises(MeetingError, match="写明理由"):
        draw_order(meeting, by=clerk)
    draw_order(meeting, reason="增加一名述职人", by=clerk)
    assert meeting.draws.count() == 2


def test_numbers_from_paper(world: World, meeting: Meeting) -> None:
    first, second, third = meeting.slots.values_list("pk", flat=True)
    with pytest.raises(MeetingError, match="重复：1"):
        enter_lots(meeting, numbers={first: 1, second: 1, third: 2}, by=world.user("clerk"))
    enter_lots(meeting, numbers={first: 3, second: 1, third: 2}, by=world.user("clerk"))
    assert list(meeting.slots.values_list("pk", flat=True)) == [second, third, first]


def test_not_by_others_and_not_once_it_is_open(world: World) -> None:
    add_reporter(world, "丙乡党委")
    meeting = opened_meeting(world)
    with pytest.raises(PermissionDenied):
        draw_order(meeting, by=world.user("leader"))
    with pytest.raises(MeetingError, match="已经召开"):
        draw_order(meeting, by=world.user("clerk"))


def test_the_year_of_the_last_report_is_the_persons(world: World, meeting: Meeting) -> None:
    past = make_cycle(world.county, 2024)
    make_reporter(past, world.township, post=world.reporter.post)
    years = {line.slot.reporter_id: line.last_oral for line in draw_lines(meeting)}
    assert years[world.reporter.pk] == 2024
    assert set(years.values()) == {2024, None}
