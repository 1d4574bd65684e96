"""An empty installation is led to an open year; what is done is read from the data."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.actions.people import open_account
from accounts.models import Organization, Person, User
from accounts.rules.roles import Role
from overview.duties import duties_of
from overview.setup import set_up_steps
from reporting.models import Cycle
from reporting.rules.presets import PRESETS
from tests.factories import make_post, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> Organization:
    facts = {"organization": "中国共产党某县委员会", "code": "3300", "name": "王某", "username": "admin"}
    call_command("set_up_installation", stdout=StringIO(), **facts)
    User.objects.update(must_change_password=False)
    return Organization.objects.get()


def signed_in(client: Client, user: User) -> User:
    client.force_login(user)
    return User.objects.get(pk=user.pk)


def standing(county: Organization, user: User) -> dict[str, str]:
    return {step.label: step.state for step in set_up_steps(county, user)}


def follow(client: Client, county: Organization, user: User, typed: dict[str, object] | None = None):
    """Open the page of the present step, and post to it what is typed."""
    step = next(step for step in set_up_steps(county, user) if step.state == "current")
    return client.get(step.url) if typed is None else client.post(step.url, typed)


def table(*rows: tuple[str, str, str]) -> dict[str, object]:
    typed: dict[str, object] = {"form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": 0, "level": "township"}
    for at, (name, code, secretary) in enumerate(rows):
        cells = {"name": name, "code": code, "kind": "committee", "domain": "", "secretary": secretary}
        typed |= {f"form-{at}-{key}": value for key, value in cells.items()}
    return typed


def test_an_empty_installation_asks_for_the_department_first(client, county) -> None:
    admin = signed_in(client, User.objects.get())
    (duty,) = duties_of(admin)
    assert (duty.title, duty.action) == ("启用本系统（中国共产党某县委员会）", "继续")
    assert standing(county, admin) == {
        "核对本级党委": "done",
        "开通组织部账号": "current",
        "登记下级党组织": "ahead",
        "登记各单位书记": "ahead",
        "开通书记账号": "ahead",
        "建立年度": "ahead",
        "列入述职人": "ahead",
        "开始报送": "ahead",
    }
    assert 'value="organization_department" selected' in follow(client, county, admin).content.decode()


def test_step_by_step_to_an_open_year(client, county) -> None:
    admin = signed_in(client, User.objects.get())
    typed = {"code": "3300-01", "name": "赵某", "title": "组织部干部", "role": Role.ORGANIZATION_DEPARTMENT}
    follow(client, county, admin, typed)
    clerk_person = Person.objects.get(code="3300-01")
    assert follow(client, county, admin).wsgi_request.path == reverse("accounts:person_show", args=[clerk_person.pk])
    clerk, _password = open_account(clerk_person, username="zhaom", by=admin)
    User.objects.update(must_change_password=False)

    clerk = signed_in(client, clerk)
    follow(client, county, clerk, table(("甲乡党委", "A", "张某"), ("", "", ""), ("乙镇党委", "B", "")))
    assert [(o.code, o.level) for o in county.children.order_by("code")] == [("A", "township"), ("B", "township")]
    assert Person.objects.get(name="张某").code == "A-01"

    newcomer = {"code": "B-01", "name": "***", "title": "党委书记", "start": "2026-11-20", "seen": ""}
    client.post(set_up_steps(county, clerk)[3].url + "?new=1", newcomer)
    for code in ("A-01", "B-01"):
        open_account(Person.objects.get(code=code), username=code, by=clerk)
    assert next(label for label, state in standing(county, clerk).items() if state == "current") == "建立年度"

    follow(client, county, clerk, {"committee": county.pk, "year": 2026, "theme": "", "source": next(iter(PRESETS))})
    cycle = Cycle.objects.get()
    chosen = {f"organization-{o.pk}-chosen": "on" for o in county.children.all()}
    posts = {f"organization-{o.pk}-post": o.first_responsible.pk for o in county.children.all()}
    follow(client, county, clerk, chosen | posts)
    assert cycle.reporters.count() == 2
    assert "进入" in follow(client, county, clerk).content.decode()
    Cycle.objects.update(phase="reporting")
    assert set(standing(county, clerk).values()) == {"done"}
    assert not [duty for duty in duties_of(clerk) if "启用" in duty.title]
    assert "各步都已完成" in client.get(reverse("overview:setup_show", args=[county.pk])).content.decode()


def test_an_administrator_is_told_who_goes_on(client, county) -> None:
    admin = signed_in(client, User.objects.get())
    make_user(Role.ORGANIZATION_DEPARTMENT, county)
    step = next(step for step in set_up_steps(county, admin) if step.label == "建立年度")
    assert (step.url, "请用组织部账号登录办理" in step.text) == ("", True)


def test_a_table_with_a_mistake_loses_nothing(client, county) -> None:
    signed_in(client, User.objects.get())
    url = reverse("accounts:subordinate_create", args=[county.pk])
    page = client.post(url, table(("市XX局党组", "A", "XX"), ("市XX局党组", "A", "***"), ("丙乡党委", "3300", "")))
    text = page.content.decode()
    assert "在表中重复" in text
    assert "代码“3300”已有单位使用" in text
    assert 'value="***"' in text
    assert county.children.count() == 0
    assert "请至少填写一个单位" in client.post(url, table(("", "", ""))).content.decode()


def test_the_number_of_queries_does_not_grow_with_the_organizations(
    client, county, django_assert_max_num_queries
) -> None:
    clerk = make_user(Role.ORGANIZATION_DEPARTMENT, county)
    client.force_login(clerk)
    client.post(
        reverse("accounts:subordinate_create", args=[county.pk]), table(*((f"{n}乡", f"T{n}", "") for n in range(15)))
    )
    with django_assert_max_num_queries(40):
        page = client.get(reverse("overview:setup_show", args=[county.pk])).content.decode()
    assert "还有15个单位没有登记书记" in page
    make_post(county.children.first(), Role.SECRETARY)
    assert "还有14个单位" in client.get(reverse("overview:setup_show", args=[county.pk])).content.decode()
