"""All attacks on one hall, before and after the box is opened, and again on the planted design."""

from __future__ import annotations

import dataclasses
import io
import logging
import secrets

from reviews.actions.tallies import count_round

from .evidence import columns_with, files, may_read_files, order_in, orders_in_table, redis_contents
from .hall import Hall, Voter, known_orders, set_up, shut, vote
from .linking import Attack, all_attacks, chance_line
from .planted import attack_planted


@dataclasses.dataclass
class Report:
    """`attacks` that were tried, `leaks` that need no order at all, and the rates on the planted design."""

    voters: int
    attacks: list[Attack]
    leaks: list[str]
    planted: dict[str, float]

    @property
    def best(self) -> Attack:
        return max(self.attacks, key=lambda attack: attack.rate)

    @property
    def holds(self) -> bool:
        return not self.leaks and not any(attack.succeeds for attack in self.attacks)

    @property
    def planted_falls(self) -> bool:
        return all(rate >= 0.99 for rate in self.planted.values())


def run_attacks(voters: int) -> Report:
    """One in a few hundred attacks beats the line by luck, so what succeeds must do it on a second hall as well."""
    first, leaks = _attack_hall(voters)
    lucky = {attack.name for attack in first if attack.succeeds}
    if lucky:
        second, more = _attack_hall(voters)
        again = {attack.name: attack for attack in second if attack.name in lucky}
        first = [again.get(attack.name, attack) for attack in first]
        leaks += more
    return Report(voters, first, leaks, attack_planted(voters))


def _attack_hall(voters: int) -> tuple[list[Attack], list[str]]:
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    logging.getLogger().addHandler(handler)
    try:
        hall = set_up(voters)
        order = secrets.SystemRandom().sample(hall.voters, voters)
        vote(hall, order)
        leaks = _leaks("开箱前", hall, log)
        found = _on_disk("开箱前", hall)
        shut(hall)
        count_round(hall.round, envelopes=hall.envelopes[:2], witnesses="", by=hall.clerk)
    finally:
        logging.getLogger().removeHandler(handler)
    leaks += _leaks("开箱后", hall, log)
    return all_attacks(known_orders(order), found | _after(hall), voters), leaks


def _contents(hall: Hall) -> tuple[dict[str, int], dict[str, int]]:
    """What an attacker wants to give a name to: receipts, which stand for whole ballots, and remarks."""
    return {v.receipt: v.number for v in hall.voters}, {v.remark: v.number for v in hall.voters}


def _after(hall: Hall) -> dict[str, list[int]]:
    receipts, remarks = _contents(hall)
    found = orders_in_table("reviews_ballotremark", "text", remarks)
    hall.round.refresh_from_db()
    found["published receipts"] = [receipts[receipt] for receipt in hall.round.output.receipts]
    return found | _on_disk("开箱后", hall)


def _on_disk(when: str, hall: Hall) -> dict[str, list[int]]:
    """Orders of receipts and remarks in every file of the database, dead rows and write-ahead log included."""
    if not may_read_files():
        return {}
    found = {}
    for name, data in files():
        for kind, contents in zip(("receipts", "remarks"), _contents(hall), strict=True):
            for last in (False, True):
                order = order_in(data, contents, last=last)
                if order:
                    found[f"{when} {name}: {kind} {'last' if last else 'first'}"] = order
    return found


def _leaks(when: str, hall: Hall, log: io.StringIO) -> list[str]:
    """Words that must stand nowhere: codes anywhere, and before the box is opened any content at all."""
    codes = [code for voter in hall.voters for code in (voter.code.long, voter.code.short, voter.code.typed)]
    contents = [word for voter in hall.voters for word in (voter.receipt, voter.remark)]
    words = codes + (contents if when == "开箱前" else [])
    leaks = [f"{when} {table}.{column}" for table, column in columns_with(words)]
    places = {"日志": log.getvalue().encode(), "Redis": redis_contents()}
    people = codes + contents + [voter.submission for voter in hall.voters]
    leaks += [f"{when} {place}" for place, data in places.items() if _has_any(data, people)]
    if may_read_files():
        leaks += [f"{when} {name}" for name, data in files() if _has_any(data, words)]
    return leaks


def _has_any(data: bytes, words: list[str]) -> bool:
    return any(word.encode() in data for word in words)


def line_of(report: Report) -> float:
    return chance_line(report.voters)


__all__ = ["Report", "Voter", "line_of", "run_attacks"]
