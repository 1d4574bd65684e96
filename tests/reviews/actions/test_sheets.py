import datetime as dt
import re
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry
from common import clock
from reporting.rules.cycles import ReportMode
from reviews.actions.sheets import MarkedElsewhereError, call_sheets, hand_in_sheets, resume_sheets
from reviews.models import Meeting, Rater, ScoreMark, ScoreSheet, SheetSubmission
from reviews.rules.marks import MarksInvalidError
from reviews.rules.meetings import MeetingState, SheetState
from reviews.rules.score_sheets import KeyReusedError, NotLiveError, SchemeIncompleteError, SheetsClosedError
from tests.factories import make_organization, make_reporter
from tests.reviews.rows_of_scoring import make_meeting, make_rater, make_sheet
from tests.world import World, build_world

pytestmark = pytest.mark.django_db

KEY, OTHER_KEY = "a" * 32, "b" * 32


@pytest.fixture
def world() -> World:
    world = build_world()
    scheme = world.cycle.scheme
    scheme.scoring_mode, scheme.asks_overall, scheme.asks_remark = "grade", True, True
    scheme.save()
    return world


@pytest.fixture
def rater(world: World) -> Rater:
    return make_rater(make_meeting(world.cycle), world.user("attendee"))


def row(world: World, *grades: str, overall: str = "good", **more: Any) -> dict[str, Any]:
    dimensions = world.cycle.scheme.dimensions.all()
    items = {str(d.pk): {"grade": grade} for d, grade in zip(dimensions, grades, strict=False)}
    return {"items": items, **({"overall": {"grade": overall}} if overall else {}), **more}


def send(rater: Rater, marks: Any, key: str = KEY, revisions: dict[str, int] | None = None) -> dict[str, Any]:
    body = {"marks": marks, "revisions": revisions or {}}
    return hand_in_sheets(rater, key=key, body=body, by=rater.person.user)


def stored(rater: Rater) -> dict[int, tuple[Any, ...]]:
    return {
        sheet.reporter_id: (sheet.state, sheet.overall, [(m.grade, m.score) for m in sheet.marks.all()])
        for sheet in rater.sheets.all()
    }


def test_all_reporters_come_in_one_body_and_the_scheme_is_frozen(world: World, rater: Rater):
    one, other = world.reporter.pk, world.other_reporter.pk
    answer = send(
        rater,
        {
            str(one): row(world, "good", "abstain", remark="　要“实”。"),
            str(other): row(world, "fair", "poor", shortcut="same"),
        },
    )

    assert stored(rater) == {
        one: (SheetState.SUBMITTED, "good", [("good", Decimal(100)), ("abstain", None)]),
        other: (SheetState.SUBMITTED, "good", [("fair", Decimal(60)), ("poor", Decimal(40))]),
    }
    assert answer["revisions"] == {str(one): 1, str(other): 1}
    assert re.fullmatch(r"\d\d:\d\d", answer["at"])
    assert rater.sheets.get(reporter=one).remark == "　要“实”。"
    assert rater.sheets.get(reporter=other).shortcut == "same"
    world.cycle.scheme.refresh_from_db()
    assert world.cycle.scheme.is_frozen


def test_what_is_not_complete_waits_and_does_not_count(world: World, rater: Rater):
    send(rater, {str(world.reporter.pk): row(world, "good", overall="")})

    assert stored(rater) == {world.reporter.pk: (SheetState.DRAFT, "", [("good", Decimal(100))])}
    assert not world.cycle.scheme.is_frozen


def test_sent_twice_counts_once(world: World, rater: Rater):
    marks = {str(world.reporter.pk): row(world, "good", "good")}
    first = send(rater, marks)
    again = send(rater, marks, revisions=first["revisions"])

    assert again == first
    assert ScoreSheet.objects.get().revision == 1
    assert SheetSubmission.objects.count() == 1
    assert AuditEntry.objects.filter(verb="提交评分表").count() == 1


def test_the_same_key_with_other_marks_is_refused(world: World, rater: Rater):
    send(rater, {str(world.reporter.pk): row(world, "good", "good")})
    with pytest.raises(KeyReusedError):
        send(rater, {str(world.reporter.pk): row(world, "poor", "good")})

    assert stored(rater)[world.reporter.pk][2] == [("good", Decimal(100)), ("good", Decimal(100))]


def test_only_what_changed_is_written_anew(world: World, rater: Rater):
    one, other = str(world.reporter.pk), str(world.other_reporter.pk)
    marks = {one: row(world, "good", "good"), other: row(world, "fair", "fair")}
    seen = send(rater, marks)["revisions"]
    marks[other] = row(world, "fair", "poor")
    answer = send(rater, marks, OTHER_KEY, seen)

    assert answer["revisions"] == {one: 1, other: 2}
    entry = AuditEntry.objects.filter(verb="提交评分表").order_by("-pk")[0]
    assert (list(entry.after), entry.is_confidential) == ([other], True)


def test_what_another_device_stored_is_shown_not_overwritten(world: World, rater: Rater):
    one = str(world.reporter.pk)
    seen = send(rater, {one: row(world, "good", "good")})["revisions"]
    send(rater, {one: row(world, "poor", "poor")}, OTHER_KEY, seen)
    with pytest.raises(MarkedElsewhereError) as refused:
        send(rater, {one: row(world, "fair", "fair")}, "c" * 32, seen)

    assert refused.value.theirs == {one: row(world, "poor", "poor")}
    assert refused.value.revisions == {one: 2}
    assert send(rater, {one: row(world, "fair", "fair")}, "d" * 32, refused.value.revisions)["revisions"] == {one: 3}


