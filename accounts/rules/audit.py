"""The chain of the trail: each entry carries the hash of its predecessor and of its own content.

Whoever changes, removes or inserts an entry has to hash everything after it anew, and then the end of the chain
is no longer the one that was printed or written down.
"""

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

# What the first entry of an installation follows.
BEGINNING = "0" * 64
# What a person copies from a printed page: 64 bits.
SHORT = 16


# The facts of an entry that its hash covers. A fact added in later years joins the content only where it
# differs from its default, so that what was hashed before keeps its hash.
FACTS = (
    "id",
    "at",
    "actor_id",
    "actor_name",
    "verb",
    "subject_type",
    "subject_id",
    "subject_label",
    "organization_id",
    "before",
    "after",
    "note",
    "is_confidential",
)


def content_of(entry: Any) -> dict[str, Any]:
    """What the hash of an entry covers beside its place in the chain."""
    return {name: getattr(entry, name) for name in FACTS}


class Link(Protocol):
    """An entry as the chain sees it."""

    pk: int
    number: int
    previous_hash: str
    hash: str

    @property
    def content(self) -> dict[str, Any]: ...


def entry_hash(number: int, previous_hash: str, content: dict[str, Any]) -> str:
    """SHA-256 over the canonical form: JSON with sorted keys, times in UTC to the microsecond."""
    whole = {"number": number, "previous_hash": previous_hash, "content": content}
    text = json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    raise TypeError(f"{type(value)} has no canonical form")


def shortened(digest: str) -> str:
    """Four groups of four, to be read from paper."""
    return "-".join(digest[at : at + 4] for at in range(0, SHORT, 4))


def unshortened(text: str) -> str:
    """What somebody typed from paper, as the beginning of a hash."""
    return "".join(character for character in text.lower() if character in "0123456789abcdef")


@dataclasses.dataclass(frozen=True)
class Break:
    """The first entry that does not fit, and why."""

    number: int
    pk: int
    reason: str


def first_break(links: Iterable[Link]) -> Break | None:
    """The first break in a chain given in the order of its numbers."""
    return next(_breaks(links), None)


def _breaks(links: Iterable[Link]) -> Iterator[Break]:
    previous = BEGINNING
    for number, link in enumerate(links, start=1):
        if link.number != number:
            yield Break(link.number, link.pk, f"缺少第 {number} 条")
        if link.previous_hash != previous:
            yield Break(link.number, link.pk, "与上一条不相接")
        if entry_hash(link.number, link.previous_hash, link.content) != link.hash:
            yield Break(link.number, link.pk, "内容被改动")
        previous = link.hash
