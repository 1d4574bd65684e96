"""Everything a database administrator can read: rows with their system columns, files, write-ahead log, Redis, logs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import redis
from django.conf import settings
from django.db import connection

ORDERS = ("ctid", "xmin::text::bigint, ctid", "1")
CHUNK = 1 << 24


def orders_in_table(table: str, column: str, contents: Mapping[str, int]) -> dict[str, list[int]]:
    """Contents (by the text in `column`) as the table gives them: by place, by transaction, by its own order."""
    found = {}
    with connection.cursor() as cursor:
        for order in ORDERS:
            cursor.execute(f'SELECT {column} FROM "{table}" ORDER BY {order}')  # noqa: S608  # names of our own
            rows = [contents[row[0]] for row in cursor.fetchall() if row[0] in contents]
            found[f"{table}.{column} by {order.split('::')[0]}"] = rows
    return found


def text_columns() -> list[tuple[str, str]]:
    """Every column of every table that holds text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
            "AND data_type IN ('text', 'character varying', 'jsonb', 'uuid')"
        )
        return [(table, column) for table, column in cursor.fetchall()]


def columns_with(words: Iterable[str]) -> set[tuple[str, str]]:
    """Where any of these words is stored as such."""
    wanted = list(words)
    found = set()
    with connection.cursor() as cursor:
        for table, column in text_columns():
            query = f'SELECT EXISTS (SELECT 1 FROM "{table}" WHERE "{column}"::text LIKE ANY(%s))'  # noqa: S608
            cursor.execute(query, [[f"%{word}%" for word in wanted]])
            if cursor.fetchone()[0]:
                found.add((table, column))
    return found


def order_in(data: bytes, contents: Mapping[str, int], *, last: bool = False) -> list[int]:
    """Contents by where they first, or last, stand in the bytes."""
    pattern = re.compile(b"|".join(re.escape(word.encode()) for word in contents))
    places: dict[int, int] = {}
    for match in pattern.finditer(data):
        number = contents[match[0].decode()]
        places[number] = match.start() if last else places.get(number, match.start())
    return sorted(places, key=lambda number: places[number])


def files() -> Iterator[tuple[str, bytes]]:
    """The files of this database, dead rows included, and the write-ahead log in its order. Needs a superuser."""
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT c.relname, pg_relation_filepath(c.oid) FROM pg_class c "
            "WHERE c.relkind IN ('r', 't', 'i') AND pg_relation_size(c.oid) > 0 AND c.relname NOT LIKE 'pg_%'"
        )
        relations = cursor.fetchall()
        for name, path in relations:
            yield f"file of {name}", _read(path)
        cursor.execute("SELECT name FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}$' ORDER BY name")
        yield "write-ahead log", b"".join(_read(f"pg_wal/{name}") for (name,) in cursor.fetchall())


def _read(path: str) -> bytes:
    parts, offset = [], 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT pg_read_binary_file(%s, %s, %s, true)", [path, offset, CHUNK])
            (part,) = cursor.fetchone()
            parts.append(bytes(part or b""))
            offset += CHUNK
            if len(parts[-1]) < CHUNK:
                return b"".join(parts)


def redis_contents() -> bytes:
    """Every key and value, one after another."""
    if not settings.REDIS_URL:
        return b""
    client = redis.Redis.from_url(settings.REDIS_URL)
    parts = []
    for key in sorted(client.scan_iter()):
        parts += [key, client.dump(key) or b""]
    return b"\n".join(parts)


def may_read_files() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_has_role(current_user, 'pg_read_server_files', 'member')")
        return bool(cursor.fetchone()[0])
