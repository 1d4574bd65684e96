import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.rules.meetings import AgendaItemKind as K
from reviews.rules.script import (
    BLANK,
    ItemFacts,
    ScriptFacts,
    SlotFacts,
    compose_script,
    count_warnings,
    dropped_lines,
    lost_edits,
)

SUMMARY = (
    "同志们，今天3名党委书记进行了述职，1名党委书记作了书面述职，"
    "点评既肯定了一年来基层党建工作取得的成效，又指出了存在的问题和不足，"
    "提出了下一步工作的要求。大家要把点评听进去、把问题领回去。"
)
CLOSING = (
    "会后，各单位要对述职评议中查找出的问题和点评提出的意见认真梳理，列出清单，"
    "逐项研究整改措施，明确责任人和完成时限，在会后30日内报清溪县委审定，"
    "并向清溪县委作出承诺。清单要逐条对账销号，督查部门跟踪问效，年底将严格考核、兑现奖惩。"
)
FACTS = ScriptFacts(
    committee="清溪县委",
    title="2026年度全县党委书记抓基层党建工作述职评议大会",
    basis="按照中央和省、市委的统一安排",
    purpose="主要是听取党委书记述职",
    guests=("市委组织部副部长***", "市委组织部XX"),
    categories=("县委各常委", "群众代表"),
    total="共***多人",
    items=(
        ItemFacts(K.REPORTS, "进行述职点评"),
        ItemFacts(K.SUPERIOR_SPEECH, "上级领导讲话", "***"),
        ItemFacts(K.SECRETARY_SPEECH, "书记讲话", "周某", True),
    ),
    slots=(
        SlotFacts("甲乡党委书记***", by_host=True),
        SlotFacts("乙镇党委书记***", by_host=False, commenters=("李某", "王某")),
        SlotFacts("丙镇党委书记XX", by_host=True, commenters=("李某",)),
    ),
    reported=3,
    oral_phrase="党委书记",
    written=("丁乡党委书记赵某",),
    written_phrase="党委书记",
    list_deadline="会后30日内",
)


def test_a_whole_sentence_without_a_subject_gets_one() -> None:
    text = compose_script(dataclasses.replace(FACTS, purpose="主要是听取述职，开展评议。"))
    assert "\n会议主要是听取述职，开展评议。\n" in text


def test_the_whole_script_in_the_order_of_the_speech() -> None:
    assert compose_script(FACTS).splitlines() == [
        "同志们：",
        "按照中央和省、市委的统一安排，今天我们召开2026年度全县党委书记抓基层党建工作述职评议大会。",
        "会议主要是听取党委书记述职。",
        "出席指导今天会议的有：市委组织部副部长***同志、市委组织部XX同志。（大家欢迎）",
        "参加会议的有：县委各常委，群众代表，共***多人。",
        "今天的会议共有3项议程，下面逐项进行。",
        "第一项，进行述职点评。",
        "首先，请甲乡党委书记***同志述职，由我进行点评。",
        BLANK,
        "请乙镇党委书记***同志述职，由李某同志、王某同志进行点评。",
        BLANK,
        "请丙镇党委书记XX同志述职，由我和李某同志进行点评。",
        BLANK,
        "由于时间关系，其他1名党委书记印发了书面述职材料，请大家认真阅读评议。他们是：丁乡党委书记赵某同志。",
        "第二项，请***同志讲话。（大家欢迎）",
        BLANK,
        "第三项，书记讲话。下面，由我讲几点意见。",
        BLANK,
        SUMMARY,
        CLOSING,
        "今天的会议就到这里，现在散会。",
    ]


def test_sentences_without_facts_disappear() -> None:
    text = compose_script(dataclasses.replace(FACTS, guests=(), written=()))
    assert "出席指导" not in text
    assert "书面述职" not in text


def test_written_reports_go_to_their_own_item_where_there_is_one() -> None:
    items = (*FACTS.items[:1], ItemFacts(K.WRITTEN_REVIEW, "书面述职评议"))
    lines = compose_script(dataclasses.replace(FACTS, items=items)).splitlines()
    at = lines.index("第二项，书面述职评议。")
    assert lines[at + 1].startswith("由于时间关系，其他1名")
    assert sum("由于时间关系" in line for line in lines) == 1


