"""Dangerous deeds ask again who it is; what was typed reaches the view as it was."""

import datetime as dt
import re
from html import unescape
from urllib.parse import urlencode

import pytest
import time_machine
from axes.models import AccessAttempt
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import Client
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.views.decorators.http import require_http_methods

from accounts import urls
from accounts.actions.sign_ins import PROVED_AT
from accounts.views.proofs import fresh_sign_in_required
from tests.world import World, build_world

pytestmark = pytest.mark.django_db

PASSWORD = "test-password-2027"
START = dt.datetime(2027, 1, 5, 1, 0, tzinfo=dt.UTC)


@pytest.fixture
def world(settings) -> World:
    settings.STEP_UP_MINUTES = 15
    return build_world()


def signed_in(username: str) -> Client:
    client = Client()
    client.post(reverse("accounts:login"), {"username": username, "password": PASSWORD})
    return client


@require_http_methods(["GET", "POST"])
@fresh_sign_in_required(only_post=True)
def deed(request: HttpRequest) -> HttpResponse:
    return JsonResponse(dict(request.POST.lists()))


@pytest.fixture
def at_work(world: World, monkeypatch):
    """The notices' address answers with `deed`, so that any page's values can be sent through the question."""
    pattern = next(each for each in urls.urlpatterns if each.name == "notice_read")
    monkeypatch.setattr(pattern, "callback", deed)
    return reverse("accounts:notice_read")


def hidden(response: HttpResponse) -> list[tuple[str, str]]:
    rows = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', response.content.decode())
    return [(unescape(name), unescape(value)) for name, value in rows if name != "csrfmiddlewaretoken"]


def test_nobody_is_asked_shortly_after_signing_in(at_work: str) -> None:
    with time_machine.travel(START, tick=False) as traveller:
        client = signed_in("clerk")
        traveller.shift(dt.timedelta(minutes=15))
        assert client.post(at_work, {"reason": "原因"}).json() == {"reason": ["原因"]}


def test_later_the_password_is_asked_and_the_values_go_through_exactly(at_work: str) -> None:
    typed = {"reason": "  第一段\n\n“第二段” <b>&amp;</b> X月X日  ", "chosen": ["3", "1"], "empty": ""}
    with time_machine.travel(START, tick=False) as traveller:
        client = signed_in("clerk")
        traveller.shift(dt.timedelta(minutes=16))
        question = client.post(at_work, typed)
        assert question.status_code == 403
        kept: dict[str, list[str]] = {}
        for name, value in hidden(question):
            kept.setdefault(name, []).append(value)
        answer = client.post(at_work, kept | {"proof-secret": PASSWORD})
        assert answer.json() == {"reason": [typed["reason"]], "chosen": ["3", "1"], "empty": [""]}
        traveller.shift(dt.timedelta(minutes=14))
        assert client.post(at_work, {"a": "1"}).json() == {"a": ["1"]}


def test_a_wrong_password_does_nothing_keeps_the_values_and_counts_towards_the_lockout(at_work: str) -> None:
    with time_machine.travel(START, tick=False) as traveller:
        client = signed_in("clerk")
        traveller.shift(dt.timedelta(minutes=16))
        question = client.post(at_work, {"reason": "原因", "proof-secret": "wrong"})
        assert question.status_code == 403
        assert "密码不正确" in question.content.decode()
        assert ("reason", "原因") in hidden(question)
        for _ in range(4):
            last = client.post(at_work, {"reason": "原因", "proof-secret": "wrong"})
        assert last.status_code == 429
        assert AccessAttempt.objects.get().failures_since_start == 5
        assert client.post(at_work, {"reason": "原因", "proof-secret": PASSWORD}).status_code == 429


def test_looking_is_free_with_only_post(at_work: str) -> None:
    with time_machine.travel(START, tick=False) as traveller:
        client = signed_in("clerk")
        traveller.shift(dt.timedelta(hours=2))
        assert client.get(at_work).status_code == 200


def test_secretaries_are_never_asked(at_work: str) -> None:
    with time_machine.travel(START, tick=False) as traveller:
        for username in ("secretary", "staff", "attendee"):
            client = signed_in(username)
            traveller.shift(dt.timedelta(hours=2))
            assert client.post(at_work, {"a": "1"}).status_code == 200


def test_a_session_without_a_proof_is_asked(at_work: str, world: World) -> None:
    client = Client()
    client.force_login(world.user("clerk"))
    assert client.post(at_work, {"a": "1"}).status_code == 403


def test_files_are_chosen_again(at_work: str, world: World) -> None:
    client = Client()
    client.force_login(world.user("clerk"))
    page = "http://testserver/imports/"
    answer = client.post(at_work, {"file": SimpleUploadedFile("a.txt", b"x")}, headers={"Referer": page})
    assert answer.status_code == 302
    question = client.get(answer.url)
    assert "重新选择文件" in question.content.decode()
    back = client.post(reverse("accounts:proof_give"), dict(hidden(question)) | {"proof-secret": PASSWORD})
    assert back.url == page


def test_an_export_leads_back_to_its_button(world: World) -> None:
    client = Client()
    client.force_login(world.user("clerk"))
    page = "http://testserver/audit/"
    question = client.get(reverse("accounts:audit_export"), headers={"Referer": page}, follow=True)
    answer = client.post(
        reverse("accounts:proof_give"), dict(hidden(question)) | {"proof-secret": PASSWORD}, follow=True
    )
    assert answer.request["PATH_INFO"] == "/audit/"
    assert "请再点一次" in answer.content.decode()
    assert client.get(reverse("accounts:audit_export")).headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com", "javascript:alert(1)"])
def test_the_question_leads_to_no_other_host(world: World, elsewhere: str) -> None:
    client = Client()
    client.force_login(world.user("clerk"))
    answer = client.post(reverse("accounts:proof_give"), {"next": elsewhere, "proof-secret": PASSWORD})
    assert answer.url == "/"
    assert PROVED_AT in client.session


@pytest.mark.parametrize("odd", ["foo", "accounts:nowhere", "overview:home", "a\r\nX-Own: 1", "?", "\x00"])
def test_what_is_no_address_of_ours_is_followed_and_never_looked_up(world: World, odd: str) -> None:
    """As the name of a view it would be an error, or lead to a page that nobody asked for."""
    client = Client()
    signed_in = client.post(
        f"{reverse('accounts:login')}?{urlencode({'next': odd})}", {"username": "clerk", "password": PASSWORD}
    )
    proved = client.post(reverse("accounts:proof_give"), {"next": odd, "proof-secret": PASSWORD})
    for answer in (signed_in, proved):
        assert answer.status_code == 302
        assert answer.url in {"/", iri_to_uri(odd)}
        assert "X-Own" not in answer.headers
