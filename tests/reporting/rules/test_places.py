from reporting.rules.content import CarriedContent, ProblemContent, ReportContent, SectionContent
from reporting.rules.places import places


def test_all_that_the_author_wrote_in_the_order_of_the_page() -> None:
    content = ReportContent(
        2026, "甲乡", "X1", "甲乡党委书记", "***", "oral",
        (
            SectionContent("carried", "上次承诺", "carried"),
            SectionContent("duty", "个人履职", text="我"),
            SectionContent("problems", "问题", "problems"),
        ),
        (ProblemContent("不细", "不严"),),
        (CarriedContent("旧问题", explanation="已改"),),
    )  # fmt: skip
    assert [(place.key, place.anchor, place.name, place.text) for place in places(content)] == [
        ("carried-1", "carried-1", "上年度事项第1项", "已改"),
        ("section-duty", "id_section_duty", "“个人履职”", "我"),
        ("problem-1", "id_problems-0-text", "第1个问题", "不细"),
        ("cause-1", "id_problems-0-cause", "第1个问题的原因", "不严"),
    ]
