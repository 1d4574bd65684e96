"""The outline of a report to write in offline: which lines the system prints, so that they are known when it comes back."""

from __future__ import annotations

from collections.abc import Mapping

from reporting.rules.content import CarriedContent, ReportContent, SectionContent
from reporting.rules.reports import CarriedStatus
from reporting.rules.schemes import SectionKind

HOW_TO = (
    "填写说明：在各部分标题下面写；标题、提示和编号请保留。写好后在系统的报告页面点“从 Word 导入”，核对后写入报告。"
)
PROBLEMS_HOW_TO = "填写提示：一个问题一条，编号写“（一）（二）（三）”；另起一段写“原因：”。"
CARRIED_HOW_TO = "填写提示：在“整改情况：”后面写“已完成”“长期坚持”或者“未完成”，在“情况说明：”后面写做了什么。"
STATUS_LABEL, EXPLANATION_LABEL, CAUSE_LABEL = "整改情况：", "情况说明：", "原因："
FILES_LABEL = "附件："
ON_THE_PAGE = "填写提示：这部分请在系统的撰写页面填写。"
NO_ITEMS = "上年度没有结转的问题和承诺，本部分不用填写。"


def section_hints(section: SectionContent, guidance: str) -> list[str]:
    """The lines of advice under a heading."""
    hints = [f"填写提示：{guidance}"] if guidance else []
    low, high = section.min_characters, section.max_characters
    if low and high:
        hints.append(f"填写提示：{low}至{high}字。")
    elif low or high:
        hints.append(f"填写提示：不少于{low}字。" if low else f"填写提示：不超过{high}字。")
    if section.kind == SectionKind.PROBLEMS:
        hints.append(PROBLEMS_HOW_TO)
    elif section.kind == SectionKind.CARRIED:
        hints.append(CARRIED_HOW_TO)
    return hints


def item_hints(item: CarriedContent) -> list[str]:
    hints = [f"当时的措施：{line}" for line in [" ".join(item.measure.split())] if line]
    return [*hints, f"时限：{item.due_text.strip()}"] if item.due_text.strip() else hints


def status_line(item: CarriedContent) -> str:
    return STATUS_LABEL + (str(CarriedStatus(item.status).label) if item.status else "")


def file_line(number: int, name: str, place: str) -> str:
    """One of the files named at the end of the report."""
    return f"{number}．{' '.join(name.split())}（{place}）"


def printed_lines(content: ReportContent, guidance: Mapping[str, str]) -> frozenset[str]:
    """Every line of advice that an outline of this report has."""
    lines = {HOW_TO, NO_ITEMS, ON_THE_PAGE}
    for section in content.sections:
        lines.update(section_hints(section, guidance.get(section.key, "")))
    for item in content.carried:
        lines.update(item_hints(item))
    if content.attachments:
        lines.add(FILES_LABEL)
        lines.update(file_line(n, file.name, file.place) for n, file in enumerate(content.attachments, start=1))
    return frozenset(line.strip() for line in lines)
