"""What blocks the submission of a report, and what its author should think about (S-66 to S-68, S-77, S-78, S-81).

The author's page, the submission and whoever screens show this one list. A new check is one function
`(content, limits) -> Iterator[Finding]` in `HARD` or `SOFT`; nothing else has to know of it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.chinese_text import count_characters
from reporting.rules.content import ReportContent, SectionContent
from reporting.rules.counts import ReportCounts, count_report
from reporting.rules.figures import figure_doubt
from reporting.rules.noise import noise_among
from reporting.rules.places import places, section_anchor
from reporting.rules.report_parts import PART_KINDS, part_gaps
from reporting.rules.schemes import SectionKind
from reporting.rules.wording import count_voices, find_placeholders, find_repeated, measure_business


class FindingKind(models.TextChoices):
    """What a finding is about; the queue of those who screen filters by it."""

    MISSING = "missing", _("内容不全")
    LENGTH = "length", _("字数")
    SHARE = "share", _("占比")
    PERSONAL = "personal", _("述“党委”多、述“我”少")
    BUSINESS = "business", _("业务多、党建少")
    REPEATED = "repeated", _("段落重复")
    PLACEHOLDER = "placeholder", _("可能没有写完")
    FIGURE = "figure", _("数据读不出数")
    NOISE = "noise", _("疑似网站文字")


@dataclasses.dataclass(frozen=True)
class Finding:
    """`anchor` is the id of the field on the writing page, `sentence` says what to do about it."""

    anchor: str
    sentence: str
    kind: str = FindingKind.MISSING


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


Check = Callable[[ReportContent, ReportLimits], Iterator[Finding]]


def find_gaps(content: ReportContent, limits: ReportLimits) -> list[Finding]:
    """必须: what must be put right before the report can be submitted, in the order of the page."""
    return [finding for check in HARD for finding in check(content, limits)]


def find_hints(content: ReportContent, limits: ReportLimits) -> list[Finding]:
    """提示: what to think about; none of it blocks the submission."""
    return [finding for check in SOFT for finding in check(content, limits)]


# --- Hard ------------------------------------------------------------------------------------------


def section_gaps(content: ReportContent, limits: ReportLimits) -> Iterator[Finding]:
    for section in content.sections:
        if section.kind == SectionKind.PROBLEMS:
            yield from _problem_gaps(content, section)
        elif section.kind == SectionKind.CARRIED:
            yield from _carried_gaps(content)
        elif section.kind in PART_KINDS:
            yield from (Finding(*gap) for gap in part_gaps(content, section))
        else:
            yield from _text_gaps(section)


def length_gaps(content: ReportContent, limits: ReportLimits) -> Iterator[Finding]:
    total, most = count_report(content).total, limits.max_characters
    if most is not None and total > most:
        sentence = f"全文{total}字，超过{most}字的上限，请压缩{total - most}字。"
        yield Finding("report-total", sentence, FindingKind.LENGTH)


def _text_gaps(section: SectionContent) -> Iterator[Finding]:
    anchor = section_anchor(section.key)
    if section.required and not section.text.strip():
        yield Finding(anchor, f"“{section.heading}”还没有填写。")
    count, most = count_characters(section.text), section.max_characters
    if most is not None and count > most:
        yield Finding(anchor, f"“{section.heading}”{count}字，超过本部分{most}字的上限。", FindingKind.LENGTH)


def _problem_gaps(content: ReportContent, section: SectionContent) -> Iterator[Finding]:
    # Not asked of the scheme: a report without a problem is never accepted (S-67).
    if not any(problem.text.strip() for problem in content.problems):
        yield Finding("id_problems-0-text", f"“{section.heading}”至少要写一个问题。")
        return
    for index, problem in enumerate(content.problems):
        if not problem.text.strip():
            yield Finding(f"id_problems-{index}-text", f"第{index + 1}个问题写了原因，但没有写问题。")
        elif not problem.cause.strip():
            yield Finding(f"id_problems-{index}-cause", f"第{index + 1}个问题没有写原因。")


def _carried_gaps(content: ReportContent) -> Iterator[Finding]:
    for number, item in enumerate(content.carried, start=1):
        missing = [
            name
            for name, value in (("选择整改情况", item.status), ("填写情况说明", item.explanation))
            if not value.strip()
        ]
        if missing:
            yield Finding(f"carried-{number}", f"上年度事项第{number}项还没有{'、'.join(missing)}。")


# --- Shares: hard or soft, as the scheme says -----------------------------------------------------


def share_gaps(content: ReportContent, limits: ReportLimits) -> Iterator[Finding]:
    if limits.shares_block:
        yield from _share_faults(content, limits)


def share_hints(content: ReportContent, limits: ReportLimits) -> Iterator[Finding]:
    if not limits.shares_block:
        yield from _share_faults(content, limits)


def _share_faults(content: ReportContent, limits: ReportLimits) -> Iterator[Finding]:
    """只讲成绩不讲问题 (S-77): shares of the body outside the scheme's limits.

    Compared in whole numbers, so that rounding decides nothing; the percentage is for the reader.
    """
    counts, least = count_report(content), limits.problem_share_min
    if least is not None and counts.is_share_below(least):
        keys = [section.key for section in content.sections if section.kind == SectionKind.PROBLEMS]
        sentence = f"问题及原因占全文{counts.problem_share}%，低于方案要求的{least}%，请把问题讲透。"
        yield Finding(f"section-{keys[0]}" if keys else "report-total", sentence, FindingKind.SHARE)
    sections = {section.key: section for section in content.sections}
    for limit in limits.shares:
        if limit.key in sections and counts.total:
            yield from _section_share_faults(sections[limit.key], limit, counts)


def _section_share_faults(section: SectionContent, limit: ShareLimit, counts: ReportCounts) -> Iterator[Finding]:
    count = counts.of(section.key, section.kind)
    anchor = section_anchor(section.key) if section.kind == SectionKind.TEXT else f"section-{section.key}"
    share = f"“{section.heading}”占全文{counts.share_of(count)}%"
    if limit.min_share is not None and 100 * count < limit.min_share * counts.total:
        yield Finding(anchor, f"{share}，低于方案要求的{limit.min_share}%。", FindingKind.SHARE)
    if limit.max_share is not None and 100 * count > limit.max_share * counts.total:
        yield Finding(anchor, f"{share}，高于方案允许的{limit.max_share}%，请压缩。", FindingKind.SHARE)


# --- Soft ------------------------------------------------------------------------------------------


def placeholder_hints(content: ReportContent, limits: ReportLimits) -> Iterator[Finding]:
    """Words left where something is still to be written; masked figures (XX, ***) are the author's choice (S-79)."""
    for place in places(content):
        found = find_placeholders(place.text)
        if found:
            times = f"等{len(found)}处" if len(found) > 1 else ""
            sentence = f"{place.name}中还有“{found[0]}”{times}，请核对是否已经写完。"
            yield Finding(place.anchor, sentence, FindingKind.PLACEHOLDER)


