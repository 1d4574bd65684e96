"""Papers to look at: made-up text with everything that has gone wrong before."""

import random

from documents.rendering.paper import Paper, Part
from documents.templatetags.paper import paper_text

WORDS = (
    "坚持以党的建设为统领聚焦主责主业压实工作责任推动基层组织全面过硬村级集体经济稳步增长群众满意度持续提升"
    "存在问题主要是学习不够深入制度落实还有差距下一步将认真整改"
)
ODD = (
    "2022年12月31日，",
    "完成投资123.5万元，",
    "“三驾马车”——",
    "《实施细则（试行）》，",
    "市XX局、市XX局、***同志，",
    "及时健全党的组织，，",
    "占95.6%，",
    "……",
)


def passage(length: int, seed: int) -> str:
    """A paragraph of about so many characters."""
    chance = random.Random(seed)
    text = ""
    while len(text) < length:
        start = chance.randrange(len(WORDS) - 14)
        text += WORDS[start : start + chance.randint(4, 13)] + chance.choice("，，，、；。")
        if chance.random() < 0.12:
            text += chance.choice(ODD)
    return text[:-1] + "。"


def report_text(seed: int = 1, length: int = 3000) -> str:
    """What a secretary types: headings, run-in headings, one very long paragraph."""
    parts = ["同志们："]
    for number, heading in enumerate(["履行职责情况", "存在的主要问题及原因", "下一步打算"]):
        parts.append(f"{'一二三'[number]}、{heading}")
        parts += [f"（{'一二三'[item]}）加强组织领导。{passage(length // 9, seed * 10 + item)}" for item in range(3)]
    return "\n".join(parts)


def report_html(seed: int = 1, length: int = 3000) -> str:
    return (
        "<h1>XX镇党委书记2022年度抓基层党建工作述职报告</h1><p class='by'>XX镇党委书记　***</p>"
        + paper_text(report_text(seed, length))
        + "<div class='signature'><p>中共XX镇委员会</p><p>2022年12月31日</p></div>"
    )


def report(seed: int = 1, length: int = 3000) -> Paper:
    return Paper("述职报告", (Part("述职报告", report_html(seed, length)),))


def ledger(rows: int = 30) -> str:
    cells = "".join(f"<tr><td class='c'>{i}</td><td>{passage(50, i)}</td></tr>" for i in range(1, rows + 1))
    return (
        "<section class='landscape'><table><caption>问题清单</caption>"
        f"<thead><tr><th class='w1'>序号</th><th>问题</th></tr></thead><tbody>{cells}</tbody></table></section>"
    )


def packet(reports: int = 5, length: int = 1500) -> Paper:
    """Cover, contents, a one-page agenda, reports (every other one on a right-hand page), a ledger."""
    return Paper(
        "评议材料",
        (
            Part("会议议程", f"<h1>会议议程</h1><p>{passage(150, 7)}</p>"),
            *(
                Part(f"第{i}号述职报告", report_html(i, length), label=f"XX镇　张{i}", starts_right=i % 2 == 0)
                for i in range(1, reports + 1)
            ),
            Part("问题清单", ledger()),
        ),
        cover="<h1>2022年度述职评议会议材料汇编</h1><div class='foot'><p>中共XX县委组织部</p></div>",
        contents=True,
    )
