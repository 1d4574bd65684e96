"""The demo county is a full, believable year, and loading it twice changes nothing."""

import datetime as dt
from collections import Counter

import pytest
from django.core.management import call_command

from accounts.models import AuditEntry, ContactPoint, Organization, OrganizationClass, Person, User
from common import clock
from overview.demo.cast import COUNTY
from overview.demo.logins import DEMO_PASSWORD, demo_logins
from rectification.models import Inspection, RectificationItem, RectificationList
from reporting.models import (
    CarriedItem,
    Cycle,
    DueReport,
    DutyEntry,
    DutyReport,
    FilingCall,
    KeyTask,
    Project,
    ResponsibilityLetter,
    TaskAssignment,
)
from reporting.rules.cycles import CyclePhase
from reviews.models import BallotRound, Comment, Meeting, Result, ScoreSheet
from reviews.models.result_inputs import check_results
from reviews.models.slips import received
from reviews.rules.ballot_rounds import RoundState
from reviews.rules.meetings import MeetingState


@pytest.mark.django_db
def test_the_demo_county_is_a_full_believable_year() -> None:
    """Loaded once for all that is asked of it, since a year takes seconds to live through."""
    call_command("load_demo", verbosity=0)
    both_years_stand_in_every_state()
    projects_stand_in_every_state()
    key_tasks_stand_in_every_state()
    filed_lists_stand_in_every_state()
    reports_tell_of_projects_figures_and_promises()
    names_repeat_and_nothing_is_merged()
    every_decided_grade_has_its_derivation()
    leaders_have_contact_points_and_weak_organizations()
    a_round_is_counted_and_its_remarks_wait_to_be_read()
    a_township_is_voting_and_scoring_right_now()
    every_login_offered_opens()
    a_second_load_changes_nothing()


def leaders_have_contact_points_and_weak_organizations() -> None:
    assert ContactPoint.objects.count() == 5
    assert Counter(OrganizationClass.objects.filter(is_weak=True).values_list("year", flat=True)) == {2025: 1, 2026: 1}


def both_years_stand_in_every_state() -> None:
    county = Cycle.objects.filter(committee__code=COUNTY)
    assert dict(county.values_list("year", "phase")) == {2025: CyclePhase.CLOSED, 2026: CyclePhase.REPORTING}
    reports = DutyReport.objects.filter(reporter__cycle__committee__code=COUNTY)
    assert Counter(reports.values_list("reporter__cycle__year", "state")) == {
        (2025, "locked"): 17,
        (2026, "accepted"): 9,
        (2026, "submitted"): 3,
        (2026, "returned"): 2,
        (2026, "draft"): 4,  # two begun, two not begun
    }
    assert Counter(RectificationItem.objects.values_list("state", flat=True)) == {"closed": 33, "open": 22}
    assert RectificationList.objects.filter(commitment__isnull=False).count() == 17
    assert CarriedItem.objects.count() == 22
    assert set(Meeting.objects.filter(cycle__in=county).values_list("cycle__year", "state")) == {
        (2025, MeetingState.CLOSED),
        (2026, MeetingState.PREPARING),
    }
    assert Comment.objects.filter(meeting__cycle__year=2026, state="draft").count() == 2
    assert Inspection.objects.count() == 8
    with clock.at(dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC)):
        assert RectificationItem.objects.overdue(clock.today()).count() == 12  # one more was put off with approval


def projects_stand_in_every_state() -> None:
    counts = Counter(Project.objects.values_list("is_number_one", "state"))
    assert counts == {
        (True, "accepted"): 4,
        (True, "declared"): 1,
        (True, "draft"): 1,
        (False, "accepted"): 5,
        (False, "closed"): 1,
        (False, "declared"): 1,
        (False, "returned"): 1,
        (False, "draft"): 1,
    }


