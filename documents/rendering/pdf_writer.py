"""Writes a PDF file object by object: all that is needed to put kept pages together."""

from __future__ import annotations

import hashlib
import zlib
from decimal import Decimal
from typing import Any

import pikepdf

CATALOG, PAGES = 1, 2  # object numbers every file needs


class PdfWriter:
    def __init__(self) -> None:
        self._out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        self._offsets: dict[int, int] = {}
        self._last = PAGES

    def reserve(self) -> int:
        self._last += 1
        return self._last

    def put(self, number: int, body: bytes) -> int:
        self._offsets[number] = len(self._out)
        self._out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        return number

    def add(self, body: bytes) -> int:
        return self.put(self.reserve(), body)

    def add_deflated(self, data: bytes, entries: bytes = b"") -> int:
        return self.add(stream_body(data, b"/Filter/FlateDecode" + entries))

    def add_stream(self, data: bytes, entries: bytes = b"") -> int:
        return self.add_deflated(zlib.compress(data, 6), entries)

    def finish(self, info: bytes) -> bytes:
        about = self.add(info)
        start, count = len(self._out), self._last + 1
        self._out += b"xref\n0 %d\n0000000000 65535 f \n" % count
        for number in range(1, count):
            self._out += b"%010d 00000 n \n" % self._offsets[number]
        mark = hashlib.md5(self._out, usedforsecurity=False).hexdigest().encode()
        self._out += b"trailer<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]>>\nstartxref\n%d\n%%%%EOF\n" % (
            count,
            CATALOG,
            about,
            mark,
            mark,
            start,
        )
        return bytes(self._out)


def stream_body(data: bytes, entries: bytes) -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


def text(value: str) -> bytes:
    """A text string that holds any character."""
    return b"<FEFF%s>" % value.encode("utf-16-be").hex().encode()


class Copier:
    """Takes objects of another file along, with everything they refer to."""

    def __init__(self, writer: PdfWriter) -> None:
        self._writer = writer
        self._copied: dict[tuple[int, int], int] = {}

    def copy(self, value: Any) -> bytes:
        if not isinstance(value, pikepdf.Object):
            return _plain(value)
        if not value.is_indirect:
            return self._body(value)
        number = self._copied.get(value.objgen)
        if number is None:
            number = self._copied[value.objgen] = self._writer.reserve()
            self._writer.put(number, self._body(value))
        return b"%d 0 R" % number

    def entries(self, dictionary: pikepdf.Object, *, without: frozenset[str] = frozenset()) -> bytes:
        return b"".join(
            pikepdf.Name(key).unparse() + b" " + self.copy(value)
            for key, value in dictionary.items()
            if key not in without
        )

    def _body(self, value: pikepdf.Object) -> bytes:
        if isinstance(value, pikepdf.Stream):
            entries = self.entries(value.stream_dict, without=frozenset({"/Length"}))
            return stream_body(value.read_raw_bytes(), entries)
        if isinstance(value, pikepdf.Dictionary):
            return b"<<" + self.entries(value) + b">>"
        if isinstance(value, pikepdf.Array):
            return b"[" + b" ".join(self.copy(item) for item in value) + b"]"
        return bytes(value.unparse())


def _plain(value: object) -> bytes:
    if value is None:
        return b"null"
    if isinstance(value, bool):
        return b"true" if value else b"false"
    return format(value, "f").encode() if isinstance(value, Decimal) else str(value).encode()
