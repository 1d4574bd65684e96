"""Two steps to sign in, and the page on which the second is set up."""

import datetime as dt
import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django_otp.oath import totp

from accounts.actions.second_factors import set_up_second_factor
from accounts.models import User, second_factor_of
from accounts.models.sealed_keys import open_key
from tests.world import World, build_world

pytestmark = pytest.mark.django_db

PASSWORD = "test-password-2027"
KEY = "31323334353637383930" * 2
START = dt.datetime(2027, 1, 5, 1, 0, tzinfo=dt.UTC)
ASK, SHOW, CREATE = (reverse(f"accounts:second_factor_{verb}") for verb in ("ask", "show", "create"))


def token_now(key: str = KEY) -> str:
    return f"{totp(bytes.fromhex(key)):06d}"


def taught_key(client: Client) -> str:
    """What the picture on the page holds, in hex; in the session, which is a row of the database, it lies sealed."""
    sealed = client.session["second_factor_key"]
    key = open_key(sealed, user_id=int(client.session["_auth_user_id"])).hex()
    assert key not in sealed
    return key


@pytest.fixture
def traveller():
    with time_machine.travel(START, tick=False) as travelling:
        yield travelling


@pytest.fixture
def world(traveller) -> World:
    return build_world()


@pytest.fixture
def clerk(world: World, traveller) -> User:
    clerk = world.user("clerk")
    set_up_second_factor(clerk, key=KEY, token=token_now(), by=clerk)
    traveller.shift(dt.timedelta(seconds=60))
    return clerk


def password_step(username: str, to: str = "") -> Client:
    client = Client()
    client.post(reverse("accounts:login"), {"username": username, "password": PASSWORD, "next": to})
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("accounts:sign_in_list")).status_code == 200


def test_the_password_alone_does_not_let_in(clerk: User) -> None:
    client = password_step("clerk", to="/people/")
    assert not is_in(client)
    answer = client.post(ASK, {"code": token_now()})
    assert answer.url == "/people/"
    assert is_in(client)


def test_a_wrong_code_is_told_on_the_page(clerk: User) -> None:
    client = password_step("clerk")
    assert "验证码不正确" in client.post(ASK, {"code": "000000"}).content.decode()
    assert not is_in(client)


def test_the_second_step_waits_ten_minutes(clerk: User, traveller) -> None:
    client = password_step("clerk")
    traveller.shift(dt.timedelta(minutes=11))
    assert client.post(ASK, {"code": token_now()}).url == reverse("accounts:login")
    assert not is_in(client)


def test_an_account_closed_or_with_a_new_password_meanwhile_does_not_come_in(clerk: User) -> None:
    client, other = password_step("clerk"), password_step("clerk")
    clerk.set_password("another-password-2027")
    clerk.save()
    assert client.post(ASK, {"code": token_now()}).url == reverse("accounts:login")
    clerk.is_active = False
    clerk.save()
    assert other.post(ASK, {"code": token_now()}).url == reverse("accounts:login")


def test_without_the_first_step_there_is_no_second(clerk: User) -> None:
    assert Client().post(ASK, {"code": token_now()}).url == reverse("accounts:login")


def test_the_others_sign_in_as_ever(clerk: User) -> None:
    assert is_in(password_step("secretary"))


def test_it_is_set_up_with_a_picture_and_letters_and_codes_are_shown_once(world: World, traveller) -> None:
    client = password_step("administrator")
    page = client.get(CREATE)
    assert "data:image/svg+xml" in page.content.decode()
    key = taught_key(client)
    wrong = client.post(CREATE, {"code": "000000"})
    assert "动态码不正确" in wrong.content.decode()
    assert taught_key(client) == key, "the picture that was read stays right"
    codes = client.post(CREATE, {"code": token_now(key)}).content.decode()
    assert len(re.findall(r">\w{4}-\w{4}-\w{4}<", codes)) == 10
    assert "还有 10 个" in client.get(SHOW).content.decode()
    assert not is_in(password_step("administrator"))


def test_dangerous_deeds_then_ask_for_the_code(clerk: User, settings, traveller) -> None:
    settings.STEP_UP_MINUTES = 15
    client = password_step("clerk")
    client.post(ASK, {"code": token_now()})
    traveller.shift(dt.timedelta(minutes=20))
    codes = reverse("accounts:second_factor_codes")
    assert "六位数字" in client.post(codes).content.decode()
    assert client.post(codes, {"proof-secret": PASSWORD}).status_code == 403
    traveller.shift(dt.timedelta(seconds=5))
    assert client.post(codes, {"proof-secret": token_now()}).status_code == 200


def test_where_it_is_required_nothing_else_opens_until_it_is_set_up(world: World, settings, traveller) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    client = password_step("clerk")
    assert client.get("/").url == CREATE
    assert client.get(CREATE).status_code == 200
    client.post(CREATE, {"code": token_now(taught_key(client))})
    assert client.get("/").status_code == 200
    assert password_step("secretary").get("/").status_code == 200


def test_only_those_it_is_for_see_it(world: World) -> None:
    assert "二次验证" not in password_step("secretary").get("/").content.decode()
    assert "二次验证" in password_step("clerk").get("/").content.decode()


def test_the_administrator_sees_and_resets_it(clerk: User, world: World) -> None:
    client = password_step("administrator")
    person = reverse("accounts:person_show", args=[clerk.person_id])
    assert "确认重置二次验证" in client.get(person).content.decode()
    assert client.post(reverse("accounts:second_factor_reset", args=[clerk.pk])).url == person
    assert second_factor_of(clerk) is None
    assert is_in(password_step("clerk"))