def key_tasks_stand_in_every_state() -> None:
    assert KeyTask.objects.count() == 7
    assert Counter(TaskAssignment.objects.values_list("state", flat=True)) == {
        "under_way": 43,
        "done": 5,
        "not_started": 1,
    }
    with clock.at(dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC)):
        behind = TaskAssignment.objects.behind(2026, clock.today())
        assert set(behind.values_list("organization__code", flat=True)) == {
            "QX-J02",
            "QX-J03",
            "QX-Q01",
            "QX-T03",
            "QX-T06",
        }


def filed_lists_stand_in_every_state() -> None:
    call = FilingCall.objects.get()
    with clock.at(dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC)):
        counts = {
            "expected": 36,
            "draft": 3,
            "submitted": 2,
            "returned": 1,
            "accepted": 30,
            "late": 7,
            "owing_units": 3,
        }
        assert call.counts() == counts
    never_filed = call.owing().filter(submitted_at__isnull=True)
    assert set(never_filed.values_list("organization__code", flat=True)) == {"QX-J06", "QX-T06"}
    unsigned = ResponsibilityLetter.objects.filter(signed_on__isnull=True)
    assert [letter.organization.code for letter in unsigned] == ["QX-J06", "QX-T06"]
    assert DueReport.objects.overdue(dt.date(2026, 11, 21)).count() == 2


def reports_tell_of_projects_figures_and_promises() -> None:
    told = DutyReport.objects.get(reporter__cycle__year=2026, reporter__organization__code="QX-T03").handed_in
    assert [project.is_number_one for project in told.projects] == [True, False]
    assert {figure.name: figure.value for figure in told.figures}["主持会议研究基层党建"] == "13"
    assert len(told.promises) == 3
    assert DutyEntry.objects.filter(date__isnull=True).count() == 7


def names_repeat_and_nothing_is_merged() -> None:
    assert Organization.objects.filter(name="县XX局党组").count() == 3
    assert Person.objects.filter(name="***").count() == 6


def every_decided_grade_has_its_derivation() -> None:
    results = Result.objects.filter(reporter__cycle__year=2025)
    assert results.count() == 17
    assert not results.filter(decided_grade__isnull=True).exists()
    assert not results.filter(derivation={}).exists()
    changed = [result for result in results if result.decided_grade_id != result.proposed_grade_id]
    assert all(result.reason for result in changed)


def a_round_is_counted_and_its_remarks_wait_to_be_read() -> None:
    round_ = BallotRound.objects.get(meeting__cycle__year=2025)
    pile = round_.piles.get()
    assert round_.state == RoundState.DESTROYED
    assert (pile.printed, pile.issued, pile.unissued, pile.spoiled) == (40, 28, 11, 1)
    assert (pile.by_phone, pile.on_paper, pile.valid, pile.invalid, pile.abstained) == (22, 4, 25, 1, 0)
    assert Counter(round_.remarks.values_list("state", flat=True)) == {"held": 4, "released": 2, "withheld": 1}
    assert check_results(round_.meeting.cycle) == []


def a_township_is_voting_and_scoring_right_now() -> None:
    meeting = Meeting.objects.get(cycle__committee__code="QX-T01")
    round_ = meeting.ballot_rounds.get()
    assert (meeting.state, round_.state) == (MeetingState.LIVE, RoundState.OPEN)
    assert [(pile.name, pile.issued) for pile in round_.piles.all()] == [("B票", 11), ("C票", 27)]
    assert sorted(received(round_).values()) == [8, 15]
    sheets = ScoreSheet.objects.filter(rater__meeting=meeting)
    assert Counter(sheets.values_list("rater__person__name", "state")) == {
        ("宋玉梅", "submitted"): 1,
        ("宋玉梅", "draft"): 1,
        ("吴海涛", "submitted"): 2,
        ("吴海涛", "draft"): 1,
    }


def a_second_load_changes_nothing() -> None:
    before = AuditEntry.objects.count()
    call_command("load_demo", verbosity=0)
    assert AuditEntry.objects.count() == before


def every_login_offered_opens() -> None:
    users = {user.username: user for user in User.objects.all()}
    assert [login["username"] for login in demo_logins() if login["username"] not in users] == []
    assert users["maj"].check_password(DEMO_PASSWORD)
