"""Starting points of a scheme: plain data that is copied into a year's scheme and edited there.

The figures are those of practice.md section 7; nothing reads them once a scheme exists.
"""

from __future__ import annotations

import dataclasses

from reporting.rules.indicator_presets import VILLAGE_INDICATORS, IndicatorPreset
from reporting.rules.quotas import SmallGroups
from reporting.rules.schemes import (
    GRADE_POINTS,
    ComponentInput,
    GradeCode,
    RatingChannel,
    ScoringMode,
    SectionKind,
)


@dataclasses.dataclass(frozen=True)
class SectionPreset:
    key: str
    heading: str
    guidance: str
    kind: str = SectionKind.TEXT
    required: bool = True
    min_share: int | None = None
    max_share: int | None = None


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

    @property
    def points(self) -> int:
        return GRADE_POINTS[self.code][0]

    @property
    def band_min(self) -> int:
        return GRADE_POINTS[self.code][1]

    @property
    def band_max(self) -> int:
        return GRADE_POINTS[self.code][2]


@dataclasses.dataclass(frozen=True)
class QuotaPreset:
    """For all reporters together, in percent."""

    good_max: int | None = None
    lower_min: int | None = None


@dataclasses.dataclass(frozen=True)
class SchemePreset:
    """A complete scheme. Dimensions are marked out of 100 each; `origin` says where its figures come from.

    `ballots` are the names of the categories that vote without a name.
    """

    key: str
    name: str
    origin: str
    categories: tuple[WeightPreset, ...]
    components: tuple[WeightPreset, ...]
    sections: tuple[SectionPreset, ...]
    dimensions: tuple[WeightPreset, ...]
    grades: tuple[GradePreset, ...]
    quotas: tuple[QuotaPreset, ...] = ()
    list_due_text: str = "会后30日内"
    report_max_characters: int | None = 3000
    problem_share_min: int | None = 33
    shares_block: bool = False
    report_minutes: int = 8
    comment_minutes: int = 3
    warning_seconds: int = 60
    scoring_mode: str = ScoringMode.POINTS
    asks_overall: bool = False
    asks_remark: bool = False
    satisfaction_min: int | None = None
    small_groups: str = SmallGroups.MERGE
    trims_extremes: bool = False
    ballots: tuple[str, ...] = ()
    indicators: tuple[IndicatorPreset, ...] = ()

    def channel_of(self, category: WeightPreset) -> str:
        return RatingChannel.ANONYMOUS if category.name in self.ballots else RatingChannel.NAMED

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
        "projects",
        "书记领办项目推进情况",
        "逐个写明做到哪一步、见了什么成效、还差什么；季度进展已列在旁边。",
        SectionKind.PROJECTS,
    ),
    SectionPreset(
        "figures",
        "履职数据",
        "用数字说话：尽了多少责、解决了几件难题。",
        SectionKind.FIGURES,
        required=False,
    ),
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
    SectionPreset(
        "promises",
        "承诺事项",
        "下一年要办成的事，一事一条，写明时限；会后可以一次列入整改清单。",
        SectionKind.PROMISES,
        required=False,
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

# 五项测评表 of practice.md 2.4 D.
FIVE_ITEMS = (
    WeightPreset("履行党建工作责任", 20, "第一责任人职责和“一岗双责”落实情况。"),
    WeightPreset("提高基层党组织建设质量", 20, "组织生活、发展党员、党员教育管理、主题党日。"),
    WeightPreset("强化政治功能、完成重大任务", 20, "党组织和党员在重点工作中的作用。"),
    WeightPreset("解决突出问题、破解重点难题", 20, "重点难点问题的解决情况。"),
    WeightPreset("述职报告", 20, "成绩是否客观，问题和原因是否把自己摆进去，措施是否可操作。"),
)

# 成绩、问题、打算各占三分之一 of practice.md 2.2: lowest and highest share of each section.
_THIRDS = {
    "main_responsibility": (None, 15),
    "personal_duty": (None, 20),
    "achievements": (None, 15),
    "next_measures": (25, 40),
}


def _with_share(section: SectionPreset) -> SectionPreset:
    lowest, highest = _THIRDS.get(section.key, (None, None))
    return dataclasses.replace(section, min_share=lowest, max_share=highest)


COUNTY = SchemePreset(
    key="county",
    name="县级常用：三类评分人（50、30、20），综合评价四项（40、20、30、10）",
    origin="综合各地公开办法的中间值，没有照搬某一地。“较好”及以下不少于15%见于公开的地方办法。",
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
    quotas=(QuotaPreset(lower_min=15),),
)

TOWNSHIP = SchemePreset(
    key="township",
    name="乡镇对村（社区）：日常考核30、调查核实30、现场测评40",
    origin="综合评价三项的权重见于隆回县西洋江镇的办法；评分人权重和五项测评表按常用做法，可改。",
    categories=(
        WeightPreset("乡镇党政班子成员", 50),
        WeightPreset("站所负责人、驻村干部", 20),
        WeightPreset("党员群众代表", 30),
    ),
    components=(
        WeightPreset("日常考核", 30),
        WeightPreset("调查核实", 30),
        WeightPreset(MEETING_SCORE, 40),
    ),
    sections=OUTLINE,
    dimensions=FIVE_ITEMS,
    grades=GRADES,
    report_max_characters=2000,
    indicators=VILLAGE_INDICATORS,
)

THIRDS_REPORT = SchemePreset(
    key="thirds",
    name="“三个三分之一”：成绩、问题、打算篇幅相当，占比不符不能报送",
    origin="篇幅要求见于通山县九宫山镇“三分之一讲成绩、三分之一讲问题、三分之一讲打算”；其余同县级常用。",
    categories=COUNTY.categories,
    components=COUNTY.components,
    sections=tuple(_with_share(section) for section in OUTLINE),
    dimensions=DIMENSIONS,
    grades=GRADES,
    quotas=COUNTY.quotas,
    shares_block=True,
)

SCHOOL = SchemePreset(
    key="school",
    name="学校、院系：党建考核80、述职评议20，问题占四分之一以上",
    origin="党建考核80%、述职评议20%，报告3000字以内、问题不少于四分之一，见于山东某校2022年办法；评分人60、40见于荆州学院2025年办法。",
    categories=(
        WeightPreset("党委班子成员", 60),
        WeightPreset("总支书记、直属支部书记、党群部门负责人、组织员", 40),
    ),
    components=(WeightPreset("党建考核", 80), WeightPreset(MEETING_SCORE, 20)),
    sections=OUTLINE,
    dimensions=FIVE_ITEMS,
    grades=GRADES,
    problem_share_min=25,
)

TWO_CATEGORIES = SchemePreset(
    key="two_categories",
    name="最简：两类评分人（60、40），只计现场测评",
    origin="评分人A类60%、B类40%见于荆州学院2025年办法；只用会上评分，不计平时分。",
    categories=(
        WeightPreset("党委班子成员", 60),
        WeightPreset("党组织负责人和部门负责人", 40),
    ),
    components=(WeightPreset(MEETING_SCORE, 100),),
    sections=OUTLINE,
    dimensions=DIMENSIONS,
    grades=GRADES,
)

COUNTY_BALLOTS = dataclasses.replace(
    COUNTY,
    key="county_ballots",
    name="县级测评票：五项选等次加总体评价，领导实名，部门和代表无记名",
    origin="五项测评内容、好（100）较好（80）一般（60）差（40）和弃权不计见于各地测评表；权重同县级常用。",
    dimensions=FIVE_ITEMS,
    scoring_mode=ScoringMode.GRADE,
    asks_overall=True,
    asks_remark=True,
    satisfaction_min=80,
    ballots=tuple(category.name for category in COUNTY.categories[1:]),
)

BANDS = dataclasses.replace(
    TWO_CATEGORIES,
    key="bands",
    name="分档打分：在好、较好、一般、差四个格次内明确得分",
    origin="先定格次再在格次内打分见于公开的地方办法；90、80、70三条线按常用做法，其余同最简。",
    scoring_mode=ScoringMode.BAND,
)

HALVES = dataclasses.replace(
    TWO_CATEGORIES,
    key="halves",
    name="述职评议50、支部综合评价50",
    origin="述职评议50%、综合评价50%见于某建筑学院2025年办法；其余同最简。",
    components=(WeightPreset(MEETING_SCORE, 50), WeightPreset("综合评价", 50)),
)

NO_FORMULA = dataclasses.replace(
    TWO_CATEGORIES,
    key="no_formula",
    name="不设公式：综合研判，由会议研究确定等次",
    origin="多数地方的方案只写综合研判，不折算分数；测评得分只作参考。",
    components=(),
)

_ALL = (COUNTY, COUNTY_BALLOTS, TOWNSHIP, THIRDS_REPORT, SCHOOL, HALVES, TWO_CATEGORIES, NO_FORMULA, BANDS)
PRESETS = {preset.key: preset for preset in _ALL}

# Ready sentences for a return (S-81); own words can be added.
RETURN_REASONS = (
    "问题不具体，没有把自己摆进去",
    "以业务代替党建",
    "以“党委”代替“自己”，个人履职写得少",
    "原因剖析不深",
    "字数不符合要求",
    "上年承诺未逐条答复",
    "下一步措施不具体，没有时限",
    "与上年或其他单位的报告雷同",
)
