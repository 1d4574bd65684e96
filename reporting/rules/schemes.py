"""What a scheme is made of. The figures themselves are rows of each cycle's scheme, never constants here."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.figures import plain_decimal


class SectionKind(models.TextChoices):
    TEXT = "text", _("正文")
    PROBLEMS = "problems", _("问题与原因（逐条填写）")
    CARRIED = "carried", _("上次承诺与问题的整改（逐条答复）")
    FIGURES = "figures", _("履职数据（逐项填数）")
    PROJECTS = "projects", _("书记领办项目（逐个介绍）")
    DOMAINS = "domains", _("分领域情况（县、街道填写）")
    PROMISES = "promises", _("承诺事项（逐条填写）")


class GradeCode(models.TextChoices):
    """Four ordinal codes are fixed; what each is called is the scheme's (practice.md 0.2)."""

    GOOD = "good", _("好")
    FAIRLY_GOOD = "fairly_good", _("较好")
    FAIR = "fair", _("一般")
    POOR = "poor", _("差")


class ComponentInput(models.TextChoices):
    MEETING = "meeting", _("会上评分")
    TYPED = "typed", _("录入")
    PROMISES = "promises", _("承诺兑现率（系统计算）")
    SATISFACTION = "satisfaction", _("党员群众满意度（责任制考核时录入）")


# These come from elsewhere in the system and are not typed into the table of scores.
COMPUTED_INPUTS = frozenset({ComponentInput.PROMISES, ComponentInput.SATISFACTION})


class ScoringMode(models.TextChoices):
    """How an item is marked. Grades and bands are out of 100 each; only points use the item's own maximum."""

    POINTS = "points", _("分值：逐项打分")
    GRADE = "grade", _("等次：逐项选等次")
    BAND = "band", _("分档：先选等次，再在该等次的分档内打分")


class RatingChannel(models.TextChoices):
    """How a category of raters hands in: on a sheet under its name, or by a ballot without one (S-118, S-121)."""

    NAMED = "named", _("实名评分表")
    ANONYMOUS = "anonymous", _("无记名测评票")


# What a grade is worth and which points lie in it (practice.md 2.5): code → points, lowest, highest.
GRADE_POINTS: dict[str, tuple[int, int, int]] = {
    GradeCode.GOOD: (100, 90, 100),
    GradeCode.FAIRLY_GOOD: (80, 80, 89),
    GradeCode.FAIR: (60, 70, 79),
    GradeCode.POOR: (40, 0, 69),
}

# The stock a category's ballots are printed on unless the scheme says otherwise: A, B, C …
PAPER_COLOURS = ("粉红", "浅黄", "浅绿", "浅蓝")


def category_letter(position: int) -> str:
    """1 → A, 2 → B …; a scheme has far fewer categories than letters."""
    return chr(ord("A") + (position - 1) % 26)


def paper_colour(position: int) -> str:
    return PAPER_COLOURS[(position - 1) % len(PAPER_COLOURS)]


class ReportReaders(models.TextChoices):
    """Who may read the accepted reports of the year besides their authors (公开范围)."""

    REVIEWERS = "reviewers", _("仅组织部门和领导")
    REPORTERS = "reporters", _("同年度的述职单位")
    SUBTREE = "subtree", _("本级及下级各单位")


class ResultReaders(models.TextChoices):
    """Within which scope the decided grades are made known once they are published (公布范围)."""

    OWN = "own", _("只通知本人")
    REPORTERS = "reporters", _("同年度的述职单位")
    SUBTREE = "subtree", _("本级及下级各单位")


# The group of a quota that no domain is named for.
EVERYBODY = "全部述职人"


def weights_add_up(weights: list[Decimal]) -> bool:
    """Weights of one scheme are percentages and must add up to exactly 100."""
    return sum(weights, Decimal(0)) == Decimal(100)


@dataclasses.dataclass(frozen=True)
class SectionLimits:
    """What a section may be, in characters and in percent of the body; None means no limit."""

    heading: str
    min_characters: int | None = None
    max_characters: int | None = None
    min_share: int | None = None
    max_share: int | None = None


@dataclasses.dataclass(frozen=True)
class QuotaFigures:
    """`group` is the name of a domain, or of everybody together."""

    group: str
    good_max: int | None = None
    lower_min: int | None = None


@dataclasses.dataclass(frozen=True)
class GradeValue:
    """What ticking a grade is worth, and the lowest and highest points inside it; out of 100."""

    label: str
    points: Decimal
    lowest: Decimal
    highest: Decimal


@dataclasses.dataclass(frozen=True)
class SchemeFigures:
    """The figures of a scheme that must fit together; weights in percent, floors in points."""

    section_headings: Sequence[str]
    section_kinds: Sequence[str]
    has_personal_section: bool
    dimension_weights: Sequence[Decimal]
    category_weights: Sequence[Decimal]
    component_weights: Sequence[Decimal]
    component_inputs: Sequence[str]
    grade_codes: Sequence[str]
    grade_floors: Sequence[Decimal]
    scoring_mode: str = ScoringMode.POINTS
    grade_points: Sequence[GradeValue] = ()
    own_dimension_weights: Mapping[str, Sequence[Decimal]] = dataclasses.field(default_factory=dict)
    section_limits: Sequence[SectionLimits] = ()
    quotas: Sequence[QuotaFigures] = ()


