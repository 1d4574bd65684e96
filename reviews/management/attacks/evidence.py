"""Everything that a full reading of the rows gives: every column, the system columns, Redis.

`words` are what is looked for, each with the number of the voter it belongs to; the answers are orders of voters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import redis
from django.conf import settings
from django.db import connection

Words = Mapping[str, int]
Orders = dict[str, list[int]]

# What PostgreSQL keeps of every row besides its columns.
SYSTEM = ("ctid", "xmin", "xmax", "cmin", "cmax")
HEAD = 8  # letters of the shortest word
_RUN = re.compile(rb"[0-9A-Za-z.-]{8,}")
TEXTS = ("text", "character varying", "character", "json", "jsonb", "uuid", "inet", "ARRAY")


def orders_in_rows(words: Words) -> Orders:
    """By place, by each system column, by the time of the commit where it is kept, and by every column of the table."""
    found: Orders = {}
    for table, column in columns_with(words):
        for name, key in order_keys(table):
            with connection.cursor() as cursor:
                query = f'SELECT "{column}"::text FROM "{table}" WHERE "{column}" IS NOT NULL ORDER BY {key}'
                cursor.execute(query)
                text = "\n".join(row[0] for row in cursor.fetchall())
            found[f"{table}.{column} by {name}"] = order_in(text.encode(), words)
    return found


def order_keys(table: str) -> Iterator[tuple[str, str]]:
    """Name and SQL of every key by which the rows of a table can be put into an order; equal ones by their place."""
    yield "ctid", "ctid"
    for name in SYSTEM[1:]:
        yield name, f"{name}::text::bigint, ctid"
    if keeps_commit_times():
        yield "time of commit", "pg_xact_commit_timestamp(xmin), ctid"
    for column in columns_of(table):
        yield column, f'"{column}"::text, ctid'


def keeps_commit_times() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('track_commit_timestamp')")
        return bool(cursor.fetchone()[0] == "on")


def columns_of(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s "
            "ORDER BY ordinal_position",
            [table],
        )
        return [name for (name,) in cursor.fetchall()]


def text_columns() -> list[tuple[str, str]]:
    """Every column that holds text, of every table that is not empty."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.table_name, c.column_name FROM information_schema.columns c JOIN information_schema.tables t "
            "USING (table_schema, table_name) WHERE t.table_type = 'BASE TABLE' AND c.table_schema = 'public' "
            "AND pg_relation_size(format('%%I.%%I', c.table_schema, c.table_name)::regclass) > 0 "
            "AND c.data_type = ANY(%s) ORDER BY 1, 2",
            [list(TEXTS)],
        )
        return [(table, column) for table, column in cursor.fetchall()]


def columns_with(words: Iterable[str]) -> list[tuple[str, str]]:
    """Where any of these words is stored as such."""
    wanted = [f"%{word}%" for word in words]
    found = []
    with connection.cursor() as cursor:
        for table, column in text_columns():
            query = f'SELECT EXISTS (SELECT 1 FROM "{table}" WHERE "{column}"::text LIKE ANY(%s))'
            cursor.execute(query, [wanted])
            if cursor.fetchone()[0]:
                found.append((table, column))
    return found


def condense(data: bytes) -> bytes:
    """What may hold a word: every word looked for is made of these letters, and no shorter than eight."""
    return b"\n".join(_RUN.findall(data))


def order_in(data: bytes, words: Words, *, last: bool = False) -> list[int]:
    """Voters by where their word first, or last, stands in the bytes."""
    places: dict[int, int] = {}
    for place, word in _found(data, words):
        number = words[word]
        places[number] = place if last else places.get(number, place)
    return sorted(places, key=lambda number: places[number])


def has_any(data: bytes, words: Iterable[str]) -> bool:
    return next(_found(data, words), None) is not None


def _found(data: bytes, words: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Each word with its place, also in the midst of other letters. A look-up a letter, however many words there are."""
    wanted = {word.encode() for word in words}
    lengths, heads = {len(word) for word in wanted}, {word[:HEAD] for word in wanted}
    for run in _RUN.finditer(data):
        text, start = run[0], run.start()
        for place in range(len(text) - HEAD + 1):
            if text[place : place + HEAD] in heads:
                for length in lengths:
                    if text[place : place + length] in wanted:
                        yield start + place, text[place : place + length].decode()


def redis_contents() -> bytes:
    """Every key and value of every database, one after another."""
    if not settings.REDIS_URL:
        return b""
    client = redis.Redis.from_url(settings.REDIS_URL)
    parts = []
    for key in sorted(client.scan_iter()):
        parts += [key, client.dump(key) or b""]
    return b"\n".join(parts)
