"""Class of the year, contact points and the leading group on the pages (S-11, S-20, S-21)."""

import pytest
from django.urls import reverse

from accounts.actions.classes import set_class
from accounts.actions.contacts import add_visit, create_contact
from accounts.models import ContactPoint, OrganizationClass, Person
from accounts.rules.roles import Role
from common import clock
from reporting.models import DutyReport
from tests.factories import make_organization, make_person, make_post
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(client) -> World:
    world = build_world()
    client.force_login(world.user("clerk"))
    return world


def year() -> int:
    return clock.today().year


def in_class(world: World, rank: str, at: int | None = None, *, is_weak: bool = False) -> OrganizationClass:
    facts = {"rank": rank, "is_weak": is_weak}
    return set_class(world.township, year=at or year(), facts=facts, seen=0, by=world.user("clerk"))


def contact(world: World) -> ContactPoint:
    leader = world.user("leader").person.posts.get()
    return create_contact(world.township, leader=leader, year=year(), by=world.user("clerk"))


def table(world: World, **of_township: object) -> dict[str, object]:
    typed = {f"class-{each.pk}-seen": 0 for each in (world.township, world.other_township, world.department)}
    return typed | {f"class-{world.township.pk}-{key}": value for key, value in of_township.items()}


def test_the_list_is_filtered_by_class_and_shows_the_change(client, world) -> None:
    in_class(world, "lagging", year() - 1)
    in_class(world, "ordinary", is_weak=True)
    url = reverse("accounts:organization_list")
    for wanted in ("ordinary", "中间", "weak"):
        page = client.get(url, {"rank": wanted}).content.decode()
        assert "甲乡党委" in page
        assert "乙镇党委" not in page
        assert "较上年上升" in page
    assert "甲乡党委" not in client.get(url, {"rank": "none"}).content.decode()


def test_a_table_sets_the_classes_of_a_committee(client, world) -> None:
    url = reverse("accounts:class_list", args=[world.county.pk])
    assert client.post(url, table(world, rank="中间", is_weak="on")).status_code == 302
    row = OrganizationClass.objects.get()
    assert (row.organization, row.rank, row.is_weak, row.year) == (world.township, "ordinary", True, year())
    assert "一般 1" in client.get(url).content.decode()
    assert url in client.get(reverse("accounts:organization_show", args=[world.county.pk])).content.decode()
    stale = client.post(url, table(world, rank="advanced"))
    assert stale.status_code == 409
    assert OrganizationClass.objects.get().rank == "ordinary"
    assert f'name="class-{world.township.pk}-seen" value="1"' in stale.content.decode()
    assert "请选择年度分类" in client.post(url, table(world, rank="", seen=1)).content.decode()


def test_nobody_below_or_beside_fills_the_table(client, world) -> None:
    url = reverse("accounts:class_list", args=[world.county.pk])
    for role in ("leader", "superior", "administrator"):
        client.force_login(world.user(role))
        assert "<select" not in client.get(url).content.decode().split("filter-bar")[-1].split("</form>", 1)[-1]
        assert client.post(url, table(world, rank="advanced")).status_code == 403


def test_a_weak_organization_is_told_with_leader_and_days(client, world) -> None:
    leader = world.user("leader").person.posts.get()
    url = reverse("accounts:class_edit", args=[world.township.pk, year()])
    typed = {"rank": "lagging", "leader": leader.pk, "started_on": "2026-03-01", "revision": 0}
    assert "请勾选“软弱涣散”" in client.post(url, typed).content.decode()
    assert client.post(url, typed | {"is_weak": "on"}).status_code == 302
    page = client.get(reverse("accounts:organization_show", args=[world.township.pk])).content.decode()
    assert "软弱涣散，整顿中" in page
    assert "包抓领导：钱某" in page
    other = client.post(url, typed | {"rank": "advanced", "is_weak": "on", "note": "我写的"})
    assert (other.status_code, "对方保存的内容" in other.content.decode(), "我写的" in other.content.decode()) == (
        409,
        True,
        True,
    )


