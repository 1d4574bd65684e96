from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from reporting.actions.reports import accept_report, return_report
from reporting.models import DutyReport, Scheme
from reporting.rules.schemes import ReportReaders
from tests.factories import make_cycle, make_organization, make_reporter
from tests.reporting.rows import TEXTS, hand_in
from tests.world import ROLES, World, build_world

pytestmark = pytest.mark.django_db

LIST = reverse("reporting:published_list")
REVIEWERS = {"clerk", "leader", "supervision", "superior"}
REPORTERS = {"secretary", "staff", "other_secretary"}


@pytest.fixture
def world() -> World:
    world = build_world()
    accept_report(hand_in(world.reporter, by=world.user("secretary")), by=world.user("clerk"))
    return world


def open_to(readers: str) -> None:
    Scheme.objects.update(report_readers=readers)


@pytest.mark.parametrize(
    ("readers", "roles"),
    [
        (ReportReaders.REVIEWERS, set()),
        (ReportReaders.REPORTERS, REVIEWERS | REPORTERS),
        (ReportReaders.SUBTREE, REVIEWERS | REPORTERS | {"attendee", "administrator"}),
    ],
)
def test_who_reads_is_what_the_scheme_says(world: World, client: Client, readers: str, roles: set[str]) -> None:
    open_to(readers)
    page = reverse("reporting:published_show", args=[world.reporter.pk])
    allowed = set()
    for role in set(ROLES) - {"anonymous"}:
        client.force_login(world.user(role))
        answer = client.get(page)
        assert (answer.status_code == 200) is bool(client.get(LIST).context["page_obj"].paginator.count)
        if answer.status_code == 200:
            allowed.add(role)
    assert allowed == roles


def test_only_the_accepted_text_is_read(world: World, client: Client) -> None:
    open_to(ReportReaders.REPORTERS)
    client.force_login(world.user("other_secretary"))
    page = reverse("reporting:published_show", args=[world.reporter.pk])
    assert escape(TEXTS["main_responsibility"]) in client.get(page).content.decode()
    assert client.get(reverse("reporting:report_show", args=[world.reporter.pk])).status_code == 404
    return_report(DutyReport.objects.get(), reason="问题不具体", by=world.user("clerk"))
    assert client.get(page).status_code == 404


def test_the_list_needs_the_same_queries_for_one_and_for_many(
    world: World, client: Client, django_assert_max_num_queries: Any
) -> None:
    open_to(ReportReaders.REPORTERS)
    client.force_login(world.user("other_secretary"))
    with django_assert_max_num_queries(20) as one:
        client.get(LIST)
    for number in range(10):
        unit = make_organization(f"第{number}乡党委", world.county)
        DutyReport.objects.create(reporter=make_reporter(world.cycle, unit), state="accepted")
    with django_assert_max_num_queries(len(one)):
        assert client.get(LIST).context["page_obj"].paginator.count == 11


def test_it_is_found_from_the_home_page_and_filtered(world: World, client: Client) -> None:
    open_to(ReportReaders.SUBTREE)
    client.force_login(world.user("attendee"))
    assert "阅读公开的述职报告（1 份）" in client.get("/").content.decode()
    assert client.get(LIST, {"q": "甲乡", "year": "2026"}).context["page_obj"].paginator.count == 1
    assert "没有可以阅读的报告" in client.get(LIST, {"year": "2025"}).content.decode()
    assert client.get(LIST, {"year": "abc"}).status_code == 200


def test_another_year_that_is_not_opened_stays_shut(world: World, client: Client) -> None:
    open_to(ReportReaders.REPORTERS)
    last = make_cycle(world.county, year=2025)
    DutyReport.objects.create(reporter=make_reporter(last, world.township), state="locked")
    client.force_login(world.user("other_secretary"))
    assert [report.cycle.year for report in client.get(LIST).context["page_obj"]] == [2026]
