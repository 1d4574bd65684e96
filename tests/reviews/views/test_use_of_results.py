"""Every list of results and of their use asks the database as often for thirty rows as for three."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from common import clock
from rectification.models import LadderStep
from reporting.models import Reporter
from reporting.rules.schemes import ResultReaders
from reviews.models import (
    Appraisal,
    Assessment,
    FeedbackLetter,
    GradeCap,
    PromotionBar,
    Publication,
    Result,
    Reward,
)
from tests.factories import make_cycle, make_organization, make_reporter
from tests.rectification.rows import make_item, make_list
from tests.reviews.access_of_use import make_record, make_rule
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 6, 1)


@pytest.fixture
def world() -> World:
    world = build_world()
    make_rule(world, "poor")
    make_rule(world, "unurged", threshold=Decimal(30))
    Publication.objects.create(cycle=world.cycle, readers=ResultReaders.SUBTREE, at=clock.now(), by=world.user("clerk"))
    return world


def fill(world: World, reporter: Reporter) -> None:
    """Everything that can stand beside a result, once."""
    clerk, scheme = world.user("clerk"), world.cycle.scheme
    poor = scheme.grades.get(code="poor")
    Result.objects.create(
        reporter=reporter, composite=Decimal(60), proposed_grade=poor, decided_grade=poor, decided_on=DAY
    )
    Assessment.objects.create(reporter=reporter, outcome="failed", satisfaction=Decimal(50), recorded_by=clerk)
    Appraisal.objects.create(reporter=reporter, grade="basic", recorded_by=clerk)
    FeedbackLetter.objects.create(reporter=reporter, issued_at=clock.now())
    person = reporter.post.person
    PromotionBar.objects.create(cycle=world.cycle, person=person, reason="不抓党建", start=DAY, set_by=clerk)
    GradeCap.objects.create(
        reporter=reporter,
        reason="弄虚作假",
        max_grade=poor,
        evidence="核查",
        approved_by="县委",
        approved_on=DAY,
        recorded_by=clerk,
    )
    unit = reporter.organization
    Reward.objects.create(cycle=world.cycle, organization=unit, kind="penalty", matter="扣减", recorded_by=clerk)
    make_record(world, organization=unit, post=reporter.post, is_typical=True)
    item = make_item(make_list(reporter, "committed", items=0), due_date=dt.date(2025, 1, 1))
    item.problem.is_serious = True
    item.problem.save()
    LadderStep.objects.create(item=item, level=1, due_date=item.due_date, text="抓紧", at=clock.now())


PAGES = (
    "result_list",
    "result_compare",
    "result_paper_list",
    "use_list",
    "reward_list",
    "accountability_list",
    "watch_list",
    "letter_list",
    "publication_show",
)
OF_COMMITTEE = ("rule_list", "cadre_sheet_list", "subordinate_list")


@pytest.mark.parametrize("name", [*PAGES, *OF_COMMITTEE, "component_score_edit", "result_show"])
def test_as_many_queries_for_thirty_rows_as_for_three(world: World, client: Client, name: str) -> None:
    def add(number: int) -> None:
        for _ in range(number):
            reporter = make_reporter(world.cycle, make_organization("县XX局", world.county))
            fill(world, reporter)
            make_rule(world, "other")

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    client.force_login(world.user("clerk"))
    pk = world.county.pk if name in OF_COMMITTEE else world.reporter.pk if name == "result_show" else world.cycle.pk
    url = reverse(f"reviews:{name}", args=[pk, world.cycle.year] if name == "subordinate_list" else [pk])
    fill(world, world.reporter)
    add(2)
    few = count()
    add(27)
    assert count() == few


def test_what_points_to_a_rule_is_the_grade_by_its_name(world: World, client: Client) -> None:
    fill(world, world.reporter)
    client.force_login(world.user("clerk"))
    html = client.get(reverse("reviews:watch_list", args=[world.cycle.pk])).content.decode()
    assert f"审定等次为“{world.cycle.scheme.grades.get(code='poor').label}”。" in html


def test_a_first_year_is_not_compared_with_nothing(world: World, client: Client) -> None:
    fill(world, world.reporter)
    client.force_login(world.user("clerk"))
    address = reverse("reviews:result_compare", args=[world.cycle.pk])
    first = client.get(address).content.decode()
    assert "上年度没有评议结果，只与同领域中位数比" in first
    assert ("上年得分" in first, "等次（上年）" in first, "（）" in first) == (False, False, False)

    before = make_reporter(make_cycle(world.county, world.cycle.year - 1), world.township)
    Result.objects.create(reporter=before, composite=Decimal("61.5"))
    second = client.get(address).content.decode()
    assert all(words in second for words in ("上年得分", "61.50", "-1.50", "等次（上年）"))
    assert "（）" not in second
