"""Lists, lots and rules of the hall, before they are laid out."""

import pytest

from documents.rendering.paper import PaperRefused
from reviews.actions.attendance import GroupValues, save_attendance
from reviews.actions.draws import draw_order
from reviews.actions.places import save_venues
from reviews.models import Attendee, Meeting
from reviews.papers import attendance, briefings, conduct, draws, place_cards, reporter_table, seats
from reviews.rules.attendance import Member
from reviews.rules.places import Hall
from tests.reviews.rows_of_meetings import add_reporter, set_up_meeting
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(world: World) -> Meeting:
    add_reporter(world, "丙乡党委")
    meeting = set_up_meeting(world)
    members = (Member("张某", "县委"), Member("李某", "县委"), Member("王某", "县委"))
    clerk = world.user("clerk")
    save_attendance(
        meeting, guests=[], groups=[GroupValues("县委常委", "", members)], total_text="", revision=1, by=clerk
    )
    return meeting


def html_of(paper: object) -> str:
    return "".join(part.html for part in paper.parts)  # type: ignore[attr-defined]


def test_the_list_is_printed_hall_by_hall(world: World, meeting: Meeting) -> None:
    save_venues(meeting, halls=[Hall("柳河分会场", "三楼", "赵某")], by=world.user("clerk"))
    Attendee.objects.filter(name="李某").update(venue=meeting.venues.get())
    html = html_of(attendance.content(meeting.pk))
    assert html.index("主会场") < html.index("县委常委（2人）") < html.index("柳河分会场（三楼）") < html.index("李某")


def test_seats_count_as_numbers(meeting: Meeting) -> None:
    with pytest.raises(PaperRefused):
        seats.content(meeting.pk)
    for name, seat in (("张某", "2排10号"), ("李某", "2排9号"), ("王某", "1排12号")):
        Attendee.objects.filter(name=name).update(seat=seat)
    html = html_of(seats.content(meeting.pk))
    assert html.index("王某") < html.index("李某") < html.index("张某")


def test_lots_to_draw_then_as_drawn(world: World, meeting: Meeting) -> None:
    assert "抽签号" in html_of(draws.content(meeting.pk))
    row = draw_order(meeting, by=world.user("clerk"))
    assert row.seed in html_of(draws.content(meeting.pk))


def test_reporters_with_the_columns_of_the_office(meeting: Meeting) -> None:
    html = html_of(reporter_table.content(meeting.pk))
    for word in ("任职时间", "所属类别", "上次现场述职年度", "备注", "未发布稿"):
        assert word in html
    assert html.count("<tr>") == 1 + meeting.reporters.count()


def test_rules_of_the_hall_as_typed_or_the_usual_ones(meeting: Meeting) -> None:
    assert "述职限时" in html_of(conduct.content(meeting.pk))
    Meeting.objects.update(conduct="请关闭手机***\n\n不得外传")
    html = html_of(conduct.content(meeting.pk))
    assert "1．请关闭手机***" in html
    assert "2．不得外传" in html


def test_everybody_named_has_one_card_that_reads_from_both_sides(meeting: Meeting) -> None:
    Attendee.objects.create(group=meeting.attendance_groups.last(), name="***")
    html = html_of(place_cards.content(meeting.pk))
    assert html.count("card-sheet") == 2
    assert [html.count(name) for name in ("张　某", "李　某", "王　某", "***")] == [2, 2, 2, 0]


def test_without_a_list_there_are_no_cards(world: World) -> None:
    with pytest.raises(PaperRefused, match="还没有名单"):
        place_cards.content(set_up_meeting(world).pk)


def test_one_briefing_names_who_comments(world: World, meeting: Meeting) -> None:
    slot = meeting.slots.get(reporter=world.reporter)
    paper = briefings.sheet(world.reporter.pk)
    assert [part.title for part in paper.parts] == [f"{world.reporter.organization.name}　{world.reporter.name}"]
    assert meeting.host is not None
    assert f"{meeting.host.printed}　{meeting.host.person.name}" in html_of(paper)
    slot.commenters.set([])
    Meeting.objects.update(state="closed")
    with pytest.raises(PaperRefused, match="已经结束"):
        briefings.sheet(world.reporter.pk)