def find_scheme_faults(figures: SchemeFigures) -> list[str]:
    """Sentences naming everything that does not fit together; empty when the scheme is sound (S-66, S-119)."""
    faults = []
    for name, weights in (
        ("评分项目", figures.dimension_weights),
        *((f"“{domain}”的评分项目", weights) for domain, weights in figures.own_dimension_weights.items()),
        ("评分人类别", figures.category_weights),
        ("综合评价组成", figures.component_weights),
    ):
        if name == "综合评价组成" and not weights:
            continue  # 综合研判: a scheme without a formula, graded on the whole (practice.md 2.7)
        if any(weight <= 0 for weight in weights):
            faults.append(f"{name}的权重必须大于0。")
        elif not weights_add_up(list(weights)):
            total = plain_decimal(sum(weights, Decimal(0)))
            faults.append(f"{name}的权重合计为{total}%，应当正好是100%。")
    if figures.component_inputs.count(ComponentInput.MEETING) > 1:
        faults.append("综合评价组成中“会上评分”只能有一项。")
    faults += [
        f"综合评价组成中“{kind.label.split('（')[0]}”只能有一项。"
        for kind in sorted(COMPUTED_INPUTS)
        if figures.component_inputs.count(kind) > 1
    ]
    if figures.section_kinds.count(SectionKind.PROBLEMS) != 1:
        faults.append("报告部分中必须有一个，且只能有一个“问题与原因”部分。")
    faults += [
        f"报告部分中“{str(kind.label).split('（')[0]}”只能有一个。"
        for kind in SectionKind
        if kind not in {SectionKind.TEXT, SectionKind.PROBLEMS} and figures.section_kinds.count(kind) > 1
    ]
    if not figures.has_personal_section:
        faults.append("报告部分中必须有一个必填的“个人”履职部分，述自己而不只述党委。")
    if len(set(figures.section_headings)) < len(figures.section_headings):
        faults.append("报告部分的标题不能相同。")
    faults += _limit_faults(figures.section_limits) + _grade_faults(figures) + _quota_faults(figures.quotas)
    return faults + _scoring_faults(figures.scoring_mode, figures.grade_points)


def _limit_faults(sections: Sequence[SectionLimits]) -> list[str]:
    faults = []
    for section in sections:
        if _is_above(section.min_characters, section.max_characters):
            faults.append(f"“{section.heading}”的最少字数大于最多字数。")
        if _is_above(section.min_share, section.max_share):
            faults.append(f"“{section.heading}”的最低占比大于最高占比。")
    lowest = sum(section.min_share or 0 for section in sections)
    if lowest > 100:
        faults.append(f"报告各部分的最低占比合计为{lowest}%，不能超过100%。")
    return faults


def _is_above(lower: int | None, upper: int | None) -> bool:
    return lower is not None and upper is not None and lower > upper


def _quota_faults(quotas: Sequence[QuotaFigures]) -> list[str]:
    groups = [quota.group for quota in quotas]
    twice = [group for group in dict.fromkeys(groups) if groups.count(group) > 1]
    empty = [quota.group for quota in quotas if quota.good_max is None and quota.lower_min is None]
    return [
        *(f"等次名额中“{group}”只能有一行。" for group in twice),
        *(f"等次名额中“{group}”请至少填写一个比例，不需要的请删除这一行。" for group in empty),
    ]


def _grade_faults(figures: SchemeFigures) -> list[str]:
    faults = []
    if not figures.grade_codes:
        faults.append("至少要有一个等次。")
    if len(set(figures.grade_codes)) < len(figures.grade_codes):
        faults.append("每个等次只能出现一次。")
    pairs = itertools.pairwise(figures.grade_floors)
    if any(lower >= upper for upper, lower in pairs):
        faults.append("等次应当从高到低排列，建议分数线逐级降低。")
    return faults


def _scoring_faults(mode: str, grades: Sequence[GradeValue]) -> list[str]:
    """Only the mode in use must fit; the other figures wait unused."""
    pairs = list(itertools.pairwise(grades))
    if mode == ScoringMode.GRADE:
        wrong = any(lower.points >= upper.points for upper, lower in pairs)
        return ["按等次评分时，等次的分值应当从高到低逐级降低。"] if wrong else []
    if mode == ScoringMode.BAND:
        faults = [f"“{grade.label}”分档的最低分高于最高分。" for grade in grades if grade.lowest > grade.highest]
        if any(lower.highest >= upper.lowest for upper, lower in pairs):
            faults.append("按分档评分时，各等次的分档不能重叠，应当从高到低排列。")
        return faults
    return []


_DAYS = re.compile(r"[、，,\s]+")


def reminder_days(text: str) -> list[int]:
    """7、3、1 → [7, 3, 1]: how many days before a deadline to remind. Raises ValueError for anything else."""
    days = [int(part) for part in _DAYS.split(text.strip()) if part]
    if any(day not in range(91) for day in days):
        raise ValueError(text)
    return sorted(set(days), reverse=True)
