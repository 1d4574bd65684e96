"""Ids as a page sends them: text that may be anything."""

from collections.abc import Iterable

LARGEST_ID = 2**63 - 1


def ids_of(texts: Iterable[str]) -> set[int]:
    """What can be the id of a row; everything else is left out."""
    return {number for text in texts if text.isdecimal() and len(text) < 20 and (number := int(text)) <= LARGEST_ID}


def id_of(text: str) -> int | None:
    return next(iter(ids_of([text])), None)


def mark_of(text: str) -> str:
    """The name a browser gives to one of its saves, as a column of 64 characters can hold it."""
    return text.replace("\x00", "")[:64]


def ids_in_order(text: str) -> list[int]:
    """`12,7,9` as a script writes it; what is no id is left out."""
    return [number for part in text.split(",") for number in ids_of([part])]
