import copy

from reviews.rules.agenda_versions import agenda_changes, touched_reporters

OLD = {
    "facts": {"会议名称": "述职评议会", "地点": "三楼会议室"},
    "items": [
        {"title": "述职点评", "speaker": "", "document": "", "recipients": ""},
        {"title": "领导讲话", "speaker": "高某", "document": "", "recipients": ""},
    ],
    "slots": [
        {"key": 1, "who": "甲乡党委书记张某", "commenters": "周某", "time": "09:00"},
        {"key": 2, "who": "乙镇党委书记李某", "commenters": "周某", "time": "09:11"},
        {"key": 3, "who": "丙局党组书记***", "commenters": "周某", "time": "09:22"},
    ],
    "written": [{"key": 4, "who": "丁村党支部书记XX"}],
}


def changed(**parts: object) -> dict[str, object]:
    return copy.deepcopy(OLD) | parts


def test_nothing_differs() -> None:
    assert agenda_changes(OLD, copy.deepcopy(OLD)) == []
    assert touched_reporters(OLD, copy.deepcopy(OLD)) == set()


def test_facts_and_items() -> None:
    new = changed(facts={"会议名称": "述职评议会", "地点": ""})
    assert agenda_changes(OLD, new) == ["地点由“三楼会议室”改为“未定”。"]
    assert touched_reporters(OLD, new) is None
    items = [OLD["items"][1] | {"speaker": ""}, OLD["items"][0], {**OLD["items"][0], "title": "颁奖"}]
    assert agenda_changes(OLD, changed(items=items)) == [
        "增加议程“颁奖”。",
        "“领导讲话”的主讲人由“高某”改为“未定”。",
        "议程顺序调整为：领导讲话、述职点评、颁奖。",
    ]


def test_order_mode_and_commenters_of_reporters() -> None:
    first, second, third = OLD["slots"]
    new = changed(
        slots=[second, first | {"commenters": "吴某"}], written=[*OLD["written"], {"key": 3, "who": third["who"]}]
    )
    assert agenda_changes(OLD, new) == [
        "丙局党组书记***改为书面述职。",
        "乙镇党委书记李某由第2位改为第1位。",
        "甲乡党委书记张某由第1位改为第2位。",
        "甲乡党委书记张某的点评人由“周某”改为“吴某”。",
    ]
    assert touched_reporters(OLD, new) == {1, 2, 3}


def test_items_of_one_title_are_told_apart() -> None:
    exchange = {"title": "交流发言", "speaker": "赵某", "document": "", "recipients": ""}
    old = changed(items=[*OLD["items"], exchange, exchange | {"speaker": "钱某"}])
    more = changed(items=[*old["items"], exchange | {"speaker": "孙某"}])
    assert agenda_changes(old, more) == ["增加议程“交流发言”。"]
    other = changed(items=[*OLD["items"], exchange | {"speaker": "孙某"}, exchange | {"speaker": "钱某"}])
    assert agenda_changes(old, other) == ["“交流发言”的主讲人由“赵某”改为“孙某”。"]


def test_only_times_differ() -> None:
    slots = [row | {"time": "10:00"} for row in OLD["slots"]]
    assert agenda_changes(OLD, changed(slots=slots)) == ["述职时间相应调整。"]
