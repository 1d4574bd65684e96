"""Sign-in by an office's provider: an account is found or nothing happens; every planted forgery is refused."""

import time
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django_otp.oath import totp

from accounts.actions.second_factors import set_up_second_factor
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


# --- Who he is, once more, before a dangerous deed ------------------------------------------------------

PROVE, DONE, EXPORT = (reverse(f"accounts:{name}") for name in ("oidc_prove", "proof_done", "register_export"))


@pytest.fixture
def clerk(provider: Provider, settings) -> User:
    """Signs in by the office only, and did so there in the morning."""
    settings.STEP_UP_MINUTES = 15
    user = build_world().user("clerk")
    user.office_subject = "identity-1"
    user.set_unusable_password()
    user.save()
    provider.token = {"auth_time": int(time.time()) - 3600 * 4}
    return user


def proves(client: Client, provider: Provider, **token: object) -> str:
    """Goes to the provider by the button of the question; returns the page in the end."""
    there = urlsplit(client.get(PROVE, {"next": DONE}).url)
    query = dict(parse_qsl(there.query))
    assert (query["prompt"], query["max_age"]) == ("login", "0")
    provider.token = token
    back = urlsplit(provider.authorize(query))
    return client.get(f"{back.path}?{back.query}", follow=True).content.decode()


def question(client: Client) -> str:
    return client.get(EXPORT, follow=True, headers={"Referer": "http://testserver/imports/"}).content.decode()


def test_a_sign_in_of_the_morning_is_no_proof_and_one_of_now_is(
    client: Client, provider: Provider, clerk: User
) -> None:
    signs_in(client, provider)
    page = question(client)
    assert f'href="{PROVE}?next={DONE}" target="_blank"' in page
    assert "当前密码" not in page
    assert "回到原来的页面点“继续”" in proves(client, provider, auth_time=int(time.time()))
    back = client.post(reverse("accounts:proof_give"), {"next": "/imports/", "again": "1"})
    assert back.url == "/imports/"
    assert client.get(EXPORT).headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    "token",
    [{"auth_time": int(time.time()) - 600}, {}, {"auth_time": "now"}, {"auth_time": True}, {"auth_time": 9e18}],
)
def test_a_provider_that_does_not_ask_again_proves_nothing(
    client: Client, provider: Provider, clerk: User, token: dict[str, object]
) -> None:
    signs_in(client, provider)
    assert "没有让您重新登录" in proves(client, provider, **token)
    assert is_in(client)
    assert client.post(reverse("accounts:proof_give"), {"next": "/imports/"}).status_code == 403
    assert client.get(EXPORT).status_code == 302


def test_somebody_else_at_the_provider_proves_nothing_and_takes_nobodys_place(
    client: Client, provider: Provider, clerk: User
) -> None:
    User.objects.filter(username="administrator").update(office_subject="identity-2")
    signs_in(client, provider)
    provider.claims = {"sub": "identity-2"}
    assert "登录的不是这个账号" in proves(client, provider, auth_time=int(time.time()))
    assert client.session["_auth_user_id"] == str(clerk.pk)
    assert client.get(EXPORT).status_code == 302


def test_who_gives_up_at_the_provider_stays_signed_in(client: Client, provider: Provider, clerk: User) -> None:
    signs_in(client, provider)
    query = dict(parse_qsl(urlsplit(client.get(PROVE).url).query))
    refused = {"error": "access_denied", "state": query["state"]}
    page = client.get(reverse("accounts:oidc_return"), refused, follow=True).content.decode()
    assert "没有完成统一身份认证登录" in page
    assert is_in(client)
    assert client.get(EXPORT).status_code == 302


def test_a_return_of_a_plain_sign_in_is_no_proof(client: Client, provider: Provider, clerk: User) -> None:
    """Signed in there since the morning, one click on the login page must not pass for a proof."""
    signs_in(client, provider)
    signs_in(client, provider)
    assert client.get(EXPORT).status_code == 302


def test_who_has_an_app_shows_its_code(client: Client, provider: Provider, clerk: User) -> None:
    key = "31" * 20
    signs_in(client, provider)
    set_up_second_factor(clerk, key=key, token=f"{totp(bytes.fromhex(key)):06d}", by=clerk)
    page = question(client)
    assert PROVE not in page
    assert "动态码" in page or "验证码" in page


def test_what_was_typed_waits_in_the_question(client: Client, provider: Provider, clerk: User) -> None:
    signs_in(client, provider)
    url = reverse("accounts:second_factor_reset", args=[User.objects.get(username="staff").pk])
    asked = client.post(url, {"reason": "  丢了手机 "})
    assert asked.status_code == 403
    assert '<input type="hidden" name="reason" value="  丢了手机 ">' in asked.content.decode()
    assert client.post(url, {"reason": "  丢了手机 "}).status_code == 403
    proves(client, provider, auth_time=int(time.time()))
    assert client.post(url, {"reason": "  丢了手机 "}).status_code == 302
