"""What blocks the submission of a report, and what its author should think about (S-66 to S-68, S-77, S-78)."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from common.chinese_text import count_characters
from reporting.rules.content import ReportContent, SectionContent
from reporting.rules.counts import ReportCounts, count_report
from reporting.rules.schemes import SectionKind


@dataclasses.dataclass(frozen=True)
class Gap:
    """Something missing: `anchor` is the id of the field on the writing page, `sentence` names it."""

    anchor: str
    sentence: str


@dataclasses.dataclass(frozen=True)
class ShareLimit:
    """A section's part of the body in percent; None means no limit."""

    key: str
    min_share: int | None = None
    max_share: int | None = None


@dataclasses.dataclass(frozen=True)
class ReportLimits:
    """The scheme's limits for the whole report; None means no limit."""

    max_characters: int | None = None
    problem_share_min: int | None = None
    shares: tuple[ShareLimit, ...] = ()
    shares_block: bool = False


def section_anchor(key: str) -> str:
    return f"id_section_{key}"


def find_gaps(content: ReportContent, limits: ReportLimits) -> list[Gap]:
    """What must be put right before the report can be submitted, in the order of the page."""
    gaps: list[Gap] = []
    for section in content.sections:
        if section.kind == SectionKind.PROBLEMS:
            gaps += _problem_gaps(content, section)
        elif section.kind == SectionKind.CARRIED:
            gaps += _carried_gaps(content)
        else:
            gaps += _text_gaps(section)
    if limits.shares_block:
        gaps += find_share_faults(content, limits)
    total = count_report(content).total
    if limits.max_characters is not None and total > limits.max_characters:
        over = total - limits.max_characters
        gaps.append(Gap("report-total", f"全文{total}字，超过{limits.max_characters}字的上限，请压缩{over}字。"))
    return gaps


def _text_gaps(section: SectionContent) -> Iterator[Gap]:
    if section.required and not section.text.strip():
        yield Gap(section_anchor(section.key), f"“{section.heading}”还没有填写。")
    count = count_characters(section.text)
    if section.max_characters is not None and count > section.max_characters:
        yield Gap(
            section_anchor(section.key),
            f"“{section.heading}”{count}字，超过本部分{section.max_characters}字的上限。",
        )


def _problem_gaps(content: ReportContent, section: SectionContent) -> Iterator[Gap]:
    # Not asked of the scheme: a report without a problem is never accepted (S-67).
    if not any(problem.text.strip() for problem in content.problems):
        yield Gap("id_problems-0-text", f"“{section.heading}”至少要写一个问题。")
        return
    for index, problem in enumerate(content.problems):
        if not problem.text.strip():
            yield Gap(f"id_problems-{index}-text", f"第{index + 1}个问题写了原因，但没有写问题。")
        elif not problem.cause.strip():
            yield Gap(f"id_problems-{index}-cause", f"第{index + 1}个问题没有写原因。")


def _carried_gaps(content: ReportContent) -> Iterator[Gap]:
    for number, item in enumerate(content.carried, start=1):
        missing = [
            name
            for name, value in (("选择整改情况", item.status), ("填写情况说明", item.explanation))
            if not value.strip()
        ]
        if missing:
            yield Gap(f"carried-{number}", f"上年度事项第{number}项还没有{'、'.join(missing)}。")


def _problem_anchor(content: ReportContent) -> str:
    keys = [section.key for section in content.sections if section.kind == SectionKind.PROBLEMS]
    return f"section-{keys[0]}" if keys else "report-total"


def find_hints(content: ReportContent, limits: ReportLimits) -> list[Gap]:
    """What to think about; none of it blocks the submission."""
    hints: list[Gap] = [] if limits.shares_block else find_share_faults(content, limits)
    counts = count_report(content)
    for section in content.sections:
        count = counts.sections.get(section.key, 0)
        if section.min_characters is not None and 0 < count < section.min_characters:
            hints.append(
                Gap(
                    section_anchor(section.key),
                    f"“{section.heading}”{count}字，少于建议的{section.min_characters}字。",
                )
            )
        if is_personal_section(section.key, section.heading) and speaks_of_committee_only(section.text):
            hints.append(
                Gap(
                    section_anchor(section.key),
                    f"“{section.heading}”多处写“党委”“班子”“我们”，少写“我”，请述自己做了什么。",
                )
            )
    return [*_placeholder_hints(content), *hints]


