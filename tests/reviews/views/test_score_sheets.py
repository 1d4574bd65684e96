import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reporting.rules.cycles import ReportMode
from reviews.models import Rater, ScoreSheet
from reviews.rules.meetings import MeetingState
from tests.factories import make_organization, make_person, make_post, make_reporter
from tests.reviews.rows_of_scoring import make_meeting, make_rater, make_report, make_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def rater(world) -> Rater:
    return make_rater(make_meeting(world.cycle), world.user("attendee"))


@pytest.fixture
def attendee(world, client) -> Client:
    client.force_login(world.user("attendee"))
    return client


def sheet_url(rater, reporter, deed="sheet_edit"):
    return reverse(f"reviews:{deed}", args=[rater.meeting_id, reporter.pk])


def fields(rater, *marks, revision=0, **more):
    dimensions = rater.meeting.cycle.scheme.dimensions.all()
    return {"revision": revision, **{f"mark_{d.pk}": m for d, m in zip(dimensions, marks, strict=True)}, **more}


def test_list_shows_oral_then_written_and_the_own_organization_apart(world, rater, attendee):
    make_reporter(world.cycle, world.department, ReportMode.ORAL)

    page = attendee.get(reverse("reviews:sheet_list", args=[rater.meeting_id])).content.decode()

    assert page.index("甲乡党委（X1）") < page.index("县财政局党组（X3）") < page.index("乙镇党委（X2）")
    assert "本单位，不参加评分" in page
    assert "已评 0/2" in page


def test_list_of_a_meeting_not_begun_says_when(world, attendee):
    rater = make_rater(make_meeting(world.cycle, MeetingState.PREPARING), world.user("attendee"))

    page = attendee.get(reverse("reviews:sheet_list", args=[rater.meeting_id])).content.decode()

    assert "会议还没有开始" in page
    assert sheet_url(rater, world.reporter) not in page


def test_filter_by_what_is_done(world, rater, attendee):
    make_sheet(rater, world.reporter, "90", "90")

    todo = attendee.get(reverse("reviews:sheet_list", args=[rater.meeting_id]), {"state": "todo"}).content.decode()

    assert "乙镇党委（X2）" in todo
    assert "甲乡党委（X1）" not in todo


def test_submitting_leads_to_the_next_without_a_sheet(world, rater, attendee):
    first = attendee.post(sheet_url(rater, world.reporter, "sheet_submit"), fields(rater, "90", "88.5"))
    last = attendee.post(sheet_url(rater, world.other_reporter, "sheet_submit"), fields(rater, "80", "80"))

    assert first.url == sheet_url(rater, world.other_reporter)
    assert last.url == reverse("reviews:sheet_list", args=[rater.meeting_id])
    assert ScoreSheet.objects.submitted().count() == 2
    assert "全部评完" in attendee.get(last.url).content.decode()


def test_refusal_names_what_is_missing_and_keeps_what_was_typed(world, rater, attendee):
    answer = attendee.post(sheet_url(rater, world.reporter, "sheet_submit"), fields(rater, "87.5", ""))
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "个人履职：请填写得分。" in page
    assert 'value="87.5"' in page


@pytest.mark.parametrize("typed", ["100.5", "-1", "九十", "NaN", "1e400", "90.123"])
def test_nonsense_is_refused_and_kept(world, rater, attendee, typed):
    answer = attendee.post(sheet_url(rater, world.reporter, "sheet_submit"), fields(rater, typed, "90"))

    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.content.decode()
    assert not ScoreSheet.objects.exists()


def test_full_width_figures_are_figures(world, rater, attendee):
    attendee.post(sheet_url(rater, world.reporter, "sheet_submit"), fields(rater, "９０", "88"))

    assert [str(mark.score) for mark in ScoreSheet.objects.get().marks.all()] == ["90.00", "88.00"]


def test_leaving_for_a_neighbour_keeps_the_draft(world, rater, attendee):
    answer = attendee.post(sheet_url(rater, world.reporter), fields(rater, "90", "", go="next"))

    assert answer.url == sheet_url(rater, world.other_reporter)
    assert not ScoreSheet.objects.get().is_submitted
    assert 'value="90"' in attendee.get(sheet_url(rater, world.reporter)).content.decode()


