import dataclasses
import datetime as dt
from decimal import Decimal

import pytest

from reviews.rules.accountability_rules import NEEDS_THRESHOLD, Facts, Situation, unurged_days, why

NOTHING = Facts()
EVERYTHING = Facts("poor", "failed", Decimal("59.5"), 3, 40, 2, is_unfunded=True, grade_label="差")


@pytest.mark.parametrize("situation", list(Situation))
def test_no_rule_is_met_by_nothing(situation: Situation) -> None:
    assert why(situation, Decimal(1) if situation in NEEDS_THRESHOLD else None, NOTHING) == ""


@pytest.mark.parametrize(
    ("situation", "threshold", "expected"),
    [
        (Situation.POOR, None, "审定等次为“差”。"),
        (Situation.GOOD, None, ""),
        (Situation.FAILED, None, "责任制考核结果为不合格。"),
        (Situation.DISSATISFIED, "60", "满意度59.5%，低于60%。"),
        (Situation.DISSATISFIED, "59.5", ""),
        (Situation.OVERDUE_ITEMS, "3", "逾期未整改3项。"),
        (Situation.OVERDUE_ITEMS, "4", ""),
        (Situation.OVERDUE_DAYS, "39", "最长逾期40天。"),
        (Situation.OVERDUE_DAYS, "40", ""),
        (Situation.SENT_BACK, "2", "销号审核退回2次。"),
        (Situation.UNFUNDED, None, "经费指标标为没有落实。"),
        (Situation.OTHER, None, ""),
    ],
)
def test_a_rule_is_met_by_its_facts(situation: str, threshold: str | None, expected: str) -> None:
    assert why(situation, None if threshold is None else Decimal(threshold), EVERYTHING) == expected


@pytest.mark.parametrize(
    ("grade", "label", "situation"), [("good", "优秀", Situation.GOOD), ("fair", "一般", Situation.FAIR)]
)
def test_a_grade_meets_its_own_rule_and_is_called_as_the_scheme_calls_it(
    grade: str, label: str, situation: Situation
) -> None:
    facts = dataclasses.replace(NOTHING, grade=grade, grade_label=label)
    assert why(situation, None, facts) == f"审定等次为“{label}”。"


def test_urging_after_the_deadline_starts_the_count_anew() -> None:
    due, today = dt.date(2026, 6, 1), dt.date(2026, 7, 1)
    assert unurged_days(due, [], today) == 30
    assert unurged_days(due, [dt.date(2026, 5, 20)], today) == 30
    assert unurged_days(due, [dt.date(2026, 6, 21), dt.date(2026, 6, 11)], today) == 10
    assert unurged_days(today, [], due) == 0
