"""Heap pages: every version of every row that is still on the disk, dead ones too, and the files as they lie there.

`pageinspect` reads the pages where it is installed; else they are read from the files and taken apart here.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from django.db import connection

from .evidence import Orders, Words, condense, has_any, order_in

PAGE = 8192
CHUNK = 1 << 24
HEADER = struct.Struct("<8sHHHHHHI")  # lsn, checksum, flags, lower, upper, special, size and version, prune xid
TUPLE = struct.Struct("<IIIHHHHHB")  # xmin, xmax, cid, block (two halves), item, infomask2, infomask, header length
NORMAL = 1
LONG_HEADER = 2
KEYS = {
    "place": lambda v: (v.block, v.item),
    "offset": lambda v: (v.block, -v.offset),
    "xmin": lambda v: (v.xmin, v.block, v.item),
    "xmax": lambda v: (v.xmax, v.block, v.item),
}


class Version(NamedTuple):
    """One version of a row, visible to anybody or not."""

    block: int
    item: int
    offset: int
    xmin: int
    xmax: int
    data: bytes


def orders_in_pages(words: Words) -> Orders:
    """By the place of the version, by its offset in the page (which is the order of writing), by both transactions."""
    found: Orders = {}
    for table in heaps():
        versions = versions_of(table)
        if not has_any(b"\n".join(version.data for version in versions), words):
            continue
        for name, key in KEYS.items():
            data = b"\n".join(version.data for version in sorted(versions, key=key))
            found[f"pages of {table} by {name}"] = order_in(data, words)
    return found


def heaps() -> list[str]:
    """Tables of ours that have pages, with what they keep apart because it is long."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.oid::regclass::text FROM pg_class c LEFT JOIN pg_class main ON main.reltoastrelid = c.oid "
            "JOIN pg_namespace n ON n.oid = coalesce(main.relnamespace, c.relnamespace) "
            "WHERE c.relkind IN ('r', 't') AND n.nspname = 'public' AND pg_relation_size(c.oid) > 0 ORDER BY 1"
        )
        return [name for (name,) in cursor.fetchall()]


def versions_of(table: str) -> list[Version]:
    return list(_inspected(table) if has_extension("pageinspect") else taken_apart(table_bytes(table)))


def has_extension(name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_extension WHERE extname = %s)", [name])
        return bool(cursor.fetchone()[0])


def _inspected(table: str) -> Iterator[Version]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT block, lp, lp_off, t_xmin::text::bigint, t_xmax::text::bigint, t_data "
            "FROM generate_series(0, pg_relation_size(%s::regclass) / 8192 - 1) AS block, "
            "LATERAL heap_page_items(get_raw_page(%s, 'main', block::int)) WHERE lp_flags = 1 ORDER BY 1, 2",
            [table, table],
        )
        for block, item, offset, xmin, xmax, data in cursor.fetchall():
            yield Version(block, item, offset, xmin, xmax, bytes(data or b""))


def taken_apart(data: bytes) -> Iterator[Version]:
    """The same as pageinspect's heap_page_items from the bytes of a table's file."""
    for block in range(len(data) // PAGE):
        page = data[block * PAGE : (block + 1) * PAGE]
        _lsn, _sum, _flags, lower, _upper, _special, _size, _prune = HEADER.unpack_from(page)
        for item in range((max(lower, HEADER.size) - HEADER.size) // 4):
            (pointer,) = struct.unpack_from("<I", page, HEADER.size + 4 * item)
            offset, state, length = pointer & 0x7FFF, pointer >> 15 & 3, pointer >> 17
            if state != NORMAL or length < TUPLE.size:
                continue
            xmin, xmax, *_rest, header = TUPLE.unpack_from(page, offset)
            yield Version(block, item + 1, offset, xmin, xmax, page[offset + header : offset + length])


def table_bytes(table: str) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_filepath(%s::regclass)", [table])
        (path,) = cursor.fetchone()
    return _read(path)


def orders_in_files(words: Words, disk: Mapping[str, bytes]) -> Orders:
    """By the first and the last place in each file: tables, what they keep apart, indexes, write-ahead log."""
    found: Orders = {}
    for name, data in disk.items():
        for end in ("first", "last"):
            order = order_in(data, words, last=end == "last")
            if order:
                found[f"{name}, {end}"] = order
    return found


def words_on_disk() -> dict[str, bytes]:
    """Of each file what may hold a word; nothing where files may not be read."""
    return {name: condense(data) for name, data in files()} if may_read_files() else {}


def files() -> Iterator[tuple[str, bytes]]:
    """The files of this database, dead rows included, and the write-ahead log in its order. Needs a superuser."""
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT c.relname, pg_relation_filepath(c.oid) FROM pg_class c LEFT JOIN pg_class main "
            "ON main.reltoastrelid = c.oid WHERE c.relkind IN ('r', 't', 'i', 'm') AND pg_relation_size(c.oid) > 0 "
            "AND coalesce(main.relname, c.relname) NOT LIKE 'pg_%'"
        )
        relations = cursor.fetchall()
        for name, path in relations:
            yield f"file of {name}", _read(path)
        cursor.execute("SELECT name FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}$' ORDER BY name")
        segments = [_read(f"pg_wal/{name}") for (name,) in cursor.fetchall()]
        yield "write-ahead log", b"".join(map(without_page_headers, segments))


def without_page_headers(segment: bytes) -> bytes:
    """A segment of the write-ahead log as one stream, so that what runs over the end of a page stays in one piece."""
    parts = []
    for start in range(0, len(segment), PAGE):
        is_long = len(segment) > start + 3 and segment[start + 2] & LONG_HEADER
        parts.append(segment[start + (40 if is_long else 24) : start + PAGE])
    return b"".join(parts)


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


def may_read_files() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_has_role(current_user, 'pg_read_server_files', 'member')")
        return bool(cursor.fetchone()[0])
