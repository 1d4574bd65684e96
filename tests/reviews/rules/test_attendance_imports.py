from typing import Any

from common.workbooks import Row, Sheet
from reviews.rules.attendance import Member
from reviews.rules.attendance_imports import Known, KnownGroup, plan_list, read_list, unnamed_count

HEAD = ("类别*", "姓 名", "单位", "职务", "会场", "座次", "人数")


def sheet(*rows: tuple[Any, ...]) -> Sheet:
    numbered = [Row(number, values) for number, values in enumerate([HEAD, *rows], start=1)]
    return Sheet("名单", tuple(numbered))


def test_rows_are_read_and_examples_left_out() -> None:
    read = read_list([sheet(("示例：常委", "张某", "", "", "", "", ""), ("县委常委", "***", None, None, "", 12.0, ""))])
    assert [(row.number, row.values["name"], row.values["seat"]) for row in read.rows] == [(3, "***", "12")]
    assert read.faults == ()


def test_faults_are_told_in_words() -> None:
    read = read_list(
        [
            sheet(
                ("", "张某", "", "", "", "", ""),
                ("县委常委", "", "县委", "", "", "", ""),
                ("县委常委", "字" * 61, "", "", "", "", ""),
                ("县委常委", "李某", "柳河镇", "书记", "", "", ""),
                ("县委常委", "李某", "柳河镇", "书记", "", "", ""),
            )
        ]
    )
    assert [row.faults for row in read.rows] == [
        ("“类别”没有填写。",),
        ("“姓名”没有填写；只统计人数的，请填“人数”。",),
        ("“姓名”不能超过60字，现在有61字。",),
        (),
        ("与第5行重复。",),
    ]


def test_masked_names_may_repeat_and_no_heading_is_named() -> None:
    read = read_list([sheet(("群众代表", "***", "", "", "", "", ""), ("群众代表", "***", "", "", "", "", ""))])
    assert [row.faults for row in read.rows] == [(), ()]
    assert read_list([Sheet("别的", (Row(1, ("甲", "乙")),))]).faults != ()


def test_what_a_row_would_do() -> None:
    read = read_list(
        [
            sheet(
                ("县委常委", "张某", "县委", "常委", "柳河分会场", "", ""),
                ("县委常委", "李某", "县委", "常委", "没有的", "", ""),
                ("企业代表", "王某", "", "", "主会场", "", ""),
                ("群众代表", "", "", "", "", "", "20多人"),
            )
        ]
    )
    groups = {
        "县委常委": KnownGroup("", (Known(7, Member("张某", "县委", "常委")), Known(8, Member("赵某")))),
        "群众代表": KnownGroup("20多人"),
    }
    steps = plan_list(read.rows, groups, {"柳河分会场"})
    assert [(step.outcome, step.key) for step in steps] == [
        ("change", 7),
        ("wrong", None),
        ("new", None),
        ("same", None),
    ]
    assert steps[0].details == ("会场由“主会场”改为“柳河分会场”",)
    assert steps[2].details == ("新增类别“企业代表”",)
    assert unnamed_count(steps, groups) == 1
