"""What the lists of a new scheme start from; every one of them is then the scheme's own (S-43, S-49, S-71)."""

from __future__ import annotations

from typing import Any

from reporting.rules.duty_entries import DutyKind

# By part of the scheme: the rows in order.
DEFAULT_LISTS: dict[str, tuple[dict[str, Any], ...]] = {
    "figures": (
        {"name": "到基层调研", "unit": "次", "source": DutyKind.RESEARCH},
        {"name": "主持会议研究基层党建", "unit": "次", "source": DutyKind.DISCUSSION},
        {"name": "专题分析基层党建", "unit": "次", "source": DutyKind.ANALYSIS},
        {"name": "亲自部署重点任务", "unit": "项", "source": DutyKind.DEPLOYMENT},
        {"name": "亲自督办", "unit": "件", "source": DutyKind.SUPERVISION},
        {"name": "讲党课", "unit": "次", "source": DutyKind.LECTURE},
        {"name": "解决重点难点问题", "unit": "件", "source": DutyKind.SOLVED},
        {"name": "投入基层党建经费", "unit": "万元", "source": ""},
    ),
    "tasks": (
        {"name": "培树一个党建工作典型", "guidance": "写明是哪个支部或哪个人，好在哪里。"},
        {"name": "包抓一个软弱涣散党组织", "guidance": "写明包的是谁、去了几次、转化了没有。"},
        {"name": "抓好一个创新项目", "guidance": "一般就是书记领办项目。"},
        {"name": "完成一个重点调研课题", "guidance": "写明题目和调研成果怎么用。"},
        {"name": "作一次专题辅导讲座", "guidance": "写明时间、听众、题目。"},
    ),
    "questions": (
        {"text": "看看自己的职责：抓基层党建的第一责任，有没有哪一项只挂了名、没有动手？"},
        {"text": "看看自己的报告：写的是自己做的事，还是单位做的事？有没有拿业务工作充党建？"},
        {"text": "看看自己的问题：列出的问题是不是具体到人和事，原因有没有归到自己身上？"},
        {"text": "看看自己的承诺：去年答应的事，哪些没有办成，报告里如实写了没有？"},
        {
            "text": "对照《关于新形势下党内政治生活的若干准则》：民主集中制、批评和自我批评、组织生活，自己带头做到了没有？"
        },
        {"text": "对照《中国共产党党内监督条例》：主体责任和监督责任有没有缺位，班子成员的提醒谈话谈了没有？"},
    ),
}


def section_speaks_by_domain(level: str, kind: str) -> bool:
    """Whether the organization leads several domains: a county, or a street with its working committee (S-72)."""
    return level == "county" or kind == "working_committee"
