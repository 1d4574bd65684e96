"""Starting points of a scheme: plain data that is copied into a year's scheme and edited there.

The figures are those of practice.md section 7; nothing reads them once a scheme exists.
"""

from __future__ import annotations

import dataclasses

from reporting.rules.schemes import ComponentInput, GradeCode, SectionKind


@dataclasses.dataclass(frozen=True)
class SectionPreset:
    key: str
    heading: str
    guidance: str
    kind: str = SectionKind.TEXT
    required: bool = True


@dataclasses.dataclass(frozen=True)
class WeightPreset:
    """A dimension, category or component: its name, its weight in percent, what it is about."""

    name: str
    weight: int
    note: str = ""


@dataclasses.dataclass(frozen=True)
class GradePreset:
    code: str
    label: str
    min_score: int


@dataclasses.dataclass(frozen=True)
class SchemePreset:
    """A complete scheme. Dimensions are marked out of 100 each."""

    key: str
    name: str
    categories: tuple[WeightPreset, ...]
    components: tuple[WeightPreset, ...]
    sections: tuple[SectionPreset, ...]
    dimensions: tuple[WeightPreset, ...]
    grades: tuple[GradePreset, ...]
    list_due_text: str = "会后30日内"
    report_max_characters: int | None = 3000
    problem_share_min: int | None = 33
    report_minutes: int = 8
    comment_minutes: int = 3

    def component_input(self, component: WeightPreset) -> str:
        return ComponentInput.MEETING if component.name == MEETING_SCORE else ComponentInput.TYPED


MEETING_SCORE = "现场测评"

OUTLINE = (
    SectionPreset(
        "main_responsibility",
        "履行主体责任情况",
        "述党建，不述业务：落实上级党建部署、抓基层组织建设、抓班子带队伍的主要做法，有数据、有事例。",
    ),
    SectionPreset(
        "personal_duty",
        "个人履职情况",
        "述“我”不述“党委”：作为第一责任人，自己研究、部署、推动、督促解决了哪些事。",
    ),
    SectionPreset("achievements", "主要成绩", "实事求是，不虚不空，有据可查。"),
    SectionPreset(
        "carried",
        "上次承诺兑现",
        "对上年度的问题和承诺逐条答复：已完成、长期坚持或者未完成，并说明情况。",
        SectionKind.CARRIED,
    ),
    SectionPreset(
        "problems",
        "存在问题及原因剖析",
        "把自己摆进去，具体到人和事；一个问题一条，逐条写明主观原因，一般3至6条。",
        SectionKind.PROBLEMS,
    ),
    SectionPreset(
        "next_measures",
        "下一步措施与承诺",
        "对着问题写措施，可衡量、有时限；承诺会后列入整改清单。",
    ),
)

DIMENSIONS = (
    WeightPreset("工作实效", 25, "重点任务完成情况，党员群众的实际感受。"),
    WeightPreset("履行主体责任", 20, "落实党建部署，抓班子、带队伍、强基层。"),
    WeightPreset("个人履职", 20, "第一责任人职责履行情况，亲自抓、具体抓。"),
    WeightPreset("问题剖析", 15, "问题是否具体，原因是否把自己摆进去。"),
    WeightPreset("承诺（整改）兑现", 10, "上年度问题和承诺逐项整改到位。"),
    WeightPreset("领办项目", 10, "书记领办项目的推进和成效。"),
)

GRADES = (
    GradePreset(GradeCode.GOOD, "好", 90),
    GradePreset(GradeCode.FAIRLY_GOOD, "较好", 80),
    GradePreset(GradeCode.FAIR, "一般", 70),
    GradePreset(GradeCode.POOR, "差", 0),
)

COUNTY = SchemePreset(
    key="county",
    name="县级常用：三类评分人（50、30、20），综合评价四项（40、20、30、10）",
    categories=(
        WeightPreset("县级领导", 50),
        WeightPreset("部门和单位负责人", 30),
        WeightPreset("“两代表一委员”和党员群众代表", 20),
    ),
    components=(
        WeightPreset("平时党建考核", 40),
        WeightPreset("实地调研核查", 20),
        WeightPreset(MEETING_SCORE, 30),
        WeightPreset("领导点评评价", 10),
    ),
    sections=OUTLINE,
    dimensions=DIMENSIONS,
    grades=GRADES,
)

TWO_CATEGORIES = SchemePreset(
    key="two_categories",
    name="两类评分人（60、40），只计现场测评",
    categories=(
        WeightPreset("党委班子成员", 60),
        WeightPreset("党组织负责人和部门负责人", 40),
    ),
    components=(WeightPreset(MEETING_SCORE, 100),),
    sections=OUTLINE,
    dimensions=DIMENSIONS,
    grades=GRADES,
)

PRESETS = {preset.key: preset for preset in (COUNTY, TWO_CATEGORIES)}

# Suggested when a report is written; any other word may be typed (S-115).
PROBLEM_CATEGORIES = (
    "思想认识",
    "责任落实",
    "政治功能",
    "基础工作",
    "党员教育管理",
    "组织生活",
    "投入保障",
    "载体创新",
    "集体经济",
    "队伍建设",
)

# Ready sentences for a return (S-81); own words can be added.
RETURN_REASONS = (
    "问题不具体，没有把自己摆进去",
    "以业务代替党建",
    "以“党委”代替“自己”，个人履职写得少",
    "原因剖析不深",
    "上年承诺未逐条答复",
    "下一步措施不具体，没有时限",
)
