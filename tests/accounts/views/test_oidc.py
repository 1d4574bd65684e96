"""Sign-in by an office's provider: an account is found or nothing happens; every planted forgery is refused."""

import time
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry, SignIn, User
from tests.accounts.office_provider import CLIENT, FORGED, SECRET, Provider, running_provider
from tests.world import build_world

pytestmark = pytest.mark.django_db

BEGIN, LOGIN = reverse("accounts:oidc_begin"), reverse("accounts:login")


@pytest.fixture
def provider(settings) -> Iterator[Provider]:
    cache.clear()
    with running_provider() as provider:
        settings.OIDC_ISSUER = provider.issuer
        settings.OIDC_RP_CLIENT_ID, settings.OIDC_RP_CLIENT_SECRET = CLIENT, SECRET
        settings.AUTHENTICATION_BACKENDS = [*settings.AUTHENTICATION_BACKENDS, settings.OIDC_BACKEND]
        yield provider


@pytest.fixture
def staff(provider: Provider) -> User:
    user = build_world().user("staff")
    user.office_subject = "identity-1"
    user.save()
    return user


def comes_back(client: Client, provider: Provider, **query: str) -> str:
    """Goes to the provider and returns the address with which the browser comes back."""
    there = urlsplit(client.get(BEGIN, query).url)
    assert f"{there.scheme}://{there.netloc}{there.path}" == f"{provider.issuer}/auth"
    back = urlsplit(provider.authorize(dict(parse_qsl(there.query))))
    return f"{back.path}?{back.query}"


def signs_in(client: Client, provider: Provider) -> str:
    """Comes back signed in or not; returns the page in the end."""
    return client.get(comes_back(client, provider), follow=True).content.decode()


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_an_identity_that_is_written_down_signs_in(client: Client, provider: Provider, staff: User) -> None:
    assert "用统一身份认证登录" in client.get(LOGIN).content.decode()
    assert client.get(comes_back(client, provider, next="/reports/")).url == "/reports/"
    assert client.session["_auth_user_id"] == str(staff.pk)
    assert SignIn.objects.get().user == staff
    assert client.get("/").status_code == 200


def test_an_unknown_identity_makes_no_account_and_is_told_what_to_do(
    client: Client, provider: Provider, staff: User
) -> None:
    before = User.objects.count()
    provider.claims = {"sub": "identity-2", "name": "李某", "preferred_username": "staff", "email": "staff@x.cn"}
    page = signs_in(client, provider)
    assert "没有可用的账号" in page
    assert "identity-2" in page
    assert not is_in(client)
    assert User.objects.count() == before


@pytest.mark.parametrize(("match", "value"), [("username", "staff"), ("person_code", None)])
def test_another_claim_can_be_the_stable_one(
    client: Client, provider: Provider, staff: User, settings, match: str, value: str | None
) -> None:
    settings.OIDC_CLAIM, settings.OIDC_MATCH = "employee", match
    provider.claims = {"sub": "identity-9", "employee": value or staff.person.code}
    signs_in(client, provider)
    assert client.session["_auth_user_id"] == str(staff.pk)


def test_a_claim_that_is_not_there_is_told(client: Client, provider: Provider, staff: User, settings) -> None:
    settings.OIDC_CLAIM = "employee"
    assert "没有提供本系统需要的身份标识（employee）" in signs_in(client, provider)
    assert not is_in(client)


def test_a_closed_account_stays_closed(client: Client, provider: Provider, staff: User) -> None:
    signs_in(client, provider)
    User.objects.filter(pk=staff.pk).update(is_active=False)
    assert client.get("/").status_code == 302  # at the next request of a session that was open
    again = Client()
    assert "没有可用的账号" in signs_in(again, provider)
    assert not is_in(again)


@pytest.mark.parametrize(
    "token",
    [
        {"aud": "another-client"},
        {"iss": "http://another.invalid"},
        {"nonce": "of-another-sign-in"},
        {"exp": time.time() - 60},
        {"exp": None},
    ],
)
def test_a_token_that_is_not_for_us_is_refused(
    client: Client, provider: Provider, staff: User, token: dict[str, object]
) -> None:
    provider.token = token
    assert "没有完成统一身份认证登录" in signs_in(client, provider)
    assert not is_in(client)


def test_a_forged_signature_is_refused(client: Client, provider: Provider, staff: User) -> None:
    provider.key = FORGED
    assert "没有完成" in signs_in(client, provider)
    assert not is_in(client)


def test_claims_about_somebody_else_are_refused(client: Client, provider: Provider, staff: User) -> None:
    provider.token = {"sub": "identity-2"}
    assert "没有完成" in signs_in(client, provider)
    assert not is_in(client)


def test_a_return_that_nobody_asked_for_is_refused(client: Client, provider: Provider, staff: User) -> None:
    """Somebody else's return address, sent to a victim, must not sign the victim in."""
    address = comes_back(Client(), provider)
    client.get(BEGIN)
    assert "没有完成" in client.get(address, follow=True).content.decode()
    assert not is_in(client)


def test_a_return_counts_once(client: Client, provider: Provider, staff: User) -> None:
    address = comes_back(client, provider)
    client.get(address)
    client.post(reverse("accounts:logout"))
    client.get(address)
    assert not is_in(client)


def test_a_provider_that_is_away_is_told_and_passwords_still_work(
    client: Client, provider: Provider, staff: User
) -> None:
    provider.is_down = True
    assert "暂时连不上" in client.get(BEGIN, follow=True).content.decode()
    client.post(LOGIN, {"username": "staff", "password": "test-password-2027"})
    assert is_in(client)


def test_many_who_have_no_account_lock_nobody_out(client: Client, provider: Provider, staff: User) -> None:
    provider.claims = {"sub": "identity-2"}
    for _ in range(7):
        signs_in(client, provider)
    provider.claims = {"sub": "identity-1"}
    signs_in(client, provider)
    assert is_in(client)


def test_a_one_time_password_is_not_asked_of_who_comes_by_the_office(
    client: Client, provider: Provider, staff: User
) -> None:
    User.objects.filter(pk=staff.pk).update(must_change_password=True)
    signs_in(client, provider)
    assert client.get("/").status_code == 200


def test_the_office_writes_down_an_identity_once(client: Client, provider: Provider, staff: User) -> None:
    world_clerk = User.objects.get(username="clerk")
    client.force_login(world_clerk)
    secretary = User.objects.get(username="secretary")
    person = reverse("accounts:person_show", args=[secretary.person_id])
    assert "未登记" in client.get(person).content.decode()
    bind = reverse("accounts:account_bind", args=[secretary.pk])
    assert "另一个账号" in client.post(bind, {"subject": "identity-1"}, follow=True).content.decode()
    assert "identity-7" in client.post(bind, {"subject": " identity-7 "}, follow=True).content.decode()
    entry = AuditEntry.objects.of(secretary.person).get(verb="登记身份标识")
    assert (entry.before, entry.after) == ({"office_subject": None}, {"office_subject": "identity-7"})


def test_without_a_provider_there_is_no_such_page(client: Client) -> None:
    build_world()
    assert client.get(BEGIN).status_code == 404
    assert "统一身份" not in client.get(LOGIN).content.decode()
