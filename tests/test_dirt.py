"""No dirt breaks a page: every address with an impossible query, every form on its page with impossible values.

Whatever is wrong is answered in words (200, 4xx) or changes something (302), never with 500. Seeded; the values of a run
follow from the name of the address, so that a failure comes again. PostgreSQL refuses more than SQLite does.
"""

import random
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import lxml.html
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.test_access import _objects, _table
from tests.world import World, build_world

pytestmark = pytest.mark.django_db

DIRT = (
    *(
        "",
        " ",
        "\x00",
        "甲\x00乙",
        "\x01",
        "\ufffe",
        "-1",
        "0",
        "1.5",
        "+1",
        "1_0",
        "１２",
        "²",
        "٣",
        "NaN",
        "-Infinity",
    ),
    *("1e999", "999999999", str(2**31), str(2**63), "9" * 30, "9" * 4500, "字" * 2000, "2027-13-45", "0001-01-01"),
    *("9999-12-31", "99999-01-01", "25:99", "None", "true", "[]", "{}", "1,2,x", "%", "\\", "'\"><script>", "=1+1"),
)
COUNTS = ("-1", "", "x", "9" * 5000, "\x00", "1e3", "9999")  # of rows in a form
WRONG_IDS = (0, 999_999_999, 2**63 - 1, 2**63, 10**30)
FILES = {
    "empty.pdf": b"",
    "no.pdf": b"%PDF-1.7\n<html>",
    "no.xlsx": b"PK\x03\x04 broken",
    "no.docx": b"PK\x05\x06" + b"\0" * 18,
    "no.png": b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
    "no.txt": b"\xff\xfe\x00",
}
# Names by which views read what stands behind the question mark.
NAMES = (
    *(
        "page",
        "q",
        "sort",
        "state",
        "year",
        "cycle",
        "organization",
        "parent",
        "person",
        "kind",
        "task",
        "place",
        "next",
    ),
    *(
        "left",
        "right",
        "version",
        "role",
        "check",
        "seen",
        "quarter",
        "problem",
        "source",
        "view",
        "at",
        "of",
        "a",
        "b",
    ),
)
# Most of what they may open is open to the first; the others bring the pages that are theirs alone.
VISITORS = (
    "clerk",
    "secretary",
    "staff",
    "leader",
    "supervision",
    "superior",
    "attendee",
    "administrator",
    "anonymous",
)
SHARDS = 6

Field = tuple[str, str, str]  # name, value, type
Form = tuple[str, list[Field]]  # action and fields


def _names_of(shard: int) -> list[str]:
    return sorted(_table())[shard::SHARDS]


def _visitor(name: str) -> str:
    """Who gets a page there, or, of what is only posted, gets something done."""
    row = _table()[name]
    return next((role for role in VISITORS if row[role] in (200, 302)), "clerk")


class Sweeper:
    """Sends dirt and takes back what it did; `broken` names each address that answered with 500, once."""

    def __init__(self, world: World) -> None:
        self.world, self.broken = world, {}
        self.said: list[str] = []
        got_request_exception.connect(self._hear)

    def _hear(self, sender: Any, **_facts: Any) -> None:
        import sys

        error = sys.exc_info()[1]
        self.said.append(f"{type(error).__name__}: {error}"[:200])

    def client(self, role: str) -> Client:
        client = Client(raise_request_exception=False)
        if role != "anonymous":
            client.force_login(self.world.user(role))
        return client

    def ask(self, client: Client, method: str, address: str, **sent: Any) -> Any:
        """The answer; of what it changed nothing stays."""
        self.said.clear()
        with transaction.atomic():
            answer = client.generic(method, address, **sent) if "content_type" in sent else client.get(address)
            if answer.streaming:
                answer.getvalue()
            transaction.set_rollback(True)
        if answer.status_code >= 500:
            self.broken.setdefault(
                f"{method} {urlsplit(address).path}", (self.said[:1], sent.get("data", address)[-300:])
            )
        return answer

    def post(self, client: Client, address: str, pairs: list[tuple[str, str]]) -> None:
        kind = "application/x-www-form-urlencoded"
        self.ask(client, "POST", address, data=urlencode(pairs), content_type=kind)

    def upload(self, client: Client, address: str, pairs: list[tuple[str, str]], field: str, file: str) -> None:
        self.said.clear()
        data: dict[str, Any] = dict(pairs) | {field: SimpleUploadedFile("x", FILES[file])}
        data[field].name = file
        with transaction.atomic():
            answer = client.post(address, data)
            transaction.set_rollback(True)
        if answer.status_code >= 500:
            self.broken.setdefault(f"POST {address} with {file}", (self.said[:1],))


@pytest.fixture
def sweeper() -> Iterator[Sweeper]:
    sweeper = Sweeper(build_world())
    yield sweeper
    got_request_exception.disconnect(sweeper._hear)


def _forms(html: bytes, address: str) -> Iterator[Form]:
    for form in lxml.html.fromstring(html).iter("form"):
        if (form.get("method") or "get").lower() == "post" and not form.get("action", "").endswith(
            reverse("accounts:logout")
        ):
            yield urljoin(address, form.get("action") or address), list(_fields(form))


