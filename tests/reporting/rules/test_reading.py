from reporting.rules.content import CarriedContent, ProblemContent, ReportContent, SectionContent
from reporting.rules.reading import reading

CONTENT = ReportContent(
    2026,
    "甲乡",
    "X1",
    "甲乡党委书记",
    "***",
    "oral",
    (
        SectionContent("main", "履行主体责任情况", text="抓了"),
        SectionContent("problems", "存在问题", "problems"),
        SectionContent("carried", "上次承诺", "carried"),
        SectionContent("personal_duty", "个人履职情况", text="我"),
    ),
    tuple(ProblemContent(f"问题{n}", "原因") for n in range(11)),
    (CarriedContent("旧", status="standing", explanation="坚持"), CarriedContent("旧二")),
)


def test_sections_problems_and_answers_are_numbered() -> None:
    passages = reading(CONTENT).passages
    assert [passage.number for passage in passages] == ["一", "二", "三", "四"]
    assert passages[1].problems[10].number == "（十一）"
    assert [(row.number, row.status) for row in passages[2].answers] == [(1, "长期坚持"), (2, "")]


def test_commenters_see_the_personal_part_first_under_its_own_number() -> None:
    passages = reading(CONTENT, personal_first=True).passages
    assert [passage.number for passage in passages] == ["四", "一", "二", "三"]
