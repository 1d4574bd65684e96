"""`manage.py attack_ballots --round N`: every look in turn, and nothing but looks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from reviews.models import BallotRound

from . import layout, orders, places
from .findings import Check, Finding, is_postgres

CHECKS: tuple[Check, ...] = (
    layout.columns,
    layout.machinery,
    layout.booth,
    layout.database_settings,
    orders.same_transaction,
    orders.in_turn,
    orders.arrival,
    orders.outcome,
    orders.remnants,
    places.other_tables,
    places.cache,
)


def audit_round(round_: BallotRound, *, logs: list[Path]) -> Iterator[Finding]:
    """Of a round in any state. The database itself refuses to write meanwhile."""
    with read_only():
        for check in CHECKS:
            yield from check(round_)
        yield from places.log_files(round_, logs)


@contextmanager
def read_only() -> Iterator[None]:
    """No transaction around it: a long snapshot would keep alive what a count deletes meanwhile."""
    begin, end = (
        ("SET default_transaction_read_only = on", "SET default_transaction_read_only = off")
        if is_postgres()
        else ("PRAGMA query_only = ON", "PRAGMA query_only = OFF")
    )
    with connection.cursor() as cursor:
        cursor.execute(begin)
        if is_postgres():
            cursor.execute("SET statement_timeout = '120s'")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(end)
            if is_postgres():
                cursor.execute("RESET statement_timeout")
