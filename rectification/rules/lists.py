"""What a list must hold before it is handed in, the words of the promise, and what can be wrong (S-148, S-149)."""

import dataclasses
import datetime as dt
import re
from collections.abc import Sequence

from .items import ItemKind


class ListAlreadyOpen(Exception):
    """The organization has its list for this year already; nothing was added to it."""

    def __init__(self, organization: str) -> None:
        super().__init__(f"{organization}本年度的整改清单已经形成，不再重复生成。")


class ListNotWritable(Exception):
    def __init__(self) -> None:
        super().__init__("清单已经报审，内容不能再改。需要修改的，请组织部门先退回清单。")


class ReasonMissing(Exception):
    def __init__(self) -> None:
        super().__init__("请写明退回的意见。")


class DeadlineMissing(Exception):
    """补课 and 回炉 lead to a new deadline that lies ahead (S-159)."""


def check_new_deadline(*, needed: bool, due_text: str, due_date: dt.date | None, today: dt.date) -> None:
    if needed and not due_text.strip() and due_date is None:
        raise DeadlineMissing("补课、回炉的，请写明新的时限。")
    if needed and due_date is not None and due_date < today:
        raise DeadlineMissing("新的时限不能早于今天。")


class SourceNotAllowed(Exception):
    def __init__(self) -> None:
        super().__init__(
            "问题来源不对：述职自查、结转和承诺的事项由报告形成，不能直接录入；督查办只能录入督查检查发现的问题。"
        )


class OwnerNotHere(Exception):
    def __init__(self) -> None:
        super().__init__("所选责任人已不在本单位任职，请重新选择。")


@dataclasses.dataclass(frozen=True)
class MissingParts:
    """What item `number` lacks, e.g. ("整改措施", "整改时限")."""

    number: int
    problem: str
    parts: tuple[str, ...]

    def __str__(self) -> str:
        problem = self.problem if len(self.problem) <= 30 else f"{self.problem[:30]}……"
        return f"第{self.number}项“{problem}”缺{'、'.join(self.parts)}"


class ListIncomplete(Exception):
    """The list may not be handed in yet; `missing` names item by item what it lacks (S-148)."""

    def __init__(self, missing: Sequence[MissingParts]) -> None:
        self.missing = list(missing)
        super().__init__("；".join(map(str, self.missing)) if self.missing else "清单里还没有整改事项。")


def missing_parts(
    *, measures: Sequence[str], has_owner: bool, kind: str, due_text: str, due_date: dt.date | None
) -> tuple[str, ...]:
    """Names of what an item lacks. A worded deadline is enough; 长期坚持 needs none (S-31, S-148, S-153)."""
    parts = []
    if not any(measure.strip() for measure in measures):
        parts.append("整改措施")
    if not has_owner:
        parts.append("责任人")
    if kind != ItemKind.STANDING and not due_text.strip() and due_date is None:
        parts.append("整改时限")
    return tuple(parts)


def promise_text(*, organization: str, committee: str, year: int, dated: int, standing: int) -> str:
    """The promise in words; `dated` and `standing` are numbers of items. The secretary may change the words."""
    kinds = [f"限期整改{dated}项"] if dated else []
    kinds += [f"长期坚持{standing}项"] if standing else []
    count = f"{dated + standing}项（{'，'.join(kinds)}）" if len(kinds) > 1 else f"{dated + standing}项"
    return (
        f"针对{year}年度述职评议考核中查找出的问题和点评指出的问题，{organization}逐一研究整改措施，"
        f"形成整改清单{count}。我代表{organization}向{committee}郑重承诺：严格按照清单确定的整改措施、"
        "责任人和整改时限抓好落实，如实报告进展，主动接受监督，整改结果在下一年度述职时逐项报告。"
    )


# 2027年年底, 2027年底, 明年年底, 年底; a month's end (X月底) is none.
_YEAR_END = re.compile(r"(?:([\dXx×*○〇一二三四五六七八九十]+|[今本当明次后每])\s*年?\s*)?年底")
_YEARS_AHEAD = {"今": 0, "本": 0, "当": 0, "明": 1, "次": 1, "后": 2}


def year_end_date(text: str, this_year: int) -> dt.date | None:
    """年底前 → 31 December of this year, 2027年年底前 → of 2027; None when the words name no year's end (S-31).

    「X月底」 is a month's end, not a year's, and which year 「20XX年年底」 means nobody knows.
    """
    match = _YEAR_END.search(text)
    if match is None:
        return None
    year = match[1] or "今"
    if re.fullmatch(r"[12]\d{3}", year, re.ASCII):
        return dt.date(int(year), 12, 31)
    return dt.date(this_year + _YEARS_AHEAD[year], 12, 31) if year in _YEARS_AHEAD else None