def test_one_fault_and_nothing_is_stored(world: World, rater: Rater):
    marks = {str(world.reporter.pk): row(world, "good", "good"), str(world.other_reporter.pk): row(world, "great")}
    with pytest.raises(MarksInvalidError, match="没有这个等次"):
        send(rater, marks)

    assert not ScoreSheet.objects.exists()
    assert not SheetSubmission.objects.exists()


def test_nobody_marks_the_own_organization(world: World, rater: Rater):
    own = make_reporter(world.cycle, world.department, ReportMode.ORAL)
    with pytest.raises(MarksInvalidError, match="没有这名述职人"):
        send(rater, {str(own.pk): row(world, "good", "good")})


@pytest.mark.parametrize("role", ["clerk", "leader", "secretary", "administrator"])
def test_only_the_rater_sends(world: World, rater: Rater, role: str):
    with pytest.raises(PermissionDenied):
        hand_in_sheets(rater, key=KEY, body={"marks": {}}, by=world.user(role))


@pytest.mark.parametrize("state", [MeetingState.PREPARING, MeetingState.CLOSED])
def test_outside_the_meeting_nothing_is_taken(world: World, rater: Rater, state: MeetingState):
    Meeting.objects.update(state=state)
    with pytest.raises(NotLiveError):
        send(rater, {str(world.reporter.pk): row(world, "good", "good")})


def test_an_answer_given_before_the_end_is_given_again_after_it(world: World, rater: Rater):
    marks = {str(world.reporter.pk): row(world, "good", "good")}
    first = send(rater, marks)
    Meeting.objects.update(state=MeetingState.CLOSED)

    assert send(rater, marks) == first


def test_a_scheme_that_does_not_add_up_takes_no_sheet(world: World, rater: Rater):
    world.cycle.scheme.dimensions.update(weight=40)
    with pytest.raises(SchemeIncompleteError):
        send(rater, {str(world.reporter.pk): row(world, "good", "good")})


def test_points_are_taken_as_points(world: World):
    world.cycle.scheme.scoring_mode, world.cycle.scheme.asks_overall = "points", False
    world.cycle.scheme.save()
    rater = make_rater(make_meeting(world.cycle), world.user("attendee"))
    lines = [str(d.pk) for d in world.cycle.scheme.dimensions.all()]
    send(rater, {str(world.reporter.pk): {"items": {lines[0]: {"points": "95.5"}, lines[1]: {"points": 80}}}})

    assert list(ScoreMark.objects.values_list("grade", "score")) == [("", Decimal("95.50")), ("", Decimal(80))]


def test_a_sheet_keyed_in_is_the_raters_once_sent(world: World, rater: Rater):
    sheet = make_sheet(rater, world.reporter, "80", "80")
    sheet.keyed_in_by = world.user("clerk")
    sheet.save()
    one = str(world.reporter.pk)
    send(rater, {one: row(world, "good", "good")}, revisions={one: sheet.revision})

    assert ScoreSheet.objects.get().is_by_rater


def test_thirty_reporters_cost_as_many_queries_as_one(world: World, rater: Rater):
    def cost(marks: dict[str, Any], key: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            send(Rater.objects.get(pk=rater.pk), marks, key)
        return len(queries)

    send(rater, {str(world.reporter.pk): row(world, "good", "good")}, "f" * 32)
    one = cost({str(world.other_reporter.pk): row(world, "good", "good")}, KEY)
    more = {}
    for number in range(30):
        unit = make_organization(f"丙{number}乡党委", world.county)
        more[str(make_reporter(world.cycle, unit, ReportMode.WRITTEN).pk)] = row(world, "good", "good")

    assert cost(more, OTHER_KEY) == one


# --- The call to hand in ---------------------------------------------------------------------------


def test_stragglers_have_their_time_and_then_nothing_is_taken(world: World, rater: Rater):
    meeting = call_sheets(rater.meeting, grace_seconds=60, by=world.user("clerk"))
    assert meeting.sheets_close_at is not None
    one = str(world.reporter.pk)
    send(rater, {one: row(world, "good", "good")})

    Meeting.objects.update(sheets_close_at=clock.now() - dt.timedelta(seconds=5))
    with pytest.raises(SheetsClosedError, match="所填内容仍在您的设备上"):
        send(rater, {one: row(world, "poor", "good")}, OTHER_KEY, {one: 1})

    resume_sheets(meeting, by=world.user("clerk"))
    send(rater, {one: row(world, "poor", "good")}, OTHER_KEY, {one: 1})
    verbs = AuditEntry.objects.of(meeting).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["宣布收评分表", "重新接收评分表"]


@pytest.mark.parametrize("role", ["leader", "attendee", "secretary", "sibling_clerk"])
def test_only_the_clerk_calls(world: World, rater: Rater, role: str):
    with pytest.raises(PermissionDenied):
        call_sheets(rater.meeting, grace_seconds=60, by=world.user(role))
    with pytest.raises(PermissionDenied):
        resume_sheets(rater.meeting, by=world.user(role))


def test_there_is_no_call_outside_the_meeting(world: World, rater: Rater):
    Meeting.objects.update(state=MeetingState.CLOSED)
    with pytest.raises(NotLiveError):
        call_sheets(rater.meeting, grace_seconds=60, by=world.user("clerk"))
    with pytest.raises(NotLiveError):
        resume_sheets(rater.meeting, by=world.user("clerk"))