def _fields(form: Any) -> Iterator[Field]:
    for element in form.iter("input", "select", "textarea", "button"):
        name = element.get("name")
        if name and name != "csrfmiddlewaretoken":
            chosen = element.xpath(".//option[@selected]/@value") or element.xpath("(.//option)[1]/@value")
            value = element.get("value") or element.text or next(iter(chosen), "") or ""
            yield name, value, element.get("type") or element.tag


def _filled(fields: list[Field]) -> list[tuple[str, str]]:
    """As somebody would send it who answers every question with something."""
    usual = {"date": "2026-12-01", "number": "3", "time": "10:00", "email": "a@b.cn", "text": "试", "textarea": "试"}
    return [
        (name, value or usual.get(kind, "")) for name, value, kind in fields if kind not in ("file", "submit", "button")
    ]


def _wrong(given: dict[str, Any], dice: random.Random) -> dict[str, Any]:
    """Ids of nothing; empty where an address has none, or takes certain words only."""
    wrong = {key: dice.choice(WRONG_IDS) if isinstance(value, int) else value for key, value in given.items()}
    return {} if wrong == given else wrong


def _sweep_form(sweeper: Sweeper, client: Client, form: Form, dice: random.Random) -> None:
    """Everything impossible at once, one thing impossible among what is right, and a wrong number of rows."""
    address, fields = form
    buttons = [(name, value) for name, value, kind in fields if kind in ("submit", "button")][:1]
    pairs = _filled(fields)
    counts = {name for name, _value in pairs if name.endswith("_FORMS")}
    one = dice.choice(pairs)[0] if pairs else ""
    sweeper.post(client, address, [(name, value if name in counts else "\x00") for name, value in pairs] + buttons)
    sweeper.post(
        client, address, [(name, dice.choice(DIRT) if name == one else value) for name, value in pairs] + buttons
    )
    dirty = [(name, value if name in counts else dice.choice(DIRT)) for name, value in pairs]
    sweeper.post(client, address, [pair for pair in dirty if dice.random() < 0.9] + buttons)
    if counts:
        many = [(name, dice.choice(COUNTS) if name in counts else value) for name, value in pairs]
        sweeper.post(client, address, many + buttons)
    for name in [name for name, _value, kind in fields if kind == "file"]:
        sweeper.upload(client, address, pairs + buttons, name, dice.choice(list(FILES)))


@pytest.mark.parametrize("shard", range(SHARDS))
def test_no_dirt_breaks_a_page(sweeper: Sweeper, shard: int) -> None:
    kwargs = _objects(sweeper.world)
    swept: set[tuple[str, ...]] = set()
    pages = forms = 0
    for name in _names_of(shard):
        dice = random.Random(name)
        client, given = sweeper.client(_visitor(name)), kwargs.get(name, {})
        address = reverse(name, kwargs=given)
        page = sweeper.ask(client, "GET", address)
        query = urlencode([(key, dice.choice(DIRT)[:60]) for key in NAMES])
        sweeper.ask(client, "GET", f"{address}?{query}&%ED%A0%80=%ff")
        if wrong := _wrong(given, dice):
            sweeper.ask(client, "GET", reverse(name, kwargs=wrong))
        if page.status_code == 405:
            forms += 1
            sweeper.post(client, address, [(key, dice.choice(DIRT)) for key in NAMES])
            sweeper.post(client, address, [(key, "\x00") for key in NAMES])
            sweeper.ask(client, "POST", address, data='{"a": "\\ud800"}', content_type="application/json")
        elif page.status_code == 200 and not page.streaming and "html" in page.get("Content-Type", ""):
            pages += 1
            for form in _forms(page.content, address):
                mark = (re.sub(r"\d+", "#", form[0]), *sorted({re.sub(r"\d+", "#", field[0]) for field in form[1]}))
                if mark not in swept:
                    swept.add(mark)
                    forms += 1
                    _sweep_form(sweeper, client, form, dice)
    assert sweeper.broken == {}
    assert pages > 10
    assert forms > 20


def test_the_sweep_notices_what_breaks(sweeper: Sweeper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reporting.views.cycles.page_of", lambda request, *_rest: int(request.GET["page"]))
    sweeper.ask(sweeper.client("clerk"), "GET", f"{reverse('reporting:cycle_list')}?page=x")
    assert list(sweeper.broken) == [f"GET {reverse('reporting:cycle_list')}"]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("overview:secretary_replace", "person"),
        ("rectification:problem_add", "inspection"),
        ("rectification:problem_merge", "problem"),
        ("reporting:screening_next", "after"),
    ],
)
def test_a_number_longer_than_can_be_read_is_no_id(sweeper: Sweeper, name: str, key: str) -> None:
    address = reverse(name, kwargs=_objects(sweeper.world).get(name, {}))
    sweeper.ask(sweeper.client("clerk"), "GET", f"{address}?{key}={'9' * 5000}")
    assert sweeper.broken == {}


@pytest.mark.parametrize("name", ["reviews:screen_show", "reviews:screen_follow", "reviews:attendance_sign"])
def test_a_stranger_with_a_broken_link_hears_that_there_is_nothing(client: Client, name: str) -> None:
    assert client.get(reverse(name, args=["\x00"])).status_code == 404
