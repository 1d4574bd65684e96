"""Sums above equal the sums below, whatever stands there (S-32)."""

import datetime as dt
from decimal import Decimal

import pytest

from accounts.models import Organization
from accounts.rules.organizations import OrganizationLevel
from common import clock
from reporting.models import Cycle, DutyReport, Reporter
from reporting.rules.reports import ReportState
from reviews.models import Meeting, Result
from reviews.models.subordinates import subordinate_board
from reviews.rules.meetings import MeetingState
from reviews.rules.subordinates import YearCounts, add_up
from tests.factories import make_cycle, make_organization, make_reporter

pytestmark = pytest.mark.django_db

STATES = [None, ReportState.DRAFT, ReportState.SUBMITTED, ReportState.RETURNED, ReportState.ACCEPTED]


def hold(committee: Organization, units: list[Organization], **facts: object) -> Cycle:
    """A cycle with a reporter in each state of a report, one decided grade, a held and a planned meeting."""
    cycle = make_cycle(committee, **facts)
    for number, unit in enumerate(units):
        reporter = make_reporter(cycle, unit)
        state = STATES[number % len(STATES)]
        if state:
            DutyReport.objects.create(reporter=reporter, state=state, submitted_at=clock.now())
    Result.objects.create(
        reporter=cycle.reporters.last(), composite=Decimal(90), decided_grade=cycle.scheme.grades.first()
    )
    Meeting.objects.create(cycle=cycle, title="一", state=MeetingState.CLOSED, date=dt.date(2027, 1, 12))
    Meeting.objects.create(cycle=cycle, title="二", date_text="X月下旬")
    Meeting.objects.create(cycle=cycle, title="推进会", kind="progress")
    return cycle


@pytest.fixture
def city() -> Organization:
    """A city with three counties; the first has two townships that hold reviews and one that does not."""
    city = make_organization("某市委", code="C", level=OrganizationLevel.CITY)
    counties = [make_organization("某县委", city, level=OrganizationLevel.COUNTY) for _ in range(3)]
    hold(city, counties)
    townships = [make_organization(f"{n}乡党委", counties[0]) for n in range(7)]
    hold(counties[0], townships)
    for township in townships[:2]:
        hold(township, [make_organization(f"{n}村党支部", township) for n in range(5)])
    make_organization("X村党支部", townships[2])
    hold(counties[1], [make_organization("一乡党委", counties[1])], phase="closed")
    make_organization("二乡党委", counties[2])
    return city


def test_the_city_sees_each_county_and_what_lies_below(city: Organization) -> None:
    board = subordinate_board(city, 2026)
    first, second, third = board.rows
    assert [(row.standing, row.dates) for row in board.rows] == [
        ("scheduled", ("2027年1月12日", "X月下旬")),
        ("closed", ("2027年1月12日", "X月下旬")),
        ("not_opened", ()),
    ]
    assert first.own == YearCounts(1, 7, 3, 1, 4, 2, 1, 1)
    assert first.whole == YearCounts(3, 17, 9, 3, 8, 6, 3, 3)
    assert second.whole == YearCounts(1, 1, 0, 0, 1, 2, 1, 1)
    assert third.whole == YearCounts()
    assert board.own.own == YearCounts(1, 3, 1, 0, 2, 2, 1, 1)


def test_sums_above_equal_the_sums_below(city: Organization) -> None:
    board = subordinate_board(city, 2026)
    for row in board.rows:
        assert subordinate_board(row.organization, 2026).total == row.whole
    assert board.total == add_up([board.own.own, *(row.whole for row in board.rows)])
    assert board.total.cycles == Cycle.objects.filter(year=2026).count()
    assert board.total.reporters == Reporter.objects.filter(cycle__year=2026).count()
    assert board.total.reporters == board.total.submitted + board.total.missing
    assert subordinate_board(city, 2025).total == YearCounts()


def test_who_has_units_of_its_own_is_listed_even_when_nothing_was_opened(city: Organization) -> None:
    county = city.children.first()
    rows = subordinate_board(county, 2026).rows
    assert [(row.organization.name, row.standing) for row in rows] == [
        ("0乡党委", "scheduled"),
        ("1乡党委", "scheduled"),
        ("2乡党委", "not_opened"),
    ]


def test_the_number_of_queries_does_not_grow(city: Organization, django_assert_num_queries) -> None:
    with django_assert_num_queries(6):
        assert len(subordinate_board(city, 2026).rows) == 3
    for _ in range(10):
        county = make_organization("另县县委", city, level=OrganizationLevel.COUNTY)
        hold(county, [make_organization(f"{n}乡党委", county) for n in range(3)])
    with django_assert_num_queries(6):
        assert len(subordinate_board(city, 2026).rows) == 13
