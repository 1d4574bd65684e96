"""When a meeting may close, and what must become of every problem named (S-30, S-107, S-147)."""

import dataclasses
from collections.abc import Sequence

from common.chinese_text import join_names

from .meetings import MeetingKind

# These judge reports; the others of the same year neither need comments nor open lists.
JUDGING_KINDS = frozenset(
    {MeetingKind.ASSEMBLY, MeetingKind.REVIEW, MeetingKind.SPECIAL_REPORT, MeetingKind.ASSESSMENT}
)


@dataclasses.dataclass(frozen=True)
class ClosingFacts:
    """Names are printed as given, in the order of speaking; `sheets` are numbers of score sheets."""

    without_comment: Sequence[str] = ()
    draft_comments: Sequence[str] = ()
    unheard: Sequence[str] = ()
    unaccepted_reports: Sequence[str] = ()
    sheets_expected: int = 0
    sheets_in: int = 0
    uncounted_rounds: Sequence[str] = ()


class ClosingRefusedError(Exception):
    """The meeting goes on; `refusals` say in sentences what is missing, by name."""

    def __init__(self, refusals: Sequence[str]) -> None:
        self.refusals = list(refusals)
        super().__init__("".join(self.refusals))


def closing_refusals(facts: ClosingFacts) -> list[str]:
    """What forbids closing: an oral reporter without a final comment (S-107)."""
    if not facts.without_comment:
        return []
    names = join_names(list(facts.without_comment))
    return [f"会议还不能结束：{len(facts.without_comment)}名大会述职人还没有定稿的点评：{names}。"]


def closing_warnings(facts: ClosingFacts) -> list[str]:
    """What will be left as it is once the meeting is closed; whoever closes has been told."""
    warnings = []
    if facts.unheard:
        warnings.append(f"还没有标记为述职完毕：{join_names(list(facts.unheard))}。")
    if facts.draft_comments:
        warnings.append(f"点评还是草稿，其中的问题不列入清单：{join_names(list(facts.draft_comments))}。")
    if facts.unaccepted_reports:
        warnings.append(f"述职报告还没有采用，不能定稿：{join_names(list(facts.unaccepted_reports))}。")
    if facts.sheets_in < facts.sheets_expected:
        missing = facts.sheets_expected - facts.sheets_in
        warnings.append(
            f"应评{facts.sheets_expected}份评分表，已交{facts.sheets_in}份，还差{missing}份；会议结束后不能再评。"
        )
    if facts.uncounted_rounds:
        titles = "、".join(f"“{title}”" for title in facts.uncounted_rounds)
        warnings.append(f"无记名测评{titles}还没有计票；会议结束以后仍可以封箱、计票。")
    return warnings
