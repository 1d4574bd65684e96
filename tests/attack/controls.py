"""A careless installation: no list of voters at all, only a log with times and addresses, and a cache."""

from __future__ import annotations

import time
from collections.abc import Sequence

import redis
from django.conf import settings
from django.db import connection

from reviews.management.attacks.evidence import Words, condense, order_in, orders_in_rows
from reviews.management.attacks.linking import all_attacks, best_of
from tests.attack.trails import Trails

TABLE = "planted_logged_ballot"


class LoggedControl:
    """Each ballot is a row without a name; the web server writes a line a request, and Redis remembers who was there."""

    def __init__(self, voters: int) -> None:
        self.voters = voters
        self.contents = {f"logged-ballot-{n:06d}": n for n in range(voters)}
        self.people = {f"logged-person-{n:06d}": n for n in range(voters)}
        self.log: list[str] = []

    def set_up(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE {TABLE} (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), content text)")

    def vote(self, order: Sequence[int]) -> None:
        cache = redis.Redis.from_url(settings.REDIS_URL)
        for number in order:
            self.log.append(f"{time.time():.6f} logged-person-{number:06d} POST /ballots/ 200")
            cache.set(f"seen:logged-person-{number:06d}", "1", ex=1)
            with connection.cursor() as cursor:
                cursor.execute(f"INSERT INTO {TABLE} (content) VALUES (%s)", [f"logged-ballot-{number:06d}"])

    def rates(self, trails: Trails) -> dict[str, float]:
        time.sleep(0.5)  # until the last command was heard
        log, heard = "\n".join(self.log).encode(), trails.read()["Redis收到的命令"]
        return {
            "没有名单，按访问记录的时间和提交时间": self._rate(log),
            "没有名单，按Redis收到的命令": self._rate(heard),
        }

    def _rate(self, trail: bytes) -> float:
        people: Words = self.people
        known = {"trail": order_in(condense(trail), people)}
        return best_of(all_attacks(known, orders_in_rows(self.contents), self.voters))
