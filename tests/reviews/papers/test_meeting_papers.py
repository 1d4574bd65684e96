"""The words of the agenda, the script and the attendance list, before they are laid out."""

import datetime as dt

import pytest

from reporting.rules.cycles import ReportMode
from reviews.actions.agenda import ItemValues, save_agenda, set_commenters
from reviews.actions.attendance import GroupValues, save_attendance
from reviews.models import Meeting
from reviews.papers import agenda, attendance, script
from reviews.rules.attendance import Member
from reviews.rules.meetings import AgendaItemKind as K
from tests.reviews.rows_of_meetings import add_reporter, leader_of, set_up_meeting
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(world: World) -> Meeting:
    clerk = world.user("clerk")
    for name in ("县XX局党委", "县XX局党委"):
        add_reporter(world, name)
    add_reporter(world, "丁乡党委", ReportMode.WRITTEN)
    meeting = set_up_meeting(world, start_time=dt.time(9, 0), date_text="X月X日")
    set_commenters(meeting.slots.first(), commenters=[leader_of(world)], by=clerk)
    items = [
        ItemValues(K.REPORTS, "进行述职点评"),
        ItemValues(K.SUPERIOR_SPEECH, "上级领导讲话", "***", "请***讲话。（大家欢迎）<b>**"),
    ]
    save_agenda(meeting, items=items, revision=1, by=clerk)
    save_attendance(
        meeting,
        guests=[Member("***", "市委组织部", "副部长")],
        groups=[GroupValues("县委常委", "9"), GroupValues("群众代表", "***", (Member("XX", "某村"),))],
        total_text="",
        revision=1,
        by=clerk,
    )
    return meeting


def html_of(paper: object) -> str:
    return "".join(part.html for part in paper.parts)  # type: ignore[attr-defined]


def test_a_guest_who_speaks_is_announced_with_the_post(world: World, meeting: Meeting) -> None:
    clerk = world.user("clerk")
    guests = [Member("高某", "市委组织部", "副部长"), Member("***", "市委组织部", "科长")]
    save_attendance(meeting, guests=guests, groups=[], total_text="", revision=2, by=clerk)
    # A masked name may be anybody.
    assert "请***同志讲话" in html_of(script.content(meeting.pk))
    items = [ItemValues(K.SUPERIOR_SPEECH, "上级领导讲话", "高某")]
    save_agenda(meeting, items=items, revision=2, by=clerk)
    assert "请市委组织部副部长高某同志讲话" in html_of(script.content(meeting.pk))


def test_agenda_in_order_with_numbers_that_agree(meeting: Meeting) -> None:
    html = html_of(agenda.content(meeting.pk))
    words = [
        "议程</h1>",
        "X月X日",
        "市委组织部副部长***",
        "县委常委，群众代表，共9人（另有1类人数未计）",
        "会议共有2项议程",
        "第一项，进行述职点评",
        "大会述职顺序（3人）",
        "张某",
        "钱某",
        "09:22",
        "第二项，上级领导讲话",
        "书面述职名单（2人）",
        "丁乡党委书记",
    ]
    places = [html.find(word) for word in words]
    assert -1 not in places
    assert places == sorted(places)
    # Both bureaus of one name stand in it, told apart by their numbers.
    assert html.count("县XX局党委书记") == 2


def test_cues_are_in_the_script_only_and_typed_signs_stay_signs(meeting: Meeting) -> None:
    public, hosts = html_of(agenda.content(meeting.pk)), html_of(script.content(meeting.pk))
    assert "大家欢迎" not in public
    assert "（大家欢迎）" in hosts
    assert "请***讲话。&lt;b&gt;**" in public
    assert "首先，请甲乡党委书记张某同志述职，由钱某同志进行点评。" in hosts
    assert "第二项，请***同志讲话。（大家欢迎）" in hosts


def test_attendance_list_by_category_with_room_to_sign(meeting: Meeting) -> None:
    html = html_of(attendance.content(meeting.pk))
    assert html.index("出席指导") < html.index("县委常委（9）") < html.index("群众代表（***）")
    assert html.count("签到") == 2
    assert "共9人（另有1类人数未计）" in html
