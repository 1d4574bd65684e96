"""The obvious design, which only looks anonymous: ballots in one table, who voted in another, no key between them."""

from __future__ import annotations

from django.db import connection, transaction

from .evidence import files, may_read_files, order_in, orders_in_table
from .linking import Attack, all_attacks

TABLES = ("planted_ballot", "planted_voter")


def attack_planted(voters: int) -> dict[str, float]:
    """The best rate of each kind of attack on the planted design."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE planted_ballot (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), content text)")
        cursor.execute("CREATE TABLE planted_voter (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), person text)")
    try:
        return _run(voters)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {', '.join(TABLES)}")


def _run(voters: int) -> dict[str, float]:
    with connection.cursor() as cursor:
        for number in range(voters):
            with transaction.atomic():
                cursor.execute("INSERT INTO planted_ballot (content) VALUES (%s)", [f"内容{number:06d}"])
                cursor.execute("INSERT INTO planted_voter (person) VALUES (%s)", [f"人员{number:06d}"])
    contents = {f"内容{number:06d}": number for number in range(voters)}
    people = {f"人员{number:06d}": number for number in range(voters)}
    known = orders_in_table("planted_voter", "person", people)
    found = orders_in_table("planted_ballot", "content", contents)
    best = {"transaction": _same_transaction(voters), "rows": _best(all_attacks(known, found, voters))}
    if may_read_files():
        data = dict(files())
        log = {"log": order_in(data["write-ahead log"], contents, last=True)}
        seen = {"log": order_in(data["write-ahead log"], people, last=True)}
        best["write-ahead log"] = _best(all_attacks(seen, log, voters))
    return best


def _same_transaction(voters: int) -> float:
    """Rows that the same transaction wrote belong to the same person."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM planted_ballot b JOIN planted_voter v ON b.xmin = v.xmin "
            "WHERE right(b.content, 6) = right(v.person, 6)"
        )
        return float(cursor.fetchone()[0]) / voters


def _best(attacks: list[Attack]) -> float:
    return max(attack.rate for attack in attacks)
