"""One organization over the years: who may know what (S-145)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from common import clock
from rectification.models import Fulfilment, RectificationItem
from reporting.rules.schemes import ResultReaders
from reviews.models import FeedbackLetter, Publication, Result
from reviews.models.organization_histories import HistoryLine, Knows, organization_history
from reviews.permissions import can_list_results, can_show_own_grade
from tests.factories import make_cycle, make_reporter
from tests.rectification.rows import make_list
from tests.reviews.access_of_use import make_record
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    """甲乡 is 较好 with 88 behind 乙镇's 91, has two problems in its list, one closed and marked, and one record."""
    world = build_world()
    grades = world.cycle.scheme.grades
    result = {"decided_on": dt.date(2027, 1, 5)}
    better = grades.get(code="fairly_good")
    Result.objects.create(reporter=world.reporter, composite=Decimal(88), decided_grade=better, **result)
    Result.objects.create(
        reporter=world.other_reporter, composite=Decimal(91), decided_grade=grades.get(code="good"), **result
    )
    item = make_list(world.reporter, "committed").items.first()
    RectificationItem.objects.filter(pk=item.pk).update(state="closed")
    Fulfilment.objects.create(item=item, mark="done", evidence="有", by=world.user("clerk"), at=clock.now())
    make_record(world)
    return world


def history(world: World, role: str) -> list[HistoryLine]:
    return organization_history(world.township, world.user(role), knows=Knows(can_list_results, can_show_own_grade))


def lines(world: World, role: str) -> list[tuple]:
    return [
        (line.grade, line.place_in_domain, line.problems, line.items, line.closed, line.records)
        for line in history(world, role)
    ]


@pytest.mark.parametrize("role", ["clerk", "leader", "superior"])
def test_who_sees_results_sees_everything(world: World, role: str) -> None:
    assert lines(world, role) == [("较好", 2, 2, 2, 1, 1)]
    (line,) = history(world, role)
    assert (line.kept.percent, line.is_marked) == ("50.0%", True)


def test_the_own_people_see_no_grade_before_it_is_made_known(world: World) -> None:
    assert lines(world, "secretary") == [("", None, 2, 2, 1, None)]
    FeedbackLetter.objects.create(reporter=world.reporter, issued_at=clock.now())
    assert lines(world, "secretary") == [("较好", None, 2, 2, 1, None)]
    assert lines(world, "staff") == [("", None, 2, 2, 1, None)]


def test_others_see_what_was_published_for_them(world: World) -> None:
    assert [line[0] for line in lines(world, "other_secretary")] in ([], [""])
    Publication.objects.create(
        cycle=world.cycle, readers=ResultReaders.REPORTERS, at=clock.now(), by=world.user("clerk")
    )
    assert lines(world, "staff") == [("较好", None, 2, 2, 1, None)]


def test_nobody_elsewhere_sees_a_line(world: World) -> None:
    assert lines(world, "sibling_clerk") == []


def test_the_same_queries_for_three_and_for_thirty_years(world: World, django_assert_max_num_queries) -> None:
    def add(years: range) -> None:
        for year in years:
            reporter = make_reporter(make_cycle(world.county, year), world.township)
            Result.objects.create(reporter=reporter, composite=Decimal(80))
            make_list(reporter, items=1)

    add(range(2020, 2022))
    history(world, "clerk")
    with django_assert_max_num_queries(20) as few:
        assert len(history(world, "clerk")) == 3
    add(range(1993, 2020))
    with django_assert_max_num_queries(len(few)):
        assert len(history(world, "clerk")) == 30


def test_the_pages_of_organization_and_person_lead_there(world: World, client: Client) -> None:
    client.force_login(world.user("clerk"))
    page = client.get(reverse("accounts:organization_show", args=[world.township.pk])).content.decode()
    assert "历年述职评议" in page
    assert "88.00（2）" in page
    person = world.reporter.post.person
    page = client.get(reverse("accounts:person_show", args=[person.pk])).content.decode()
    assert reverse("reviews:cadre_sheet_show", args=[person.pk]) in page
    client.force_login(world.user("secretary"))
    page = client.get(reverse("accounts:person_show", args=[person.pk])).content.decode()
    assert reverse("reviews:cadre_sheet_show", args=[person.pk]) not in page
