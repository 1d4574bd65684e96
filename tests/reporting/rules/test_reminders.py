import datetime as dt

import pytest

from common.deadlines import Deadline
from reporting.rules.reminders import (
    REMINDER_FLOW,
    ROBOT_BYTES,
    OwedKind,
    ReminderState,
    coming_reminder_days,
    is_reminder_day,
    reminder_text,
    robot_payload,
    robot_text,
)

DUE = dt.date(2026, 12, 15)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(2026, 12, 7), False),
        (dt.date(2026, 12, 8), True),
        (dt.date(2026, 12, 12), True),
        (dt.date(2026, 12, 14), True),
        (dt.date(2026, 12, 15), False),
        (dt.date(2026, 12, 16), True),
        (dt.date(2026, 12, 17), False),
    ],
)
def test_seven_three_and_one_day_before_and_the_day_after(day: dt.date, expected: bool) -> None:
    assert is_reminder_day(DUE, day, days_before=[7, 3, 1], overdue=True) is expected


def test_words_alone_remind_nobody_and_the_day_after_can_be_left_out() -> None:
    assert not is_reminder_day(None, DUE, days_before=[0], overdue=True)
    assert not is_reminder_day(DUE, dt.date(2026, 12, 16), days_before=[7], overdue=False)


def test_the_days_still_to_come() -> None:
    days = coming_reminder_days(DUE, dt.date(2026, 12, 12), days_before=[7, 3, 1], overdue=True)
    assert days == [dt.date(2026, 12, 12), dt.date(2026, 12, 14), dt.date(2026, 12, 16)]
    assert coming_reminder_days(None, DUE, days_before=[1], overdue=True) == []


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("wecom", {"msgtype": "text", "text": {"content": "请报送"}}),
        ("government_wecom", {"msgtype": "text", "text": {"content": "请报送"}, "safe": 0}),
        ("dingtalk", {"msgtype": "text", "text": {"content": "请报送"}, "at": {"isAtAll": False}}),
    ],
)
def test_what_each_robot_takes(kind: str, payload: dict) -> None:
    assert robot_payload(kind, "请报送") == payload


def test_the_words_name_what_by_when() -> None:
    text = reminder_text(OwedKind.REPORT, 2026, "XX乡党委", Deadline("X月底前"))
    assert text == "【催报】XX乡党委2026年度述职报告还没有报送，时限：X月底前，请尽快办理。"
    group = robot_text(OwedKind.REPORT, "某县委2026年度述职评议考核", ["甲乡党委", "***党委"], Deadline("", DUE))
    assert group == (
        "【催报】某县委2026年度述职评议考核：以下2个单位述职报告还没有报送（时限：2026年12月15日）："
        "甲乡党委、***党委。请登录系统办理。"
    )


def test_what_has_deadlines_of_its_own_is_named() -> None:
    text = reminder_text(OwedKind.TASK, 2026, "XX乡党委", Deadline(), "第3项逾期未完成，第5项X月底前到期")
    assert text == "【催报】XX乡党委2026年度重点任务还没有办完：第3项逾期未完成，第5项X月底前到期。请尽快办理。"
    group = robot_text(OwedKind.LETTER, "某县委2026年度述职评议考核", ["甲乡党委"], Deadline())
    assert group == "【催报】某县委2026年度述职评议考核：以下1个单位目标责任书还没有签订：甲乡党委。请登录系统办理。"


def test_a_long_list_is_cut_to_what_a_robot_takes_but_the_number_is_whole() -> None:
    text = robot_text(OwedKind.REPORT, "某县委", [f"第{n}乡党委" for n in range(300)], Deadline())
    assert len(text.encode()) <= ROBOT_BYTES
    assert "以下300个单位" in text
    assert text.endswith("等。请登录系统办理。")


@pytest.mark.parametrize("state", ReminderState)
@pytest.mark.parametrize("verb", REMINDER_FLOW.verbs)
def test_every_state_and_verb(state: str, verb: str) -> None:
    allowed = {
        ("queued", "send"): "sending",
        ("sending", "finish"): "sent",
        ("sending", "postpone"): "queued",
        ("sending", "fail"): "failed",
        ("failed", "retry"): "queued",
    }
    target = allowed.get((state, verb))
    assert REMINDER_FLOW.allows(state, verb) is (target is not None)
    if target:
        assert REMINDER_FLOW.check(state, verb) == target
