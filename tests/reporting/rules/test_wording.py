import pytest

from reporting.rules.wording import Repeated, count_voices, find_placeholders, find_repeated, measure_business


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", False),
        ("我带头讲党课3次。", False),
        ("党委研究了12次，班子分工负责。", True),
        ("党委研究了12次，我本人牵头3项。", False),
        ("党委书记带头调研。", False),  # the author's own post
        ("我们镇、我市、我县都重视。", True),  # none of these is oneself
    ],
)
def test_speaking_of_the_committee_instead_of_oneself(text: str, expected: bool) -> None:
    assert count_voices(text).is_committee_only is expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("（此处待补）", ["此处待补"]),
        ("投入资金（待补充）。数据待完善", ["待补充", "待完善"]),
        ("此处补充典型事例。", ["此处补充典型事例"]),
        ("待补充数据：", ["待补充"]),
        ("走访XX户，投入***万元，开会X次。", []),  # masked, not forgotten
        ("机制有待完善，力量亟待补充，尚待核实。", []),
        ("等待补贴、招待填表、对待核实工作认真。", []),
        ("", []),
    ],
)
def test_what_is_still_to_be_written_is_found(text: str, found: list[str]) -> None:
    assert find_placeholders(text) == found


def test_business_is_measured_by_sentences() -> None:
    talk = measure_business("招商引资***亿元；党支部把阵地建在项目上，3个项目竣工。\n产值增长XX%。群众满意。")
    assert (talk.sentences, talk.only, talk.words) == (4, 2, ("招商", "引资", "产值"))
    assert not talk.is_too_much  # half is not more than half


def test_few_sentences_are_not_judged() -> None:
    assert not measure_business("招商引资。产值增长。税收增长。").is_too_much
    assert measure_business("招商引资。产值增长。税收增长。利润增长。").is_too_much


def test_short_paragraphs_may_be_said_twice() -> None:
    long = "一" * 30
    assert list(find_repeated(["短", "短", long, f" {long[:10]} {long[10:]}\n短"])) == [Repeated(long, (2, 3))]
