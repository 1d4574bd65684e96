import dataclasses
import datetime as dt
from typing import Any

import pytest

from accounts.rules.audit import BEGINNING, Break, entry_hash, first_break, shortened, unshortened


@dataclasses.dataclass
class Entry:
    pk: int
    number: int
    previous_hash: str
    content: dict[str, Any]
    hash: str


def chain(*texts: str) -> list[Entry]:
    entries: list[Entry] = []
    previous = BEGINNING
    for number, text in enumerate(texts, start=1):
        content = {"note": text}
        entries.append(Entry(100 + number, number, previous, content, entry_hash(number, previous, content)))
        previous = entries[-1].hash
    return entries


def test_an_untouched_chain_has_no_break() -> None:
    assert first_break(chain("甲", "乙", "丙")) is None
    assert first_break([]) is None


def test_changed_content_is_named() -> None:
    entries = chain("甲", "乙", "丙")
    entries[1].content["note"] = "己"
    assert first_break(entries) == Break(2, 102, "内容被改动")


def test_a_missing_entry_is_named_by_the_one_after_it() -> None:
    entries = chain("甲", "乙", "丙")
    del entries[1]
    assert first_break(entries) == Break(3, 103, "缺少第 2 条")


def test_a_removed_entry_whose_successors_were_renumbered_is_found() -> None:
    entries = chain("甲", "乙", "丙")
    del entries[1]
    entries[1].number = 2
    assert first_break(entries) == Break(2, 103, "与上一条不相接")


def test_the_hash_covers_place_and_predecessor() -> None:
    assert entry_hash(1, BEGINNING, {"a": 1}) != entry_hash(2, BEGINNING, {"a": 1})
    assert entry_hash(1, BEGINNING, {"a": 1}) != entry_hash(1, "f" * 64, {"a": 1})


def test_the_same_moment_in_another_zone_and_another_order_of_keys_is_the_same_content() -> None:
    noon = dt.datetime(2027, 1, 5, 4, tzinfo=dt.UTC)
    shanghai = noon.astimezone(dt.timezone(dt.timedelta(hours=8)))
    assert entry_hash(1, BEGINNING, {"at": noon, "b": 1}) == entry_hash(1, BEGINNING, {"b": 1, "at": shanghai})


def test_what_has_no_canonical_form_is_refused() -> None:
    with pytest.raises(TypeError):
        entry_hash(1, BEGINNING, {"x": object()})


def test_a_hash_is_read_back_from_paper() -> None:
    digest = "0123456789abcdef" * 4
    assert shortened(digest) == "0123-4567-89ab-cdef"
    assert unshortened(" 0123-4567-89AB-CDEF ") == "0123456789abcdef"
