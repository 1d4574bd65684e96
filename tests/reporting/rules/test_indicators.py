from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.rules.indicators import Judgement, Operator, Standard, Verdict, VerdictCounts, change_of, judge

MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN


def verdict(value: str, operator: str, threshold: str, unit: str = "万元") -> str:
    return judge(value, Standard(unit, operator, threshold)).verdict


@pytest.mark.parametrize(
    ("value", "operator", "threshold", "expected"),
    [
        ("60", Operator.AT_LEAST, "60", MET),
        ("59.9", Operator.AT_LEAST, "60", NOT_MET),
        ("600000元", Operator.AT_LEAST, "60", MET),
        ("60余", Operator.AT_LEAST, "60", MET),
        ("50余", Operator.AT_LEAST, "60", UNKNOWN),  # below 60, or just so
        ("40余", Operator.AT_LEAST, "60", NOT_MET),
        ("60以上", Operator.AT_LEAST, "50万元", MET),
        ("60以上", Operator.AT_LEAST, "70", UNKNOWN),
        ("约60", Operator.AT_LEAST, "60", UNKNOWN),
        ("约60", Operator.AT_LEAST, "50", MET),
        ("近60", Operator.AT_LEAST, "60", UNKNOWN),
        ("不足50", Operator.AT_LEAST, "60", NOT_MET),
        ("X余万元", Operator.AT_LEAST, "60", UNKNOWN),
        ("60", Operator.AT_LEAST, "XX", UNKNOWN),
        ("0", Operator.AT_MOST, "0", MET),
        ("无", Operator.AT_MOST, "0", MET),
        ("1", Operator.AT_MOST, "0", NOT_MET),
        ("60以上", Operator.AT_MOST, "50", NOT_MET),
        ("0", Operator.EXACTLY, "0", MET),
        ("1", Operator.EXACTLY, "0", NOT_MET),
        ("约10", Operator.EXACTLY, "10", UNKNOWN),
        ("约10", Operator.EXACTLY, "20", NOT_MET),
    ],
)
def test_a_figure_is_met_missed_or_nobody_can_say(value: str, operator: str, threshold: str, expected: str) -> None:
    assert verdict(value, operator, threshold) == expected


@pytest.mark.parametrize(
    ("value", "last_year", "expected"),
    [
        ("130", "130", Judgement(MET)),
        ("129", "130", Judgement(NOT_MET)),
        ("130余", "120余", Judgement(MET)),
        ("130余", "130余", Judgement(UNKNOWN, "约数，离标准太近")),
        ("130", "***", Judgement(UNKNOWN, "上年度“***”没有写明")),
        ("130", None, Judgement(UNKNOWN, "没有上年度的数")),
        ("XX", "130", Judgement(UNKNOWN, "没有写明")),
        (" ", "130", Judgement(UNKNOWN, "没有填写")),
        ("见附件", "130", Judgement(UNKNOWN, "读不出是多少")),
        ("130人", "130", Judgement(UNKNOWN, "单位不同")),
    ],
)
def test_not_below_last_year(value: str, last_year: str | None, expected: Judgement) -> None:
    assert judge(value, Standard("万元", Operator.LAST_YEAR), last_year=last_year) == expected


@pytest.mark.parametrize(
    ("threshold", "typed", "of_figure", "expected"),
    [
        ("2", "1.5万元", None, Judgement(MET)),
        ("2倍", "16000元", None, Judgement(NOT_MET)),
        ("**", "1.5万元", None, Judgement(UNKNOWN, "倍数“**”没有写明")),
        ("2", "XX元", None, Judgement(UNKNOWN, "基数“XX元”没有写明")),
        ("2", "平均工资", None, Judgement(UNKNOWN, "基数“平均工资”读不出是多少")),
        ("2", "平均工资", "14000", Judgement(MET)),
        ("2", "平均工资", "", Judgement(UNKNOWN, "基数没有填写")),
    ],
)
def test_so_many_times_a_base_that_is_typed_or_another_figure(
    threshold: str, typed: str, of_figure: str | None, expected: Judgement
) -> None:
    assert judge("30000", Standard("元", Operator.TIMES, threshold, typed), base=of_figure) == expected


@pytest.mark.parametrize(
    ("standard", "told"),
    [
        (Standard("万元", Operator.AT_LEAST, "XX"), "不低于XX万元"),
        (Standard("元/人", Operator.AT_LEAST, "XX元"), "不低于XX元"),
        (Standard("个", Operator.AT_MOST, "0"), "不高于0个"),
        (Standard("%", Operator.EXACTLY, "100"), "100%"),
        (Standard("万元", Operator.LAST_YEAR), "不低于上年度"),
        (Standard("元", Operator.TIMES, "**", "XX元"), "不低于XX元的**倍"),
    ],
)
def test_a_standard_is_told_as_it_was_typed(standard: Standard, told: str) -> None:
    assert standard.told == told


@pytest.mark.parametrize(
    ("value", "last_year", "change"),
    [
        ("130", "118", "+12"),
        ("1.2万元", "15000元", "-3000"),
        ("130", "130", "0"),
        ("X", "118", ""),
        ("130余", "118", ""),
        ("", "118", ""),
    ],
)
def test_a_change_is_told_only_between_two_exact_numbers(value: str, last_year: str, change: str) -> None:
    assert change_of(value, last_year, "元") == change


def test_verdicts_are_counted() -> None:
    assert VerdictCounts.of([Judgement(MET), None, Judgement(UNKNOWN, "x"), Judgement(MET)]) == VerdictCounts(2, 0, 1)


NUMBERS = st.decimals(0, 10**6, places=2)


@given(NUMBERS, NUMBERS)
def test_exact_numbers_are_always_judged_as_arithmetic_does(value: Decimal, threshold: Decimal) -> None:
    assert verdict(f"{value}", Operator.AT_LEAST, f"{threshold}") == (MET if value >= threshold else NOT_MET)
    assert verdict(f"{value}", Operator.AT_MOST, f"{threshold}") == (MET if value <= threshold else NOT_MET)
    assert verdict(f"{value}", Operator.EXACTLY, f"{threshold}") == (MET if value == threshold else NOT_MET)


@given(NUMBERS, NUMBERS, st.sampled_from(["约{}", "近{}", "{}余", "{}以上", "不足{}"]))
def test_a_rough_figure_that_is_judged_is_judged_as_its_own_number_or_not_at_all(
    number: Decimal, threshold: Decimal, words: str
) -> None:
    rough = verdict(words.format(number), Operator.AT_LEAST, f"{threshold}")
    assert rough in (verdict(f"{number}", Operator.AT_LEAST, f"{threshold}"), UNKNOWN)


@given(st.text(max_size=20), st.sampled_from(Operator.values), st.text(max_size=10))
def test_whatever_is_typed_is_judged_or_said_why_not(value: str, operator: str, threshold: str) -> None:
    judgement = judge(value, Standard("次", operator, threshold, threshold))
    assert (judgement.verdict == UNKNOWN) == bool(judgement.reason)