def short_hints(content: ReportContent, limits: ReportLimits) -> Iterator[Finding]:
    counts = count_report(content)
    for section in content.sections:
        count, least = counts.sections.get(section.key, 0), section.min_characters
        if least is not None and 0 < count < least:
            sentence = f"“{section.heading}”{count}字，少于建议的{least}字。"
            yield Finding(section_anchor(section.key), sentence, FindingKind.LENGTH)


def personal_hints(content: ReportContent, limits: ReportLimits) -> Iterator[Finding]:
    """述“党委”代替述“自己” (S-78)."""
    for section in content.sections:
        voices = count_voices(section.text)
        if is_personal_section(section.key, section.heading) and voices.is_committee_only:
            yield Finding(
                section_anchor(section.key),
                f"“{section.heading}”写“党委”“班子”“我们”{voices.collective}处，写“我”{voices.self}处，请述自己做了什么。",
                FindingKind.PERSONAL,
            )


def business_hints(content: ReportContent, limits: ReportLimits) -> Iterator[Finding]:
    """以业务代替党建 (S-81)."""
    for section in content.sections:
        talk = measure_business(section.text)
        if talk.is_too_much:
            words = "".join(f"“{word}”" for word in talk.words[:3])
            yield Finding(
                section_anchor(section.key),
                f"“{section.heading}”{talk.sentences}句中有{talk.only}句只讲业务（{words}），"
                "没有提到党组织和党员，请写清党建在其中做了什么。",
                FindingKind.BUSINESS,
            )


def repeated_hints(content: ReportContent, limits: ReportLimits) -> Iterator[Finding]:
    written = list(places(content))
    for repeated in find_repeated(place.text for place in written):
        first, last = written[repeated.texts[0]], written[repeated.texts[-1]]
        where = f"{first.name}和{last.name}" if first != last else f"{first.name}中有两段"
        sentence = f"{where}文字相同（“{repeated.paragraph[:12]}……”），请核对是否重复粘贴。"
        yield Finding(last.anchor, sentence, FindingKind.REPEATED)


def figure_hints(content: ReportContent, limits: ReportLimits) -> Iterator[Finding]:
    """What cannot be read as a figure; masked ones and those only roughly known are figures too (S-195, S-197)."""
    for number, figure in enumerate(content.figures, start=1):
        doubt = figure_doubt(figure.value, figure.unit)
        if doubt:
            sentence = f"“{figure.name}”填的是“{figure.value.strip()[:12]}”，{doubt}"
            yield Finding(f"figure-{number}", sentence, FindingKind.FIGURE)


def noise_hints(content: ReportContent, limits: ReportLimits) -> Iterator[Finding]:
    """仅供学习 禁止外传 and its like, pasted with the text (S-198); the author decides, nothing changes by itself."""
    for place in places(content):
        lines = place.text.split("\n")
        found = noise_among(lines)
        if found:
            at, kind = next(iter(found.items()))
            more = f"等{len(found)}行" if len(found) > 1 else ""
            sentence = f"发现疑似{kind}文字：{place.name}第{at + 1}行“{lines[at].strip()}”{more}，请核对是否要删去。"
            yield Finding(place.anchor, sentence, FindingKind.NOISE)


HARD: tuple[Check, ...] = (section_gaps, length_gaps, share_gaps)
SOFT: tuple[Check, ...] = (
    placeholder_hints,
    share_hints,
    short_hints,
    personal_hints,
    business_hints,
    repeated_hints,
    figure_hints,
    noise_hints,
)

SOFT_KINDS = frozenset(FindingKind) - {FindingKind.MISSING}


def is_personal_section(key: str, heading: str) -> bool:
    return key == "personal_duty" or "个人" in heading
