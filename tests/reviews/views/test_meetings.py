import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from common import clock
from reporting.models import DutyReport
from reporting.rules.cycles import ReportMode
from reporting.rules.reports import ReportState
from reviews.actions.agenda import sync_slots
from reviews.actions.agenda_versions import publish_agenda
from reviews.models import Meeting
from reviews.rules.meetings import MeetingKind, MeetingState
from tests.factories import make_cycle
from tests.reviews.rows_of_meetings import add_reporter, host_of, leader_of, set_up_meeting
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(world: World, client: Client) -> Client:
    client.force_login(world.user("clerk"))
    return client


def facts_of(world: World, **facts: object) -> dict[str, object]:
    return {"kind": MeetingKind.ASSEMBLY, "title": "", "host": host_of(world).pk} | facts


def test_a_meeting_is_set_up_in_the_browser_with_masked_facts(world: World, clerk: Client) -> None:
    url = reverse("reviews:meeting_create", args=[world.cycle.pk])
    assert "2026年度全县党委书记抓基层党建工作述职评议大会" in clerk.get(url).content.decode()
    answer = clerk.post(url, facts_of(world, date_text="X月X日", place="***会议室"), follow=True)
    page = answer.content.decode()
    assert "X月X日" in page
    assert "***会议室" in page
    assert "共有4项议程" in page
    assert "两代表一委员" in page


def test_the_hub_names_what_is_missing_before_the_day(world: World, clerk: Client) -> None:
    meeting = set_up_meeting(world, host=None)
    page = clerk.get(reverse("reviews:meeting_show", args=[meeting.pk])).content.decode()
    for words in ("还没有确定主持人", "还没有确定会议时间", "张某的述职报告还没有采用"):
        assert words in page


def test_a_meeting_weeks_away_with_reports_missing_is_not_ready(world: World, clerk: Client) -> None:
    with clock.at(dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC)):
        facts = {"date": dt.date(2027, 1, 12), "place": "三楼", "total_text": "130多人"}
        meeting = set_up_meeting(world)
        Meeting.objects.update(**facts)
        DutyReport.objects.create(reporter=world.reporter, state=ReportState.ACCEPTED)
        url = reverse("reviews:meeting_show", args=[meeting.pk])
        page = clerk.get(url).content.decode()
        # November has 9 more days, December 31, and 12 of January.
        assert "距会议还有 52 天。" in page
        assert "书面述职还有1份报告没有采用：乙镇党委书记" in page
        assert "会议已经准备齐全" not in page
        DutyReport.objects.create(reporter=world.other_reporter, state=ReportState.LOCKED)
        page = clerk.get(url).content.decode()
        assert "会议已经准备齐全" in page
        assert "距会议还有 52 天。" in page


def test_leaders_are_offered_by_rank_with_their_organization(world: World, clerk: Client) -> None:
    first = host_of(world)
    page = clerk.get(reverse("reviews:meeting_create", args=[world.cycle.pk])).content.decode()
    names = [f">{post.printed} {post.person.label}<" for post in (first, leader_of(world))]
    assert [name for name in names if name not in page] == []
    assert first.printed.startswith("某县委")


def test_a_reporter_sees_the_agenda_and_no_script(world: World, client: Client) -> None:
    meeting = set_up_meeting(world)
    client.force_login(world.user("secretary"))
    page = client.get(reverse("reviews:meeting_show", args=[meeting.pk])).content.decode()
    assert "第一项" in page
    assert reverse("reviews:script_edit", args=[meeting.pk]) not in page


def test_how_long_stragglers_are_waited_for_is_set_beforehand(world: World, clerk: Client) -> None:
    meeting = set_up_meeting(world)
    url = reverse("reviews:meeting_edit", args=[meeting.pk])
    assert 'name="sheet_grace_seconds" value="120"' in clerk.get(url).content.decode()
    clerk.post(url, facts_of(world, sheet_grace_seconds=45, revision=1))
    clerk.post(url, facts_of(world, place="三楼", revision=2))
    meeting.refresh_from_db()
    assert (meeting.place, meeting.sheet_grace_seconds) == ("三楼", 45)
    refused = clerk.post(url, facts_of(world, sheet_grace_seconds=1801, revision=3))
    assert list(refused.context["form"].errors) == ["sheet_grace_seconds"]


def test_the_later_of_two_clerks_sees_both_texts_and_loses_nothing(world: World, clerk: Client) -> None:
    meeting = set_up_meeting(world)
    url = reverse("reviews:meeting_edit", args=[meeting.pk])
    first = facts_of(world, title="甲会", place="三楼", revision=1)
    assert clerk.post(url, first).status_code == 302
    answer = clerk.post(url, facts_of(world, title="甲会", place="五楼", revision=1))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "三楼" in page
    assert 'value="五楼"' in page
    assert 'name="revision" value="2"' in page
    assert clerk.post(url, facts_of(world, title="甲会", place="五楼", revision=2)).status_code == 302
    meeting.refresh_from_db()
    assert meeting.place == "五楼"