def test_whole_paragraphs_stand_as_typed() -> None:
    text = compose_script(dataclasses.replace(FACTS, basis="依据一。", purpose="任务二。"))
    assert text.splitlines()[1:3] == ["依据一。", "任务二。"]


@given(st.lists(st.sampled_from(list(K)), max_size=8))
def test_the_announced_total_is_the_number_of_numbered_items(kinds: list[str]) -> None:
    kinds = [k for i, k in enumerate(kinds) if k not in kinds[:i]]
    items = tuple(ItemFacts(kind, "议程") for kind in kinds)
    lines = compose_script(dataclasses.replace(FACTS, items=items)).splitlines()
    assert sum(line.startswith("第") for line in lines) == len(kinds)
    assert (f"今天的会议共有{len(kinds)}项议程，下面逐项进行。" in lines) == bool(kinds)


def test_lost_edits_are_what_somebody_wrote() -> None:
    assert lost_edits("甲\n乙\n丙", "甲\n改乙\n丙\n丁") == ["改乙", "丁"]
    assert dropped_lines("甲\n乙\n丙", "甲\n改乙\n丙\n丁") == ["乙"]
    assert lost_edits("甲", "甲") == []


def test_typed_counts_that_disagree_are_told() -> None:
    facts = ScriptFacts(
        committee="某县委",
        items=(ItemFacts("reports", "述职点评"), ItemFacts("other", "其他")),
        reported=3,
        written=("甲", "乙"),
    )
    right = "今天的会议共有2项议程。今天3名党委书记进行了述职，2名党委书记作了书面述职。"
    assert count_warnings(right, facts) == []
    wrong = "今天的会议共有四项议程。今天5名党委书记进行了述职，其他两名党委书记印发了书面述职材料。"
    assert count_warnings(wrong, facts) == [
        "文字中写的是“共有四项议程”，现在实际是2项议程。",
        "文字中写的是“5名党委书记进行了述职”，现在实际是3名大会述职人。",
    ]
    assert count_warnings("***名书记进行了述职，130多名党员参加", facts) == []


def test_comments_come_after_all_reports_where_the_meeting_is_held_so() -> None:
    slots = (SlotFacts("甲乡党委书记张某", by_host=True), SlotFacts("乙乡党委书记李某", False, ("王某",)))
    facts = ScriptFacts(
        committee="某县委", items=(ItemFacts("reports", "述职点评"),), slots=slots, reported=2, is_together=True
    )
    text = compose_script(facts)
    words = [
        "首先，请甲乡党委书记张某同志述职。",
        "请乙乡党委书记李某同志述职。",
        "的述职已经完毕，下面逐一进行点评。",
        "首先，由我对甲乡党委书记张某同志的述职进行点评。",
        "由王某同志对乙乡党委书记李某同志的述职进行点评。",
    ]
    places = [text.find(word) for word in words]
    assert -1 not in places
    assert places == sorted(places)


def test_a_decision_is_read_out_and_awards_are_given() -> None:
    items = (
        ItemFacts("decision", "宣读表彰决定", "王某", document="《关于表彰的决定》"),
        ItemFacts("award", "颁奖", recipients="甲村、乙村"),
        ItemFacts("exchange", "交流发言", recipients="张某、李某"),
    )
    text = compose_script(ScriptFacts(committee="某县委", items=items))
    assert "第一项，请王某同志宣读《关于表彰的决定》。（大家欢迎）" in text
    assert "第二项，颁奖。请甲村、乙村上台领奖，请有关领导颁奖。（鼓掌）" in text
    assert "第三项，交流发言。依次请张某、李某发言。（大家欢迎）" in text


@pytest.mark.parametrize(
    ("basis", "opening"),
    [
        ("", ["依据《责任制实施办法》《**市意见》，今天我们召开述职会。"]),
        ("按照统一安排", ["按照统一安排，依据《责任制实施办法》《**市意见》，今天我们召开述职会。"]),
        ("整段。", ["整段。", "会议依据《责任制实施办法》《**市意见》召开。"]),
    ],
)
def test_basis_documents_are_cited_in_the_opening(basis: str, opening: list[str]) -> None:
    facts = ScriptFacts(committee="县委", title="述职会", basis=basis, cited=("《责任制实施办法》", "《**市意见》"))
    assert compose_script(facts).splitlines()[1 : 1 + len(opening)] == opening
