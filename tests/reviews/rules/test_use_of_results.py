import datetime as dt

import pytest

from reviews.rules.use_of_results import (
    AppraisalGrade,
    Measure,
    Outcome,
    RewardKind,
    appraisal_fault,
    bar_is_in_force,
    record_faults,
    reward_fault,
)

DAY = dt.date(2026, 6, 1)


@pytest.mark.parametrize(
    ("grade", "decided", "outcome", "allowed"),
    [
        (AppraisalGrade.EXCELLENT, "good", "", True),
        (AppraisalGrade.EXCELLENT, "good", Outcome.PASSED, True),
        (AppraisalGrade.EXCELLENT, "good", Outcome.FAILED, False),
        (AppraisalGrade.EXCELLENT, "fairly_good", "", False),
        (AppraisalGrade.EXCELLENT, "fair", "", False),
        (AppraisalGrade.EXCELLENT, "poor", "", False),
        (AppraisalGrade.EXCELLENT, "", "", False),
        # 好 is necessary, not sufficient.
        (AppraisalGrade.COMPETENT, "good", "", True),
        (AppraisalGrade.COMPETENT, "poor", Outcome.FAILED, True),
        (AppraisalGrade.UNGRADED, "", "", True),
    ],
)
def test_excellent_needs_the_best_grade_and_no_veto(grade: str, decided: str, outcome: str, allowed: bool) -> None:
    assert (appraisal_fault(grade, decided=decided, good_label="好", outcome=outcome) == "") is allowed


def test_the_refusal_names_the_grade_as_this_year_calls_it() -> None:
    fault = appraisal_fault(AppraisalGrade.EXCELLENT, decided="fair", good_label="先进", outcome="")
    assert fault == "述职评议考核的综合评价等次不是“先进”，年度考核不能确定为优秀。"


@pytest.mark.parametrize(
    ("kind", "outcome", "allowed"),
    [
        (RewardKind.REWARD, Outcome.FAILED, False),
        (RewardKind.REWARD, Outcome.PASSED, True),
        (RewardKind.REWARD, "", True),
        (RewardKind.PENALTY, Outcome.FAILED, True),
    ],
)
def test_a_veto_blocks_rewards_only(kind: str, outcome: str, allowed: bool) -> None:
    assert (reward_fault(kind, outcome=outcome) == "") is allowed


@pytest.mark.parametrize(
    ("until", "lifted_on", "at", "expected"),
    [
        (None, None, DAY - dt.timedelta(1), False),
        (None, None, DAY, True),
        (None, None, dt.date(2036, 1, 1), True),
        (dt.date(2027, 5, 31), None, dt.date(2027, 5, 31), True),
        (dt.date(2027, 5, 31), None, dt.date(2027, 6, 1), False),
        (None, dt.date(2026, 7, 1), dt.date(2026, 6, 30), True),
        (None, dt.date(2026, 7, 1), dt.date(2026, 7, 1), False),
    ],
)
def test_a_bar_holds_from_its_first_to_its_last_day(
    until: dt.date | None, lifted_on: dt.date | None, at: dt.date, expected: bool
) -> None:
    assert bar_is_in_force(DAY, until, lifted_on, at) is expected


def faults(**given: object) -> dict[str, str]:
    facts = {"measure": Measure.TALK, "has_post": True, "replacement_reason": "", "date": DAY, "today": DAY}
    return record_faults(**({"reason": "事由"} | facts | given))  # type: ignore[arg-type]


def test_a_record_says_what_it_lacks() -> None:
    assert faults() == {}
    assert set(faults(reason=" ", date=DAY + dt.timedelta(1))) == {"reason", "date"}
    assert set(faults(measure=Measure.REPLACEMENT, has_post=False)) == {"post", "replacement_reason"}
    assert faults(measure=Measure.REPLACEMENT, replacement_reason="no_progress") == {}
    assert set(faults(replacement_reason="other")) == {"replacement_reason"}
