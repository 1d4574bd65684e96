"""Phones of a hall: each from an address of its own, with a cookie and a browser of its own, over HTTP."""

from __future__ import annotations

import dataclasses
import http.client
import json
import secrets
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from reviews.management.attacks.hall import Hall, Voter, fill_in
from tests.attack.servers import BOOTH

AT_ONCE = 6


@dataclasses.dataclass(frozen=True)
class Phone:
    """What a log could tell it by. Every header that a careless proxy might add is there."""

    voter: Voter
    address: str
    mark: str

    @property
    def headers(self) -> dict[str, str]:
        return {
            "Host": BOOTH,
            "User-Agent": f"Phone/{self.mark}",
            "Cookie": f"sessionid={self.mark}",
            "X-Forwarded-For": self.address,
            "X-Real-IP": self.address,
            "Forwarded": f"for={self.address}",
            "Referer": f"http://{BOOTH}/?{self.mark}",
            "Accept-Language": self.mark,
        }


def phones(hall: Hall) -> list[Phone]:
    return [
        Phone(voter, f"127.77.{voter.number // 200 + 1}.{voter.number % 200 + 10}", secrets.token_hex(8))
        for voter in hall.voters
    ]


class Crowd:
    """Everybody votes once, some at the same moment; some mistype first, type the short code, or change their mind."""

    def __init__(self, hall: Hall, port: int) -> None:
        self.hall, self.port = hall, port
        self.phones = phones(hall)
        self.order: list[Voter] = []
        self.requests = 0
        self._lock = threading.Lock()

    def vote(self, order: Sequence[Phone], *, after: Callable[[Voter], None] | None = None) -> None:
        """`order` becomes the order in which they handed in, as somebody sees it who watches the network."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for done in [pool.submit(self._one, phone, after) for phone in order]:
                done.result()

    def _one(self, phone: Phone, after: Callable[[Voter], None] | None) -> None:
        voter = phone.voter
        self._ask(phone, "GET", "/", None, 200)
        code = voter.code.typed if voter.number % 10 == 3 else voter.code.long
        if voter.number % 15 == 4:
            self._ask(phone, "POST", "/sheet/", {"code": f"{secrets.token_hex(13)}"}, 404)
        self._ask(phone, "POST", "/sheet/", {"code": code}, 200)
        self._hand_in(phone, code, counter=1)
        if voter.number % 12 == 5:
            time.sleep(0.01)
            self._hand_in(phone, code, counter=2)
        if after:
            after(voter)

    def _hand_in(self, phone: Phone, code: str, *, counter: int) -> None:
        body = fill_in(self.hall, phone.voter, counter=counter) | {"code": code}
        with self._lock:
            if phone.voter not in self.order:
                self.order.append(phone.voter)
        self._ask(phone, "POST", "/ballots/", body, 200)

    def _ask(self, phone: Phone, method: str, path: str, body: dict[str, str] | None, status: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60, source_address=(phone.address, 0))
        try:
            content = json.dumps(body).encode() if body else None
            connection.request(method, path, content, phone.headers | {"Content-Type": "application/json"})
            answer = connection.getresponse()
            said = answer.read()
        finally:
            connection.close()
        with self._lock:
            self.requests += 1
        if answer.status != status:
            raise RuntimeError(f"{method} {path}: {answer.status} {said[:300]!r}")
