"""Designs that only look anonymous. Every one of them must fall, else the attacks on the real one prove nothing.

No column of any of them joins a ballot to its voter.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence

from django.db import connection, transaction

from .evidence import Orders, Words, order_in, orders_in_rows
from .linking import all_attacks, best_of
from .pages import has_extension, may_read_files, orders_in_pages, words_on_disk
from .wal import orders_in_log, position

# Two tables each: ballots, and who has voted. Every design writes and afterwards hides in its own way.
TOGETHER, APART, REWRITTEN, SHUFFLED = "together", "apart", "rewritten", "shuffled"
DESIGNS = {
    TOGETHER: "同一事务写选票和名单",
    APART: "分两个事务写选票和名单",
    REWRITTEN: "截止后把选票打乱次序重写一遍",
    SHUFFLED: "截止后把选票打乱装进新表，旧表删除",
}
EXTENSIONS = ("pageinspect", "pg_walinspect")


class Planted:
    """All designs side by side; `vote` lets everybody vote in each, `hide` does what is done at the close."""

    def __init__(self, voters: int) -> None:
        self.voters = voters
        self.found: dict[str, float] = {}
        self.contents = {name: {f"{name}-ballot-{n:06d}": n for n in range(voters)} for name in DESIGNS}
        self.people = {name: {f"{name}-person-{n:06d}": n for n in range(voters)} for name in DESIGNS}

    def set_up(self) -> None:
        self.since = position()
        with connection.cursor() as cursor:
            for name in DESIGNS:
                for table in ("ballot", "voter"):
                    cursor.execute(
                        f"CREATE TABLE planted_{name}_{table} "
                        "(id uuid PRIMARY KEY DEFAULT gen_random_uuid(), content text)"
                    )

    def vote(self, order: Sequence[int]) -> None:
        for number in order:
            for name in DESIGNS:
                with transaction.atomic():
                    self._insert(name, "ballot", f"{name}-ballot-{number:06d}")
                    if name == TOGETHER:
                        self._insert(name, "voter", f"{name}-person-{number:06d}")
                if name != TOGETHER:
                    self._insert(name, "voter", f"{name}-person-{number:06d}")

    def hide(self) -> None:
        rows = [
            f"{REWRITTEN}-ballot-{number:06d}"
            for number in secrets.SystemRandom().sample(range(self.voters), self.voters)
        ]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM planted_{REWRITTEN}_ballot")
            for content in rows:
                self._insert(REWRITTEN, "ballot", content)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"CREATE TABLE planted_{SHUFFLED}_new AS SELECT * FROM planted_{SHUFFLED}_ballot ORDER BY random()"
            )
            cursor.execute(f"DROP TABLE planted_{SHUFFLED}_ballot")
            cursor.execute(f"ALTER TABLE planted_{SHUFFLED}_new RENAME TO planted_{SHUFFLED}_ballot")
        if may_read_files() or has_extension("pageinspect"):
            # At once: PostgreSQL clears dead rows away when somebody next reads the page.
            self.found["截止后打乱次序重写，按页面里的死行"] = self.rate(REWRITTEN, orders_in_pages)

    def drop(self) -> None:
        with connection.cursor() as cursor:
            for name in DESIGNS:
                cursor.execute(f"DROP TABLE IF EXISTS planted_{name}_ballot, planted_{name}_voter")

    def rates(self) -> dict[str, float]:
        """Voters named rightly on the database as it stands, by the attack that must fall each design."""
        self.found |= self._log_rates()
        self.found["同一事务写选票和名单，按事务号"] = self.same_transaction()
        self.found["分两个事务写选票和名单，按行的位置"] = self.rate(APART, orders_in_rows)
        return self.found

    def rate(self, name: str, orders: Callable[[Words], Orders]) -> float:
        """The best of all pairs of orders that this kind of evidence gives of ballots and of voters."""
        known, found = orders(self.people[name]), orders(self.contents[name])
        return best_of(all_attacks(known, found, self.voters))

    def _log_rates(self) -> dict[str, float]:
        found = {}
        if has_extension("pg_walinspect"):
            found["截止后打乱装进新表，按预写日志的记录"] = self.rate(SHUFFLED, self._in_log)
        if may_read_files():
            data = words_on_disk()["write-ahead log"]
            found["分两个事务写，按预写日志的文件"] = self.rate(APART, lambda words: _ends(data, words))
        return found

    def _in_log(self, words: Words) -> Orders:
        return orders_in_log(words, since=self.since)

    def same_transaction(self) -> float:
        """Rows that the same transaction wrote belong to the same person."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT count(*) FROM planted_{TOGETHER}_ballot b JOIN planted_{TOGETHER}_voter v ON b.xmin = v.xmin "
                "WHERE right(b.content, 6) = right(v.content, 6)"
            )
            return float(cursor.fetchone()[0]) / self.voters

    @staticmethod
    def _insert(name: str, table: str, content: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO planted_{name}_{table} (content) VALUES (%s)", [content])


def attack_planted(voters: int) -> dict[str, float]:
    """The best rate on each planted design, in the database at hand."""
    planted = Planted(voters)
    planted.set_up()
    try:
        planted.vote(secrets.SystemRandom().sample(range(voters), voters))
        planted.hide()
        return planted.rates()
    finally:
        planted.drop()


def add_extensions() -> None:
    """In a database of our own only, and where the server lets us."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone()[0]:
            cursor.execute("SELECT name FROM pg_available_extensions WHERE name = ANY(%s)", [list(EXTENSIONS)])
            for (name,) in cursor.fetchall():
                cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {name}")


def _ends(data: bytes, words: Words) -> Orders:
    return {"first": order_in(data, words), "last": order_in(data, words, last=True)}
