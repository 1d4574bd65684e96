"""A ballot between the phone and the count: the same length whatever is marked, sealed to the key of the box.

The phone does with TweetNaCl (static/js/sealing.js) what `write_ballot` and `seal` do here for tests and the
benchmark; `read_ballot` and `open_sealed` are the count's.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
import secrets
from collections.abc import Mapping
from typing import Any

from nacl.bindings import crypto_box, crypto_box_NONCEBYTES, crypto_box_open
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey

from .letters import to_letters

Description = Mapping[str, Any]
Marks = dict[str, dict[str, Any]]

REMARK_BYTES = 3072  # of all remarks of one ballot together: about a thousand characters
FRAME_BYTES = 96
BLOCK = 64
KEY_BYTES = 32
TAG_BYTES = 16
LARGEST_COUNTER = 2**53 - 1
_CELL = re.compile(r"(\d{0,2})(?::(\d{1,4}(?:\.\d{1,2})?))?")


class BallotUnreadable(Exception):
    """What was in the box is no ballot of this round: it is counted as 无效."""


@dataclasses.dataclass(frozen=True)
class Ballot:
    """One opened ballot. `receipt` comes from randomness inside it and says nothing about `marks`.

    `shortcuts` reporters were filled by 同上 or 都选; only how many ballots have any is ever released.
    """

    counter: int
    receipt: str
    marks: Marks
    shortcuts: int = 0


def lines_of(description: Description, reporter: Mapping[str, Any]) -> list[str]:
    """Ids of the lines of one reporter in order; "" is 总体评价."""
    items = reporter.get("items") or description["items"]
    return [item["id"] for item in items] + ([""] if description.get("overall") else [])


def ballot_size(description: Description) -> int:
    """Bytes of every ballot of the round before it is sealed: enough for the longest."""
    cell = 3 if description["mode"] == "grade" else 10
    cells = sum(len(lines_of(description, reporter)) for reporter in description["reporters"])
    remarks = REMARK_BYTES if description.get("remark") else 0
    return -(-(FRAME_BYTES + cells * cell + remarks) // BLOCK) * BLOCK


def write_ballot(description: Description, marks: Mapping[str, Any], *, counter: int, seed: str = "") -> bytes:
    """The ballot in its constant length. Raises ValueError when the remarks are too long."""
    codes = [grade["code"] for grade in description["grades"]]
    rows, remarks = [], {}
    for place, reporter in enumerate(description["reporters"]):
        given = marks.get(reporter["id"], {})
        rows.append(",".join(_cell(_mark(given, line), codes) for line in lines_of(description, reporter)))
        if description.get("remark") and given.get("remark"):
            remarks[str(place)] = given["remark"]
    shortcuts = sum(bool(given.get("shortcut")) for given in marks.values())
    content = {"n": counter, "r": seed or secrets.token_hex(16), "m": ";".join(rows), "t": remarks, "s": shortcuts}
    plain = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    size = ballot_size(description)
    if len(plain) > size:
        raise ValueError("remarks are too long")
    return plain.ljust(size, b" ")


def read_ballot(description: Description, plain: bytes) -> Ballot:
    """Raises BallotUnreadable; whether the marks keep the sheet's rules is asked elsewhere."""
    try:
        content = json.loads(plain)
        counter, seed, rows = content["n"], content["r"], content["m"].split(";")
        reporters = description["reporters"]
        marks = {
            reporter["id"]: _marks(description, reporter, row) for reporter, row in zip(reporters, rows, strict=True)
        }
        for place, text in content["t"].items():
            marks[reporters[int(place)]["id"]]["remark"] = str(text)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise BallotUnreadable from error
    is_sound = isinstance(counter, int) and 0 < counter <= LARGEST_COUNTER and isinstance(seed, str)
    if not is_sound or not re.fullmatch(r"[0-9a-f]{32}", seed) or len(plain) != ballot_size(description):
        raise BallotUnreadable
    shortcuts = content.get("s")  # a page that was loaded before they were counted leaves it out
    known = shortcuts if isinstance(shortcuts, int) and 0 < shortcuts <= len(reporters) else 0
    return Ballot(counter, receipt_of(seed), {key: given for key, given in marks.items() if given}, known)


def receipt_of(seed: str) -> str:
    """验票码: the phone shows it, the list of the count holds it."""
    return to_letters(hashlib.sha512(f"receipt {seed}".encode()).digest()[:10])


def seal(plain: bytes, public_key: str) -> bytes:
    """Sender's one-time key, then the box; the nonce follows from both keys, so that nothing else need be sent."""
    once = PrivateKey.generate()
    public = bytes.fromhex(public_key)
    ephemeral = bytes(once.public_key)
    return ephemeral + crypto_box(plain, _nonce(ephemeral, public), public, bytes(once))


def open_sealed(sealed: bytes, key: PrivateKey) -> bytes:
    """Raises BallotUnreadable."""
    ephemeral, box = sealed[:KEY_BYTES], sealed[KEY_BYTES:]
    try:
        return crypto_box_open(box, _nonce(ephemeral, bytes(key.public_key)), ephemeral, bytes(key))
    except (CryptoError, ValueError, TypeError) as error:
        raise BallotUnreadable from error


def sealed_size(size: int) -> int:
    return KEY_BYTES + TAG_BYTES + size


def _nonce(ephemeral: bytes, public: bytes) -> bytes:
    return hashlib.sha512(ephemeral + public).digest()[:crypto_box_NONCEBYTES]


def _mark(given: Mapping[str, Any], line: str) -> Mapping[str, Any]:
    return (given.get("items", {}).get(line) if line else given.get("overall")) or {}


def _cell(mark: Mapping[str, Any], codes: list[str]) -> str:
    grade, points = mark.get("grade", ""), mark.get("points", "")
    return (str(codes.index(grade)) if grade in codes else "") + (f":{points}" if points not in ("", None) else "")


def _marks(description: Description, reporter: Mapping[str, Any], row: str) -> dict[str, Any]:
    lines = lines_of(description, reporter)
    items: dict[str, Any] = {}
    given: dict[str, Any] = {}
    for line, cell in zip(lines, row.split(","), strict=True):
        found = _CELL.fullmatch(cell)
        if found is None:
            raise ValueError(cell)
        mark = {}
        if found[1]:
            mark["grade"] = description["grades"][int(found[1])]["code"]
        if found[2]:
            mark["points"] = found[2]
        if mark and line:
            items[line] = mark
        elif mark:
            given["overall"] = mark
    return ({"items": items} if items else {}) | given
