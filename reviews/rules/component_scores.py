"""A table of typed scores out of Excel: rows found by the unit's code, columns by the part's name (S-124)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from reviews.rules.figures import mark_in_range

CODE = "单位代码"


class ScoreTableRefused(Exception):
    """`faults` are sentences, each naming its row; nothing was stored."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = list(faults)
        super().__init__("".join(faults))


def read_score_table(
    rows: Sequence[tuple[int, Sequence[Any]]], *, units: Mapping[str, int], parts: Mapping[str, int]
) -> dict[tuple[int, int], Decimal]:
    """Scores by (reporter, component). `rows` are (number, values), the heading first; `units` codes of reporters.

    Empty cells change nothing. Raises ScoreTableRefused with everything that is wrong.
    """
    if not rows:
        raise ScoreTableRefused(["表中没有内容。"])
    heading = [str(value or "").strip().rstrip("*") for value in rows[0][1]]
    if CODE not in heading:
        raise ScoreTableRefused([f"第一行没有“{CODE}”一列，请用下载的模板填写。"])
    columns = {place: parts[name] for place, name in enumerate(heading) if name in parts}
    if not columns:
        raise ScoreTableRefused(["第一行没有本年度要录入的组成部分，请用下载的模板填写。"])
    faults: list[str] = []
    found: dict[tuple[int, int], Decimal] = {}
    seen: set[str] = set()
    for number, values in rows[1:]:
        code = str(values[heading.index(CODE)] or "").strip()
        if code not in units or code in seen:
            faults.append(f"第{number}行：单位代码“{code}”{'重复' if code in seen else '不在本年度述职人中'}。")
            continue
        seen.add(code)
        for place, component in columns.items():
            value = values[place] if place < len(values) else None
            if value in (None, ""):
                continue
            score = _score(value)
            if score is None:
                faults.append(f"第{number}行“{heading[place]}”：“{value}”不是0到100之间、最多两位小数的得分。")
            else:
                found[units[code], component] = score
    if faults:
        raise ScoreTableRefused(faults)
    return found


def _score(value: Any) -> Decimal | None:
    """A figure as shown in the cell: a float to the 15 digits that Excel keeps, 87.35 and not 87.35000000000001."""
    try:
        score = Decimal(f"{value:.15g}" if isinstance(value, float) else str(value).strip())
    except InvalidOperation:
        return None
    return score if mark_in_range(score, Decimal(100)) else None
