"""Indicators that a preset of a scheme brings along (S-217)."""

from __future__ import annotations

import dataclasses

from reporting.rules.indicators import Operator


@dataclasses.dataclass(frozen=True)
class IndicatorPreset:
    """A figure with its standard, masked where the published texts mask it; `domain` is a domain's code."""

    name: str
    unit: str
    operator: str
    threshold: str = ""
    domain: str = ""
    definition: str = ""
    period: str = "全年"
    base: str = ""


# S-218 to S-223: what published texts ask of villages and communities. Numbers that they mask stay masked: each place
# writes its own over them.
VILLAGE_INDICATORS = (
    IndicatorPreset(
        "村干部基本报酬和村级办公经费合计",
        "万元",
        Operator.AT_LEAST,
        "XX",
        "rural",
        "本年度拨付到村的村干部基本报酬与村级办公经费之和。",
    ),
    IndicatorPreset(
        "村干部基本报酬（人均）",
        "万元/人",
        Operator.AT_LEAST,
        "X",
        "rural",
        "本年度发放的村干部基本报酬除以在职村干部人数。",
    ),
    IndicatorPreset("村级办公经费", "万元", Operator.AT_LEAST, "X", "rural", "本年度拨付到村的办公经费。"),
    IndicatorPreset("村级组织运转经费", "万元", Operator.LAST_YEAR, "", "rural", "本年度用于村级组织运转的全部经费。"),
    IndicatorPreset(
        "村党组织书记报酬",
        "元",
        Operator.TIMES,
        "**",
        "rural",
        "基数是上年农村居民人均可支配收入，按本县区公布的数填写。",
        base="XX元",
    ),
    IndicatorPreset(
        "社区“两委”副职报酬",
        "元",
        Operator.TIMES,
        "1",
        "community",
        "基数是上年度本县区社会平均工资，按本县区公布的数填写。",
        base="XX元",
    ),
    IndicatorPreset(
        "村级组织活动场所面积", "平方米", Operator.AT_LEAST, "200", "rural", "建筑面积，不含室外广场。", "年底"
    ),
    IndicatorPreset(
        "社区工作用房面积", "平方米", Operator.AT_LEAST, "400", "community", "建筑面积，不含室外广场。", "年底"
    ),
    IndicatorPreset(
        "每千名居民社区专职工作者",
        "人/千人",
        Operator.AT_LEAST,
        "X",
        "community",
        "社区专职工作者人数除以常住居民千人数。",
        "年底",
    ),
    IndicatorPreset(
        "服务群众专项经费", "万元", Operator.AT_LEAST, "XX", "", "本年度拨付到村（社区）的服务群众专项经费。"
    ),
    IndicatorPreset(
        "党员教育培训专项经费（人均）",
        "元/人",
        Operator.AT_LEAST,
        "XX",
        "",
        "本年度党员教育培训专项经费除以年底党员人数。",
    ),
)
