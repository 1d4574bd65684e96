"""The page for the holder of a slip, and the list of those who need one."""

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actions.activations import issue_slips
from accounts.models import User
from accounts.rules.roles import Role
from tests.factories import make_organization, make_person, make_post
from tests.world import World

pytestmark = pytest.mark.django_db

PASSWORD = "qing-xi-2027"
USE, LIST = reverse("accounts:activation_use"), reverse("accounts:slip_list")


@pytest.fixture
def code(world: World) -> str:
    person = make_person("张三")
    make_post(world.township, Role.STAFF, person)
    (slip,) = issue_slips([person], by=world.user("clerk"))
    return slip.code


def typed(code: str, password: str = PASSWORD, again: str = "") -> dict[str, str]:
    return {"code": code, "password": password, "password_again": again or password}


def test_the_holder_of_a_slip_sets_a_password_and_is_in(client: Client, code: str) -> None:
    response = client.post(USE, typed(code), follow=True)
    assert response.status_code == 200
    page = response.content.decode()
    assert "今后请用登录名 zhangsan" in page
    assert client.session["_auth_user_id"] == str(User.objects.get(username="zhangsan").pk)


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [("qing-xi-2027", "qing-xi-2028", "不一样"), ("12345678", "12345678", "密码"), ("zhangsan", "zhangsan", "密码")],
)
def test_a_bad_password_is_refused_in_words_and_the_code_stays_good(
    client: Client, code: str, password: str, again: str, words: str
) -> None:
    response = client.post(USE, typed(code, password, again))
    assert response.status_code == 200
    page = response.content.decode()
    assert words in page
    assert f'value="{code}"' in page
    assert password not in page
    assert client.post(USE, typed(code)).status_code == 302


def test_a_used_code_says_what_to_do(client: Client, code: str) -> None:
    Client().post(USE, typed(code))
    assert "已经用过" in client.post(USE, typed(code)).content.decode()


def test_the_list_asks_as_many_questions_for_one_as_for_thirty(client: Client, world: World) -> None:
    client.force_login(world.user("clerk"))
    counts = []
    for more in (1, 29):
        for _ in range(more):
            person = make_person("张三")
            make_post(world.township, Role.STAFF, person)
            issue_slips([person], by=world.user("clerk"))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(LIST).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_list_is_filtered_by_name_unit_and_account(client: Client, world: World, code: str) -> None:
    make_post(world.other_township, Role.STAFF, make_person("李四"))
    client.force_login(world.user("clerk"))

    def found(**query: str) -> set[str]:
        return {person.name for person in client.get(LIST, query).context["page_obj"]} & {"张三", "李四"}

    assert found() == {"张三", "李四"}
    assert found(q="甲乡") == {"张三"}
    assert found(q="李四") == {"李四"}
    assert found(state="none") == {"李四"}
    assert found(state="issued") == {"张三"}


def test_the_figure_of_days_is_on_the_page(client: Client, world: World) -> None:
    client.force_login(world.user("clerk"))
    assert f"{settings.ACTIVATION_DAYS} 天内有效" in client.get(LIST).content.decode()


def test_the_secretaries_below_are_told_from_everybody_else(client: Client, world: World) -> None:
    client.force_login(world.user("clerk"))
    unit = make_organization("丙乡党委", world.county)
    head = make_post(unit, Role.SECRETARY, make_person("赵六"))
    make_post(world.department, Role.STAFF, make_person("王五"))
    everybody = client.get(LIST).content.decode()
    heads = client.get(LIST, {"who": "heads"}).content.decode()
    assert ("赵六" in everybody, "王五" in everybody) == (True, True)
    assert ("赵六" in heads, "王五" in heads) == (True, False)
    alone = client.get(LIST, {"q": head.person.code}).content.decode()
    assert f'id="person-{head.person_id}" checked' in alone