def test_leaving_an_untouched_page_stores_nothing(world, rater, attendee):
    attendee.post(sheet_url(rater, world.reporter), fields(rater, "", "", go="next"))

    assert not ScoreSheet.objects.exists()


def test_second_tab_is_told_and_sees_both(world, rater, attendee):
    attendee.post(sheet_url(rater, world.reporter, "sheet_submit"), fields(rater, "91", "92"))

    answer = attendee.post(sheet_url(rater, world.reporter, "sheet_submit"), fields(rater, "71", "72"))
    page = answer.content.decode()

    assert answer.status_code == 409
    assert "履行主体责任：91" in page
    assert 'value="71"' in page


def test_closing_between_opening_and_submitting_is_said(world, rater, attendee):
    rater.meeting.state = MeetingState.CLOSED
    rater.meeting.save()

    answer = attendee.post(sheet_url(rater, world.reporter, "sheet_submit"), fields(rater, "91", "92"))

    assert answer.status_code == 409
    assert "会议没有在召开" in answer.content.decode()


def test_own_organization_has_no_sheet(world, rater, attendee):
    make_post(world.township, "member", world.user("attendee").person)

    assert attendee.get(sheet_url(rater, world.reporter)).status_code == 403
    assert attendee.post(sheet_url(rater, world.reporter, "sheet_submit"), fields(rater, "9", "9")).status_code == 403


def test_report_and_evidence_lie_beside_the_sheet(world, rater, attendee):
    make_report(world.reporter, "党建责任落得不实")

    page = attendee.get(sheet_url(rater, world.reporter)).content.decode()

    assert "平时掌握的情况" in page
    assert "述职报告" in page


def test_clerk_keys_in_a_paper_form(world, rater, client):
    client.force_login(world.user("clerk"))
    url = reverse("reviews:sheet_key_in", args=[rater.pk, world.reporter.pk])

    answer = client.post(url, fields(rater, "77", "78"))

    assert answer.url == reverse("reviews:sheet_key_in", args=[rater.pk, world.other_reporter.pk])
    assert ScoreSheet.objects.get().keyed_in_by == world.user("clerk")


def test_clerk_reads_no_mark_the_rater_made(world, rater, client):
    make_sheet(rater, world.reporter, "93", "94")
    draft = make_sheet(rater, world.other_reporter, "83", "84")
    draft.state = "draft"
    draft.save()
    client.force_login(world.user("clerk"))

    listed = client.get(reverse("reviews:key_in_list", args=[rater.pk])).content.decode()
    own = client.get(reverse("reviews:sheet_key_in", args=[rater.pk, world.reporter.pk]))
    unfinished = client.get(reverse("reviews:sheet_key_in", args=[rater.pk, world.other_reporter.pk]))

    assert "本人提交" in listed
    assert own.status_code == 403
    assert 'value="83"' not in unfinished.content.decode()


def test_progress_tells_numbers_and_nobody(world, rater, client):
    make_sheet(rater, world.reporter, "93", "94")
    make_rater(rater.meeting, world.user("leader"), 1)
    client.force_login(world.user("clerk"))

    page = client.get(reverse("reviews:scoring_progress", args=[rater.meeting_id])).content.decode()

    assert "应评 4 份，已交 1 份" in page
    assert "吴某" not in page
    assert "93" not in page


def test_pages_ask_the_same_number_of_questions(world, rater, client):
    pages = [
        ("attendee", reverse("reviews:sheet_list", args=[rater.meeting_id])),
        ("clerk", reverse("reviews:rater_list", args=[rater.meeting_id])),
        ("clerk", reverse("reviews:rater_add", args=[rater.meeting_id])),
        ("clerk", reverse("reviews:scoring_progress", args=[rater.meeting_id])),
    ]
    before = [questions(client, world.user(role), url) for role, url in pages]
    for number in range(29):
        unit = make_organization(f"{number}乡党委", world.county)
        make_sheet(rater, make_reporter(world.cycle, unit, ReportMode.WRITTEN), "90", "90")
        make_rater_of(rater, unit)

    assert [questions(client, world.user(role), url) for role, url in pages] == before


def questions(client, user, url) -> int:
    client.force_login(user)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def make_rater_of(rater, unit):
    person = make_person()
    make_post(unit, "member", person)
    Rater.objects.create(meeting=rater.meeting, person=person, category=rater.category)
