"""The booth answers under its own names only, leaves nothing behind, and takes what a phone sealed."""

import base64
import gzip
import json
import logging
import re
import secrets
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError
from django.test import Client

from reviews.actions import booth as booth_actions
from reviews.actions.slips import mark_slip_used_on_paper
from reviews.models import Meeting, SealedBallot, Slip
from reviews.sealing.codes import digest_of
from reviews.sealing.keys import key_mark
from reviews.views import booth as booth_views
from tests.reviews.rows_of_ballots import Round, make_round, open_up
from tests.world import build_world

pytestmark = pytest.mark.django_db
HOST = "booth.localhost"


class Phone(Client):
    def __init__(self) -> None:
        super().__init__(headers={"host": f"{HOST}:8000"}, raise_request_exception=False)

    def send(self, path: str, **body: str) -> Any:
        return self.post(path, json.dumps(body), content_type="application/json")


@pytest.fixture
def made() -> Round:
    return open_up(make_round(build_world()))


def test_the_page_brings_everything_itself_and_is_light() -> None:
    phone = Phone()
    page = phone.get("/")
    links = re.findall(r'(?:src|href)="([^"]+)"', page.content.decode())
    assert len(links) == len(booth_views.ASSETS)
    weight = len(gzip.compress(page.content))
    for link in links:
        answer = phone.get(link, headers={"accept-encoding": "gzip"})
        assert answer.status_code == 200, link
        weight += len(answer.content)
    assert weight < 150_000
    assert "unsafe" not in page["Content-Security-Policy"]
    assert page["Referrer-Policy"] == "no-referrer"


def test_no_page_of_the_office_is_in_the_booth_and_the_booth_is_nowhere_else(client: Client) -> None:
    phone = Phone()
    for path in ("/login/", "/meetings/", "/healthz", "/static/css/app.css"):
        assert phone.get(path).status_code == 404, path
    assert client.post("/ballots/", {}).status_code in (302, 404)
    assert settings.MIDDLEWARE[0] == "config.middleware.BoothMiddleware"


def test_nothing_of_who_asks_reaches_a_view(made: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = {}
    monkeypatch.setattr(booth_views, "_state", lambda round_: seen)
    original = booth_views.find_slip

    def watch(code: str) -> Any:
        return original(code)

    monkeypatch.setattr(booth_views, "find_slip", watch)
    phone = Phone()
    phone.cookies["sessionid"] = "secret"
    answer = phone.send("/sheet/", code=made.slips["A"][0].long)
    assert answer.status_code == 200
    assert not answer.cookies
    meta = answer.wsgi_request.META
    assert not {"HTTP_COOKIE", "REMOTE_ADDR", "HTTP_USER_AGENT", "HTTP_X_FORWARDED_FOR"} & set(meta)


def test_a_phone_gets_the_sheet_and_hands_in_a_sealed_ballot(made: Round) -> None:
    phone = Phone()
    sheet = phone.send("/sheet/", code=made.slips["A"][0].typed).json()
    assert (sheet["state"], sheet["publicKey"]) == ("open", made.row.public_key)
    assert len(sheet["description"]["reporters"]) == 2
    body = {
        "code": made.slips["A"][0].long,
        "submission": secrets.token_hex(16),
        "box": base64.b64encode(made.sealed({})).decode(),
    }
    first, second = phone.send("/ballots/", **body), phone.send("/ballots/", **body)
    assert first.status_code == second.status_code == 200
    assert first.content == second.content
    assert SealedBallot.objects.count() == 1
    other = phone.send("/ballots/", **body | {"box": base64.b64encode(made.sealed({})).decode()})
    assert other.status_code == 422


def test_the_phone_is_told_that_it_is_a_rehearsal(made: Round) -> None:
    code = made.slips["A"][0].long
    assert Phone().send("/sheet/", code=code).json()["rehearsal"] is False
    Meeting.objects.update(rehearsing=True)
    assert Phone().send("/sheet/", code=code).json()["rehearsal"] is True


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"code": "0" * 26}, 404),
        ({"code": ""}, 404),
        ({"submission": "x"}, 422),
        ({"box": "***"}, 422),
        ({"box": "AAAA"}, 422),
        ({"box": "中文"}, 422),
    ],
)
def test_what_is_no_ballot_is_refused_in_words(made: Round, change: dict[str, str], status: int) -> None:
    body = {
        "code": made.slips["A"][0].long,
        "submission": secrets.token_hex(16),
        "box": base64.b64encode(made.sealed({})).decode(),
    }
    answer = Phone().send("/ballots/", **body | change)
    assert answer.status_code == status
    assert answer.json()["message"].endswith("。")


@pytest.mark.parametrize("body", ["", "[]", "null", '{"code": 1}', "\xff", "{" * 1000, "[" * 100_000])
def test_a_body_that_is_no_json_is_refused_and_no_line_is_logged(
    made: Round, body: str, caplog: pytest.LogCaptureFixture
) -> None:
    answer = Phone().post("/sheet/", body, content_type="application/json")
    assert answer.status_code == 404
    assert not caplog.text


def test_a_failure_says_and_logs_nothing_of_what_was_sent(
    made: Round, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise DatabaseError(made.slips["A"][0].long)

    monkeypatch.setattr(booth_actions, "_put", fail)
    body = {"submission": secrets.token_hex(16), "box": base64.b64encode(made.sealed({})).decode()}
    with caplog.at_level(logging.DEBUG):
        answer = Phone().send("/ballots/", code=made.slips["A"][0].long, **body)
    assert answer.status_code == 503
    assert made.slips["A"][0].long not in caplog.text + answer.content.decode()


def test_the_states_that_a_phone_hears(made: Round) -> None:
    phone = Phone()
    path = f"/rounds/{made.row.pk}/state/"
    assert phone.get(path).json() == {"state": "open", "secondsLeft": None}
    made.seal()
    assert phone.get(path).json()["state"] == "over"
    assert phone.get(f"/rounds/{made.row.pk}/receipts/").status_code == 404
    assert phone.get("/rounds/999999/state/").status_code == 404


def test_the_mark_on_the_slips_is_that_of_the_key(made: Round) -> None:
    assert re.fullmatch(r"[0-9A-Z]{8}", key_mark(made.row.public_key))


def test_a_slip_that_is_used_up_opens_no_sheet(made: Round) -> None:
    """Nobody fills in a sheet that is refused at its end."""
    phone, (on_paper, voided) = Phone(), made.slips["A"][:2]
    mark_slip_used_on_paper(made.row, text=on_paper.typed, by=made.clerk)
    Slip.objects.with_code(digest_of(voided.long)).update(voided=True)
    answers = [phone.send("/sheet/", code=slip.long) for slip in (on_paper, voided)]
    assert [answer.status_code for answer in answers] == [409, 409]
    assert "已经用于纸质测评票" in answers[0].json()["message"]
    assert "已经注销" in answers[1].json()["message"]
