"""What a published agenda says, and what changed since the one before, in words a reader understands."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

# {"facts": {名称: 值}, "items": [{title, speaker, document}], "slots": [{key, who, commenters, time}],
#  "written": [{key, who}]}: plain values, kept as JSON.
Content = Mapping[str, Any]


def agenda_changes(old: Content, new: Content) -> list[str]:
    """Sentences; empty where nothing differs."""
    found = [*_facts(old, new), *_items(old["items"], new["items"]), *_slots(old, new)]
    if not found and old != new:
        found.append("述职时间相应调整。")
    return found


def touched_reporters(old: Content, new: Content) -> set[int] | None:
    """Keys of those whose turn or mode changed; None where facts or items did, which concern everybody."""
    if old["facts"] != new["facts"] or old["items"] != new["items"]:
        return None
    before, after = _rows(old), _rows(new)
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


def _rows(content: Content) -> dict[int, Any]:
    slots = {row["key"]: (place, row) for place, row in enumerate(content["slots"])}
    return slots | {row["key"]: row for row in content["written"]}


def _facts(old: Content, new: Content) -> Iterator[str]:
    for name in dict.fromkeys([*old["facts"], *new["facts"]]):
        before, after = old["facts"].get(name, ""), new["facts"].get(name, "")
        if before != after:
            yield f"{name}由“{before or '未定'}”改为“{after or '未定'}”。"


def _items(old: Sequence[Mapping[str, str]], new: Sequence[Mapping[str, str]]) -> Iterator[str]:
    before, after = _by_title(old), _by_title(new)
    yield from (f"增加议程“{key[0]}”。" for key in after if key not in before)
    yield from (f"删去议程“{key[0]}”。" for key in before if key not in after)
    both = [key for key in after if key in before]
    for key in both:
        title, was, now = key[0], before[key], after[key]
        if was["speaker"] != now["speaker"]:
            yield f"“{title}”的主讲人由“{was['speaker'] or '未定'}”改为“{now['speaker'] or '未定'}”。"
        if {**was, "speaker": ""} != {**now, "speaker": ""}:
            yield f"“{title}”的内容有修改。"
    if both != [key for key in before if key in after]:
        yield f"议程顺序调整为：{'、'.join(title for title, _ in after)}。"


def _by_title(rows: Sequence[Mapping[str, str]]) -> dict[tuple[str, int], Mapping[str, str]]:
    """Items of one title (交流发言) are told apart by which of them it is."""
    seen: Counter[str] = Counter()
    found = {}
    for row in rows:
        seen[row["title"]] += 1
        found[row["title"], seen[row["title"]]] = row
    return found


def _slots(old: Content, new: Content) -> Iterator[str]:
    before = {row["key"]: (place, row) for place, row in enumerate(old["slots"], start=1)}
    after = {row["key"]: (place, row) for place, row in enumerate(new["slots"], start=1)}
    writes = {row["key"] for row in new["written"]}
    wrote = {row["key"]: row for row in old["written"]}
    for key, (place, row) in after.items():
        if key not in before:
            yield f"{row['who']}{'由书面述职改为' if key in wrote else '增加为'}大会述职，第{place}位。"
    for key, (_place, row) in before.items():
        if key not in after:
            yield f"{row['who']}{'改为书面述职' if key in writes else '不再在本次会议述职'}。"
    yield from (
        f"增加书面述职：{r['who']}。" for r in new["written"] if r["key"] not in wrote and r["key"] not in before
    )
    yield from (
        f"{r['who']}不再在本次会议书面述职。"
        for r in old["written"]
        if r["key"] not in writes and r["key"] not in after
    )
    yield from _moves(before, after)


def _moves(before: Mapping[int, Any], after: Mapping[int, Any]) -> Iterator[str]:
    stayed = [key for key in after if key in before]
    if stayed != [key for key in before if key in after]:
        for key in stayed:
            if before[key][0] != after[key][0]:
                yield f"{after[key][1]['who']}由第{before[key][0]}位改为第{after[key][0]}位。"
    for key in stayed:
        old, new = before[key][1]["commenters"], after[key][1]["commenters"]
        if old != new:
            yield f"{after[key][1]['who']}的点评人由“{old or '未定'}”改为“{new or '未定'}”。"
