from reviews.rules.minutes import (
    CommentFacts,
    MinutesFacts,
    QuestionFacts,
    SpeechFacts,
    TurnFacts,
    compose_minutes,
    without_comment,
)

COMMENT = CommentFacts("县委常委钱某", "思路清。", ("载体不多", "经费不足"), "年底前整改到位。")
TURNS = (
    TurnFacts("甲乡党委书记张某", ("述职8分25秒，超时25秒", "点评3分钟"), (COMMENT,)),
    TurnFacts(
        "丙乡党委书记***",
        questions=(
            QuestionFacts("县委书记***", "经费？", "已列入预算。"),
            QuestionFacts("县委书记***", "人员？", is_later=True),
            QuestionFacts("县委书记***", "场所？", "年底建成。", is_later=True),
        ),
    ),
)


def test_the_record_in_the_order_of_the_meeting() -> None:
    """S-103."""
    facts = MinutesFacts(
        title="述职评议会",
        time="X月X日",
        place="县会议中心",
        host="县委书记***",
        guests=("市委组织部副部长高某",),
        participants="县委常委、共***多人",
        items=("第一项，进行述职点评（计划09:00开始，实际09:02至11:30）。",),
        turns=TURNS,
        written=("乙镇党委书记王某",),
        counts=("县级领导评分表应收5份，实收4份。",),
        speeches=(
            SpeechFacts("市委组织部副部长高某", True, "有成绩。", ("责任落得不够实",), "抓整改。"),
            SpeechFacts("县委书记***", points=("抓责任", "抓整改")),
        ),
        deadline="会后30日内",
        committee="某县委",
    )
    assert compose_minutes(facts).splitlines() == [
        "X月X日，在县会议中心召开述职评议会。会议由县委书记***主持。市委组织部副部长高某到会指导。县委常委、共***多人参加会议。",
        "一、会议议程",
        "会议共有1项议程。",
        "第一项，进行述职点评（计划09:00开始，实际09:02至11:30）。",
        "二、述职和点评",
        "2名同志进行了大会述职。",
        "（一）甲乡党委书记张某述职（述职8分25秒，超时25秒，点评3分钟）。",
        "县委常委钱某点评：",
        "肯定成绩：思路清。",
        "指出问题1：载体不多",
        "指出问题2：经费不足",
        "提出要求：年底前整改到位。",
        "（二）丙乡党委书记***述职。",
        "县委书记***提问：经费？　答：已列入预算。",
        "县委书记***提问：人员？（会后答复）",
        "县委书记***提问：场所？　会后答复：年底建成。",
        "三、书面述职",
        "1名同志作了书面述职：乙镇党委书记王某。",
        "四、评议和评分",
        "县级领导评分表应收5份，实收4份。",
        "五、领导讲话",
        "（一）市委组织部副部长高某作点评讲话。",
        "肯定成绩：有成绩。",
        "指出问题：责任落得不够实",
        "提出建议：抓整改。",
        "（二）县委书记***讲话。",
        "强调2个方面：一是抓责任；二是抓整改。",
        "六、会后要求",
        (
            "各述职单位要对述职评议中查找出的问题和点评指出的问题认真梳理，列出清单，"
            "逐项研究整改措施，明确责任人和完成时限，会后30日内报审，并向某县委作出承诺。"
        ),
    ]
    assert without_comment(facts.turns) == ["丙乡党委书记***"]


def test_a_meeting_without_reports_has_no_empty_headings() -> None:
    facts = MinutesFacts("推进会", items=("第一项，交流发言。",))
    assert compose_minutes(facts) == "召开推进会。\n一、会议议程\n会议共有1项议程。\n第一项，交流发言。"
