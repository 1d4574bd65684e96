from reviews.rules.briefings import BriefingFacts, draft_briefing


def test_nothing_known_is_nothing_said() -> None:
    text = draft_briefing(BriefingFacts(2026))
    assert (text.strengths, text.problems, text.questions) == ("", "", "")


def test_sources_stand_behind_every_entry_and_the_weightiest_come_first() -> None:
    text = draft_briefing(
        BriefingFacts(
            2026,
            carried=[("活动阵地不足", "未完成", "资金未到位"), ("发展党员把关不严", "已完成", "")],
            overdue=["***村账目不清"],
            closed=3,
            total=5,
            inspections=[("9月3日", "专项检查", "会议记录不全")],
            projects=[("红色驿站", "已结项", "建成12个")],
            own=["学习不够"],
            rank="后进",
            is_weak=True,
        )
    )
    assert text.strengths.splitlines() == [
        "领办项目“红色驿站”已结项：建成12个（来源：书记领办项目）",
        "上年度事项“发展党员把关不严”已完成。（来源：述职报告答复）",
    ]
    assert text.problems.splitlines() == [
        "2026年度被列为后进。（来源：年度分类）",
        "整改事项逾期：***村账目不清（来源：整改清单）",
        "上年度事项“活动阵地不足”未完成。资金未到位（来源：述职报告答复）",
        "9月3日专项检查发现：会议记录不全（来源：督查记录）",
        "本人查摆：学习不够（来源：述职报告）",
    ]
    assert len(text.questions.splitlines()) == 2


def test_no_more_than_can_be_said() -> None:
    text = draft_briefing(BriefingFacts(2026, own=[f"问题{n}" for n in range(9)]))
    assert len(text.problems.splitlines()) == 5
    assert len(text.questions.splitlines()) == 2