def find_share_faults(content: ReportContent, limits: ReportLimits) -> list[Gap]:
    """Shares of the body outside the scheme's limits; hard or a hint as `limits.shares_block` says (S-77).

    Compared in whole numbers, so that rounding decides nothing; the percentage is for the reader.
    """
    counts = count_report(content)
    faults: list[Gap] = []
    minimum = limits.problem_share_min
    if minimum is not None and counts.is_share_below(minimum):
        sentence = f"问题及原因占全文{counts.problem_share}%，低于方案要求的{minimum}%，请把问题讲透。"
        faults.append(Gap(_problem_anchor(content), sentence))
    sections = {section.key: section for section in content.sections}
    for limit in limits.shares:
        if limit.key in sections and counts.total:
            faults += _section_share_faults(sections[limit.key], limit, counts)
    return faults


def _section_share_faults(section: SectionContent, limit: ShareLimit, counts: ReportCounts) -> Iterator[Gap]:
    count = counts.of(section.key, section.kind)
    anchor = section_anchor(section.key) if section.kind == SectionKind.TEXT else f"section-{section.key}"
    share = f"“{section.heading}”占全文{counts.share_of(count)}%"
    if limit.min_share is not None and 100 * count < limit.min_share * counts.total:
        yield Gap(anchor, f"{share}，低于方案要求的{limit.min_share}%。")
    if limit.max_share is not None and 100 * count > limit.max_share * counts.total:
        yield Gap(anchor, f"{share}，高于方案允许的{limit.max_share}%，请压缩。")


def _placeholder_hints(content: ReportContent) -> Iterator[Gap]:
    """Words left where something is still to be written; masked figures (XX, ***) are the author's choice (S-79)."""
    for anchor, place, text in _places(content):
        found = find_placeholders(text)
        if found:
            times = f"等{len(found)}处" if len(found) > 1 else ""
            yield Gap(anchor, f"{place}中还有“{found[0]}”{times}，请核对是否已经写完。")


def _places(content: ReportContent) -> Iterator[tuple[str, str, str]]:
    """Anchor, name and text of all that the author wrote, in the order of the page."""
    for section in content.sections:
        if section.kind == SectionKind.PROBLEMS:
            for index, problem in enumerate(content.problems):
                yield f"id_problems-{index}-text", f"第{index + 1}个问题", problem.text
                yield f"id_problems-{index}-cause", f"第{index + 1}个问题的原因", problem.cause
        elif section.kind == SectionKind.CARRIED:
            for number, item in enumerate(content.carried, start=1):
                yield f"carried-{number}", f"上年度事项第{number}项", item.explanation
        else:
            yield section_anchor(section.key), f"“{section.heading}”", section.text


# 机制有待完善 and 亟待补充力量 say something about the work, 等待 and 招待 are other words.
_PLACEHOLDER = re.compile(
    r"此处(?:待|补充|填写|插入)[\u4e00-\u9fff]{0,4}"
    r"|(?<![有尚亟需还仍等优招接对])待(?:补充?|补写|补齐数据|完善|填写?|核实)(?=[^\u4e00-\u9fff]|$|数据|内容|具体|材料)"
)


def find_placeholders(text: str) -> list[str]:
    """The placeholders of a text as written, e.g. 此处待补, 待完善."""
    return _PLACEHOLDER.findall(text)


_SELF = re.compile(r"本人|我(?![们国省市县区镇乡街村党校院局单所委厅部])")
_COMMITTEE = re.compile(r"党（?工?）?委|党组|班子|我们")
# 党委书记 names the author's own post, not the collective.
_POSTS = re.compile(r"(?:党（?工?）?委|党组|班子)(?:副?书记|成员|委员)")


def is_personal_section(key: str, heading: str) -> bool:
    return key == "personal_duty" or "个人" in heading


def speaks_of_committee_only(text: str) -> bool:
    """述“党委”代替述“自己” (S-78): the collective is named, and more often than the author."""
    collective = len(_COMMITTEE.findall(_POSTS.sub("", text)))
    return collective > len(_SELF.findall(text))
