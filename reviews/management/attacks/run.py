"""All attacks on one hall, before and after the box is opened, and again on the planted designs."""

from __future__ import annotations

import dataclasses
import io
import logging
import secrets
from collections.abc import Callable, Iterable, Mapping

from reviews.actions.tallies import count_round
from reviews.sealing.codes import digest_of

from .evidence import Orders, Words, columns_with, has_any, orders_in_rows, redis_contents
from .hall import Hall, known_orders, set_up, shut, vote
from .linking import Attack, all_attacks
from .pages import has_extension, may_read_files, orders_in_files, orders_in_pages, words_on_disk
from .planted import attack_planted
from .wal import orders_in_log, position

MOST_HALLS = 3
FALLS = 0.99
BEFORE, AFTER = "开箱前", "开箱后"


@dataclasses.dataclass
class Report:
    """`attacks` that were tried, `leaks` that need no order at all, and the rates on the planted designs.

    `pairs` counts the same order under another name again, `attacks` do not.
    `lucky` of the attacks crossed a line on the first of `halls` and were tried again.
    """

    voters: int
    attacks: list[Attack]
    leaks: list[str]
    planted: dict[str, float]
    halls: int = 1
    lucky: int = 0
    pairs: int = 0

    @property
    def best(self) -> Attack:
        return max(self.attacks, key=lambda attack: attack.rate)

    @property
    def closest(self) -> Attack:
        """The one whose order is most like that of the voters, in parts of what chance allows."""
        return max(self.attacks, key=lambda attack: abs(attack.relation) / attack.relation_line)

    @property
    def holds(self) -> bool:
        return not self.leaks and not any(attack.succeeds for attack in self.attacks)

    @property
    def planted_falls(self) -> bool:
        return all(rate >= FALLS for rate in self.planted.values())


@dataclasses.dataclass
class Outcome:
    """Of one hall: in which orders voters are known, in which contents were found, and what stood open somewhere."""

    known: Orders
    found: Orders
    leaks: list[str]


def insist(hold_hall: Callable[[], Outcome], voters: int) -> Report:
    """Of many attacks a few cross a line by luck; one that works does so on the next hall as well, and the next."""
    first = hold_hall()
    attacks, leaks, halls = all_attacks(first.known, first.found, voters), list(first.leaks), 1
    lucky = sum(attack.succeeds for attack in attacks)
    while any(attack.succeeds for attack in attacks) and halls < MOST_HALLS:
        again = hold_hall()
        leaks, halls = leaks + again.leaks, halls + 1
        tried = {attack.name: attack for attack in all_attacks(again.known, again.found, voters, each=True)}
        attacks = [tried.get(attack.name, attack) if attack.succeeds else attack for attack in attacks]
    return Report(voters, attacks, leaks, {}, halls, lucky, len(first.known) * len(first.found))


def run_attacks(voters: int) -> Report:
    """In the database at hand, which is one for trying things out."""
    report = insist(lambda: _attack_hall(voters), voters)
    report.planted = attack_planted(voters)
    return report


def _attack_hall(voters: int) -> Outcome:
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    logging.getLogger().addHandler(handler)
    try:
        since = position()
        hall = set_up(voters)
        order = secrets.SystemRandom().sample(hall.voters, voters)
        vote(hall, order)
        known = known_orders(order) | collect(BEFORE, handles(hall), since=since)
        found = collect(BEFORE, contents(hall), since=since)
        leaks = stored_words(BEFORE, codes(hall) + list(all_contents(hall)))
        leaks += open_words(BEFORE, {"日志": log.getvalue().encode(), "Redis": redis_contents()}, secrets_of(hall))
        since = position()
        shut(hall)
        count_round(hall.round, envelopes=hall.envelopes[:2], witnesses="", by=hall.clerk)
    finally:
        logging.getLogger().removeHandler(handler)
    leaks += stored_words(AFTER, codes(hall))
    leaks += open_words(AFTER, {"日志": log.getvalue().encode(), "Redis": redis_contents()}, secrets_of(hall))
    found |= collect(AFTER, contents(hall), since=since)
    return Outcome(known | collect(AFTER, handles(hall), since=since), found, leaks)


def collect(when: str, kinds: Mapping[str, Words], *, since: str) -> Orders:
    """Every order in which the database, as it stands, gives these words. `since`: where the write-ahead log is read."""
    logged = {kind: orders_in_log(words, since=since) if since else {} for kind, words in kinds.items()}
    # Only now: before the files are read they are written out, and the server may drop log that it needs no more.
    disk = words_on_disk()
    by_pages = orders_in_pages if may_read_files() or has_extension("pageinspect") else lambda _words: {}
    found = {
        kind: orders_in_rows(words) | by_pages(words) | orders_in_files(words, disk) | logged[kind]
        for kind, words in kinds.items()
    }
    return {
        f"{when} {kind}: {name}": order for kind, orders in found.items() for name, order in orders.items() if order
    }


def contents(hall: Hall) -> dict[str, Words]:
    """What an attacker wants to give a name to: receipts, which stand for whole ballots, and remarks."""
    return {
        "receipts": {voter.receipt: voter.number for voter in hall.voters},
        "remarks": {voter.remark: voter.number for voter in hall.voters},
    }


def handles(hall: Hall) -> dict[str, Words]:
    """What an attacker who saw every request knows the rows of a voter by."""
    return {
        "submissions": {each: voter.number for voter in hall.voters for each in voter.submissions},
        "slips": {digest_of(voter.code.long): voter.number for voter in hall.voters},
    }


def codes(hall: Hall) -> list[str]:
    return [code for voter in hall.voters for code in (voter.code.long, voter.code.short, voter.code.typed)]


def all_contents(hall: Hall) -> list[str]:
    return [word for words in contents(hall).values() for word in words]


def secrets_of(hall: Hall) -> list[str]:
    """What no log and no cache may hold at any time."""
    return codes(hall) + all_contents(hall) + list(handles(hall)["submissions"])


def stored_words(when: str, words: list[str]) -> list[str]:
    """Where a word that must be nowhere in the database stands: columns, files, write-ahead log."""
    found = [f"{when} {table}.{column}" for table, column in columns_with(words)]
    return found + open_words(when, words_on_disk(), words)


def open_words(when: str, places: Mapping[str, bytes], words: Iterable[str]) -> list[str]:
    wanted = list(words)
    return [f"{when} {place}" for place, data in places.items() if has_any(data, wanted)]