def test_opening_too_early_says_why(world: World, clerk: Client) -> None:
    meeting = set_up_meeting(world, host=None)
    answer = clerk.post(reverse("reviews:meeting_open", args=[meeting.pk]), follow=True)
    assert "还没有确定主持人，请先" in answer.content.decode()
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.PREPARING


@pytest.mark.parametrize("role", ["clerk", "secretary", "attendee"])
def test_an_empty_list_says_what_comes(world: World, client: Client, role: str) -> None:
    client.force_login(world.user(role))
    assert "还没有会议" in client.get(reverse("reviews:meeting_list")).content.decode()


def test_the_list_asks_as_much_for_30_meetings_as_for_one(
    world: World, clerk: Client, django_assert_max_num_queries: object
) -> None:
    url = reverse("reviews:meeting_list")
    Meeting.objects.create(cycle=world.cycle, title="会议", host=host_of(world))

    def count() -> int:
        with django_assert_max_num_queries(60) as found:  # type: ignore[operator]
            assert clerk.get(url).status_code == 200
        return len(found)

    one = count()
    for year in range(1990, 2019):
        cycle = make_cycle(world.county, year)
        Meeting.objects.create(cycle=cycle, title="会议", host=host_of(world))
    # Setting up a meeting is offered for each running year, which is asked once for all of them.
    assert count() == one


def test_the_hub_asks_as_much_for_30_reporters_as_for_one(
    world: World, clerk: Client, django_assert_max_num_queries: object
) -> None:
    meeting = set_up_meeting(world)

    def count(name: str) -> int:
        url = reverse(f"reviews:{name}", args=[meeting.pk])
        with django_assert_max_num_queries(80) as found:  # type: ignore[operator]
            assert clerk.get(url).status_code == 200
        return len(found)

    pages = ("meeting_show", "agenda_edit", "meeting_live", "comment_list", "script_edit")
    few = {name: count(name) for name in pages}
    for number in range(15):
        add_reporter(world, f"{number}乡党委")
        add_reporter(world, f"{number}镇党委", ReportMode.WRITTEN)
    sync_slots(meeting, by=world.user("clerk"))
    assert meeting.slots.count() == 16
    assert {name: count(name) for name in pages} == few


def test_a_meeting_is_deleted_from_its_page_while_nothing_came_of_it(world: World, clerk: Client) -> None:
    meeting = set_up_meeting(world)
    url = reverse("reviews:meeting_delete", args=[meeting.pk])
    show = reverse("reviews:meeting_show", args=[meeting.pk])
    assert url in clerk.get(show).content.decode()
    assert "删除的理由" in clerk.post(url, {"reason": ""}).content.decode()
    page = clerk.post(url, {"reason": "重复新建"}, follow=True).content.decode()
    assert "会议已删除，理由记入操作记录。" in page
    assert clerk.get(show).status_code == 404


def test_a_meeting_that_was_opened_says_why_it_stays(world: World, clerk: Client) -> None:
    meeting = set_up_meeting(world)
    Meeting.objects.update(state=MeetingState.LIVE)
    url = reverse("reviews:meeting_delete", args=[meeting.pk])
    page = clerk.get(url).content.decode()
    assert "会议已经开过。" in page
    assert "删除的理由" not in page
    assert url not in clerk.get(reverse("reviews:meeting_show", args=[meeting.pk])).content.decode()
    clerk.post(url, {"reason": "重复新建"})
    assert Meeting.objects.count() == 1


def test_a_closed_meeting_offers_what_was_published_and_no_publishing(world: World, clerk: Client) -> None:
    meeting = set_up_meeting(world)
    show = reverse("reviews:meeting_show", args=[meeting.pk])
    publish = reverse("reviews:agenda_publish", args=[meeting.pk])
    assert "发布议程" in clerk.get(show).content.decode()
    Meeting.objects.update(state=MeetingState.CLOSED)
    page = clerk.get(show).content.decode()
    assert "发布议程" not in page
    assert publish not in page
    Meeting.objects.update(state=MeetingState.PREPARING)
    publish_agenda(meeting, by=world.user("clerk"))
    Meeting.objects.update(state=MeetingState.CLOSED)
    assert publish in clerk.get(show).content.decode()
    page = clerk.get(publish).content.decode()
    assert "发布议程" not in page
    assert "已发布的版次" in page