def test_a_leader_sees_the_contact_points_at_home_and_writes_visits(client, world) -> None:
    made = contact(world)
    client.force_login(world.user("leader"))
    assert "联系点：甲乡党委" in client.get("/").content.decode()
    url = reverse("accounts:visit_create", args=[made.pk])
    assert "请填写日期" in client.post(url, {"note": "到村里"}).content.decode()
    client.post(url, {"date_text": "X月X日", "note": "到***村，，"})
    page = client.get(reverse("accounts:contact_show", args=[made.pk])).content.decode()
    assert "X月X日" in page
    assert "到***村，，" in page
    assert "今年已登记到访1次" in client.get("/").content.decode()


def test_a_leader_sees_whom_to_put_right_until_it_is_done(client, world) -> None:
    leader = world.user("leader").person.posts.get()
    row = in_class(world, "lagging", is_weak=True)
    OrganizationClass.objects.update(leader=leader)
    client.force_login(world.user("leader"))
    assert "包抓整顿：甲乡党委" in client.get("/").content.decode()
    OrganizationClass.objects.filter(pk=row.pk).update(finished_on=clock.today())
    assert "包抓整顿" not in client.get("/").content.decode()


def test_the_report_is_read_beside_class_and_contact_point(client, world) -> None:
    DutyReport.objects.create(reporter=world.reporter, submitted_at=clock.now(), state="submitted")
    made = ContactPoint.objects.create(
        organization=world.township, leader=world.user("leader").person.posts.get(), year=world.cycle.year
    )
    add_visit(made, date=None, date_text="X月X日", note="调研", by=world.user("leader"))
    set_class(world.township, year=world.cycle.year, facts={"rank": "advanced"}, seen=0, by=world.user("clerk"))
    client.force_login(world.user("leader"))
    page = client.get(reverse("reporting:report_show", args=[world.reporter.pk])).content.decode()
    assert "到访 1 次" in page
    assert "年度分类和联系领导" in page


def test_a_contact_point_twice_is_refused_in_words(client, world) -> None:
    made = contact(world)
    url = reverse("accounts:contact_create", args=[world.township.pk])
    page = client.post(url, {"leader": made.leader_id, "year": made.year}).content.decode()
    assert "本年度已经联系这个单位" in page
    assert client.post(url, {"leader": made.leader_id, "year": made.year + 1}).status_code == 302


def test_the_leading_group_is_typed_into_a_table(client, world) -> None:
    known = make_post(world.department, Role.MEMBER, make_person("XX", code="K1")).person
    typed = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 0}
    rows = [
        {
            "name": "XX",
            "code": "K1",
            "title": "党委副书记",
            "role": "deputy",
            "duties": "组织、党建",
            "start": "2026-01-01",
        },
        {"name": "***", "code": "", "title": "党委委员", "role": "member", "duties": "宣传", "start": ""},
    ]
    typed |= {f"form-{at}-{key}": value for at, row in enumerate(rows) for key, value in row.items()}
    url = reverse("accounts:team_edit", args=[world.township.pk])
    wrong = client.post(url, typed | {"form-0-name": "李某"}).content.decode()
    assert "代码“K1”是XX" in wrong
    assert client.post(url, typed).status_code == 302
    assert known.posts.get(organization=world.township).duties == "组织、党建"
    assert Person.objects.get(code="X1-01").name == "***"
    page = client.get(reverse("accounts:organization_show", args=[world.township.pk])).content.decode()
    assert "分管：宣传" in page


@pytest.mark.parametrize("name", ["organization_list", "contact_list"])
def test_the_number_of_queries_is_the_same_for_many_rows(client, world, name, django_assert_max_num_queries) -> None:
    leader, clerk = world.user("leader").person.posts.get(), world.user("clerk")
    for number in range(15):
        each = make_organization(f"{number}乡党委", world.county)
        set_class(each, year=year(), facts={"rank": "ordinary"}, seen=0, by=clerk)
        ContactPoint.objects.create(organization=each, leader=leader, year=year())
    with django_assert_max_num_queries(14):
        client.get(reverse(f"accounts:{name}"))
    with django_assert_max_num_queries(18):
        client.get(reverse("accounts:class_list", args=[world.county.pk]))
