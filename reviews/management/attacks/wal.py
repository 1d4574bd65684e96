"""The write-ahead log record by record: what was written in which order, and when each transaction was committed."""

from __future__ import annotations

from django.db import connection

from .evidence import Orders, Words, order_in
from .pages import has_extension


def position() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_insert_lsn()::text")
        return str(cursor.fetchone()[0])


def orders_in_log(words: Words, *, since: str) -> Orders:
    """By the record that first, or last, holds the word, and by the commit of its transaction.

    Needs pg_walinspect, and the segments since then in pg_wal.
    """
    if not has_extension("pg_walinspect"):
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_flush_lsn()::text")
        until = cursor.fetchone()[0]
        cursor.execute(
            "SELECT xid::text::bigint, coalesce(block_data, ''), coalesce(block_fpi_data, '') "
            "FROM pg_get_wal_block_info(%s, %s, true) ORDER BY start_lsn, block_id",
            [since, until],
        )
        records = [(xid, bytes(data) + b"\n" + bytes(image)) for xid, data, image in cursor.fetchall()]
    committed = commits(since=since, until=until)
    by_commit = sorted((committed[xid], place) for place, (xid, _data) in enumerate(records) if xid in committed)
    whole = b"\n".join(data for _xid, data in records)
    in_commits = b"\n".join(records[place][1] for _moment, place in by_commit)
    found = {
        "log records, first": order_in(whole, words),
        "log records, last": order_in(whole, words, last=True),
        "log records by commit": order_in(in_commits, words),
    }
    return {name: order for name, order in found.items() if order}


def commits(*, since: str, until: str) -> dict[int, tuple[str, int]]:
    """By transaction: when it was committed, as the log tells to the microsecond, and in which turn."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT xid::text::bigint, description FROM pg_get_wal_records_info(%s, %s) "
            "WHERE resource_manager = 'Transaction' AND record_type LIKE 'COMMIT%%' ORDER BY start_lsn",
            [since, until],
        )
        return {xid: (words.split(";")[0], turn) for turn, (xid, words) in enumerate(cursor.fetchall())}
