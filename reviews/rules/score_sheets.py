"""What a score sheet must hold, and why one is refused (S-118, S-119, S-128)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from common.chinese_text import join_names
from common.figures import plain_decimal

from .figures import mark_in_range

# How long phones that are under way are waited for after the call to hand in, unless the meeting says otherwise.
SHEET_GRACE_SECONDS = 120


class ScoringError(Exception):
    """A sentence for the rater; nothing was stored."""


class OwnOrganizationError(ScoringError):
    def __init__(self) -> None:
        super().__init__("本单位，不参加评分。")


class NotLiveError(ScoringError):
    def __init__(self) -> None:
        super().__init__("会议没有在召开，现在不能评分。会议宣布开始后才能评分，结束后不能再改。")


class SheetsClosedError(ScoringError):
    """`at` is when the clerk's call to hand in ran out, as people read it."""

    def __init__(self, at: str) -> None:
        super().__init__(f"评分已于{at}截止，这次没有收。所填内容仍在您的设备上，确需补交的请找工作人员。")


class KeyReusedError(ScoringError):
    """The key of an earlier sending came with other marks."""

    def __init__(self) -> None:
        super().__init__("同一次提交的内容前后不一致，没有计入，请重新提交。")


class SheetIncompleteError(ScoringError):
    """`names` are the dimensions without a mark, in the scheme's order."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = list(names)
        super().__init__(f"还没有评分的项目：{join_names(self.names)}。")


class MarkOutOfRangeError(ScoringError):
    """`names` are the dimensions whose mark is off the scale."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = list(names)
        super().__init__(f"得分超出范围或多于两位小数：{join_names(self.names)}。")


class SchemeIncompleteError(ScoringError):
    def __init__(self, gaps: Sequence[str]) -> None:
        self.gaps = list(gaps)
        super().__init__(f"考核方案还不完整，不能评分：{'；'.join(self.gaps)}。请联系组织部门。")


class HandedInByRaterError(ScoringError):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name}本人已经提交这份评分表，不能代录。")


class RaterHasSheetsError(ScoringError):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name}已提交评分表，不能从评分人名单中移除。")


def marks_off_scale(names: Sequence[str], maxima: Sequence[Decimal], marks: Sequence[Decimal | None]) -> list[str]:
    """Names of the dimensions whose mark is below 0, above the maximum or has more than two places."""
    rows = zip(names, maxima, marks, strict=True)
    return [name for name, maximum, mark in rows if mark is not None and not mark_in_range(mark, maximum)]


def scheme_gaps(
    dimension_weights: Mapping[str, Sequence[Decimal]],
    category_weights: Sequence[Decimal],
    part_weights: Sequence[Decimal],
) -> list[str]:
    """Why a scheme cannot be scored by, one sentence each; weights are percentages and add up to 100.

    `dimension_weights` are by domain with a set of its own; the general set has no name.
    A scheme without parts of a composite is complete: some offices decide without a formula.
    """
    gaps = []
    for label, weights, needed in (
        *((f"{domain}评分项目", weights, True) for domain, weights in dimension_weights.items()),
        ("评分人类别", category_weights, True),
        ("综合评价组成", part_weights, False),
    ):
        whole = sum(weights, Decimal(0))
        if needed and not weights:
            gaps.append(f"没有{label}")
        elif weights and whole != 100:
            gaps.append(f"{label}的权重合计{plain_decimal(whole)}%，应为100%")
    return gaps
