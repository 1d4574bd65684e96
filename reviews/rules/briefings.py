"""点评参考材料: what a commenter should know, drafted from the year's data with its sources (practice.md 3.1)."""

import dataclasses
from collections.abc import Iterable, Sequence

from common.chinese_text import nest_quotes

MOST_STRENGTHS = 3
MOST_PROBLEMS = 5
MOST_QUESTIONS = 2


@dataclasses.dataclass(frozen=True)
class BriefingFacts:
    """Plain texts in the order in which they are used; each list may be empty.

    `carried` are (text, answer, explanation) of last year's items; `lists` are sentences about the lists;
    `inspections` (when, kind, findings); `projects` (title, state, outcome); `own` the report's problems;
    `rank` the class of the year and whether it is weak; `notes` remarks of screening not dealt with.
    """

    year: int
    carried: Sequence[tuple[str, str, str]] = ()
    overdue: Sequence[str] = ()
    closed: int = 0
    total: int = 0
    inspections: Sequence[tuple[str, str, str]] = ()
    projects: Sequence[tuple[str, str, str]] = ()
    replicable: Sequence[str] = ()
    own: Sequence[str] = ()
    rank: str = ""
    is_weak: bool = False
    is_advanced: bool = False
    notes: Sequence[str] = ()


@dataclasses.dataclass(frozen=True)
class BriefingText:
    """One entry a line, each with its source in brackets at the end."""

    strengths: str
    problems: str
    questions: str


def draft_briefing(facts: BriefingFacts) -> BriefingText:
    return BriefingText(
        _lines(_strengths(facts), MOST_STRENGTHS),
        _lines(_problems(facts), MOST_PROBLEMS),
        _lines(_questions(facts), MOST_QUESTIONS),
    )


def _lines(found: Iterable[str], most: int) -> str:
    return "\n".join(nest_quotes(line) for line in list(dict.fromkeys(found))[:most])


def _strengths(facts: BriefingFacts) -> Iterable[str]:
    if facts.is_advanced:
        yield f"{facts.year}年度被确定为{facts.rank}。（来源：年度分类）"
    if facts.total and facts.closed * 2 >= facts.total and not facts.overdue:
        yield f"上年度清单{facts.total}项已销号{facts.closed}项，没有逾期。（来源：整改清单）"
    yield from (f"“{title}”的做法可以推广。（来源：书记领办项目）" for title in facts.replicable)
    for title, state, outcome in facts.projects:
        if outcome:
            yield f"领办项目“{title}”{state}：{outcome}（来源：书记领办项目）"
    yield from (
        f"上年度事项“{text}”已完成。（来源：述职报告答复）"
        for text, answer, _why in facts.carried
        if answer == "已完成"
    )


def _problems(facts: BriefingFacts) -> Iterable[str]:
    if facts.is_weak:
        yield f"{facts.year}年度被列为{facts.rank}。（来源：年度分类）"
    answered = {text for text, _answer, _why in facts.carried}
    yield from (f"整改事项逾期：{text}（来源：整改清单）" for text in facts.overdue if text not in answered)
    yield from (
        f"上年度事项“{text}”{answer or '没有答复'}。{why}（来源：述职报告答复）"
        for text, answer, why in facts.carried
        if answer in ("", "未完成")
    )
    yield from (f"{when}{kind}发现：{text}（来源：督查记录）" for when, kind, text in facts.inspections)
    yield from (f"报告审核提出：{text}（来源：审核意见）" for text in facts.notes)
    yield from (f"本人查摆：{text}（来源：述职报告）" for text in facts.own)


def _questions(facts: BriefingFacts) -> Iterable[str]:
    unfinished = [text for text, answer, _why in facts.carried if answer in ("", "未完成")]
    yield from (f"“{text}”去年就已承诺，为什么到现在没有完成？准备什么时候完成？" for text in unfinished)
    yield from (f"“{text}”已经逾期，卡在哪里？需要协调什么？" for text in facts.overdue if text not in unfinished)
    yield from (f"督查指出“{text}”，现在整改到什么程度？" for _when, _kind, text in facts.inspections)
    yield from (f"报告中说“{text}”，您个人应当负什么责任？" for text in facts.own)
