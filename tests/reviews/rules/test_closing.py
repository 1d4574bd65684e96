from reviews.rules.closing import ClosingFacts, ClosingRefusedError, closing_refusals, closing_warnings


def test_oral_reporters_without_comment_are_named_in_order():
    facts = ClosingFacts(without_comment=["甲乡张某", "乙镇***", "乙镇***"])

    assert closing_refusals(facts) == ["会议还不能结束：3名大会述职人还没有定稿的点评：甲乡张某、乙镇***、乙镇***。"]


def test_nothing_missing_says_nothing():
    assert closing_refusals(ClosingFacts()) == []
    assert closing_warnings(ClosingFacts(sheets_expected=34, sheets_in=34)) == []


def test_everything_else_only_warns():
    facts = ClosingFacts(
        draft_comments=["甲"],
        unheard=["乙"],
        unaccepted_reports=["丙", "丁"],
        sheets_expected=34,
        sheets_in=30,
        uncounted_rounds=["代表测评", "第二轮"],
    )

    assert closing_refusals(facts) == []
    assert closing_warnings(facts) == [
        "还没有标记为述职完毕：乙。",
        "点评还是草稿，其中的问题不列入清单：甲。",
        "述职报告还没有采用，不能定稿：丙、丁。",
        "应评34份评分表，已交30份，还差4份；会议结束后不能再评。",
        "无记名测评“代表测评”、“第二轮”还没有计票；会议结束以后仍可以封箱、计票。",
    ]


def test_refusal_is_one_sentence_after_another():
    assert str(ClosingRefusedError(["一。", "二。"])) == "一。二。"
