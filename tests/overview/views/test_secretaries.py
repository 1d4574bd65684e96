import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person, User
from accounts.rules.roles import Role
from common import clock
from reporting.models import DutyReport
from tests.factories import make_person, make_post
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(client: Client) -> World:
    world = build_world()
    DutyReport.objects.create(reporter=world.reporter)
    client.force_login(world.user("clerk"))
    return world


def url(world: World, query: str = "") -> str:
    return reverse("overview:secretary_replace", args=[world.township.pk]) + query


def typed(world: World, **facts) -> dict[str, object]:
    today = clock.today().isoformat()
    seen = world.user("secretary").person.posts.get().pk
    return {"name": "XX", "code": "N1", "title": "党委书记", "start": today, "account": "close", "seen": seen} | facts


def test_namesakes_are_told_apart_by_code_and_post(client, world) -> None:
    for number in ("M1", "M2"):
        make_post(world.department, Role.MEMBER, make_person("XX", code=number))
    page = client.get(url(world, "?q=XX")).content.decode()
    assert "找到 2 人" in page
    assert "（M1）" in page
    assert "（M2）" in page


def test_without_a_search_those_of_the_organization_are_offered(client, world) -> None:
    page = client.get(url(world)).content.decode()
    assert "李某" in page  # drafting staff of the township
    assert "吴某" not in page
    assert "2026年度" in page  # the report that is not handed in


def test_one_deed_replaces_closes_and_hands_over(client, world) -> None:
    answer = client.post(url(world, "?new=1"), typed(world, reporters=[world.reporter.pk]))
    new = Person.objects.get(code="N1")
    assert answer.url == reverse("accounts:person_show", args=[new.pk])  # no account yet: there it is opened
    world.reporter.refresh_from_db()
    assert world.reporter.post.person == new
    assert not User.objects.get(username="secretary").is_active
    page = client.get(reverse("accounts:organization_show", args=[world.township.pk])).content.decode()
    assert "历任第一责任人" in page


def test_the_loser_keeps_what_was_typed_and_sees_who_it_is_now(client, world) -> None:
    first, second = typed(world), typed(world, code="N2", title="党委书记（代）")
    client.post(url(world, "?new=1"), first)
    answer = client.post(url(world, "?new=1"), second)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "XX（N1）" in page
    assert "党委书记（代）" in page
    assert not Person.objects.filter(code="N2").exists()


def test_a_code_in_use_is_said_with_everything_still_there(client, world) -> None:
    make_person("***", code="N1")
    page = client.post(url(world, "?new=1"), typed(world, title="党委书记、乡长")).content.decode()
    assert "已经有人使用" in page
    assert "党委书记、乡长" in page


def test_a_day_before_the_present_secretary_began_is_refused(client, world) -> None:
    page = client.post(url(world, "?new=1"), typed(world, start="2019-12-31")).content.decode()
    assert "接任日期应晚于现任的任职日期（2020年1月1日）" in page


def test_an_account_that_is_still_needed_is_not_closed(client, world) -> None:
    ahead = (clock.today() + dt.timedelta(days=5)).isoformat()
    page = client.post(url(world, "?new=1"), typed(world, start=ahead)).content.decode()
    assert "请先选“保留”" in page
    assert User.objects.get(username="secretary").is_active


def test_an_administrator_replaces_but_leaves_the_reporter_to_the_department(client, world) -> None:
    client.force_login(world.user("administrator"))
    assert "改由接任同志述职" not in client.get(url(world, "?new=1")).content.decode()
    client.post(url(world, "?new=1"), typed(world, reporters=[world.reporter.pk]))
    world.reporter.refresh_from_db()
    assert world.reporter.post.person == world.user("secretary").person


def test_the_number_of_queries_does_not_grow_with_the_people_found(
    client, world, django_assert_max_num_queries
) -> None:
    for _ in range(15):
        make_post(world.department, Role.MEMBER, make_person("XX"))
    with django_assert_max_num_queries(25):
        client.get(url(world, "?q=XX"))
