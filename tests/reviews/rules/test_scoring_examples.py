"""Worked examples of practice.md with the arithmetic written out: ballots, presets, trimming, vetoes, quotas."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.rules.quotas import quota_limits
from reviews.rules.category_means import Category, Choice, Counts, Dimension
from reviews.rules.derivations import Derivation, Step
from reviews.rules.result_inputs import ResultInputs
from reviews.rules.scoring import Band, Cap, Part, derive

D = Decimal
ONE = (Dimension("总体评价", D(100), D(100)),)
BANDS = (
    Band("good", "好", D(90)),
    Band("fairly_good", "较好", D(80)),
    Band("fair", "一般", D(70)),
    Band("poor", "差", D(0)),
)


def parts(**weights: tuple[str, str | None]) -> list[Part]:
    """Name → (weight, score); None is the meeting's own."""
    return [
        Part(name, D(weight), score is None, None if score is None else D(score))
        for name, (weight, score) in weights.items()
    ]


def meeting(*categories: Category, **facts) -> Derivation:
    return derive(ONE, categories, [Part("会上评分", D(100), is_meeting=True)], BANDS, **facts)


def one(name: str, weight: int, *marks: str) -> Category:
    return Category(name, D(weight), tuple((D(mark),) for mark in marks))


def ballots(name: str, weight: int, *counts: tuple[int, int], abstained: int = 0) -> Category:
    choices = tuple(Choice(f"{points}分", D(points), count) for points, count in counts)
    return Category(name, D(weight), counts=(Counts(choices, abstained),))


def test_sixty_forty_belongs_to_the_means_and_not_to_the_heads():
    # A票: two leaders 90 and 94, mean 92.  B票: forty others, all 80, mean 80.
    # 92×60% + 80×40% = 55.2 + 32 = 87.2; by heads it would have been near 80.6.
    found = meeting(one("A票", 60, "90", "94"), one("B票", 40, *["80"] * 40))
    assert found.meeting_score == D("87.20")


def test_eighty_twenty():
    # 党建考核 91×80% + 述职评议 85×20% = 72.8 + 17 = 89.8 → 较好
    found = derive(ONE, [one("A票", 100, "85")], parts(党建考核=("80", "91"), 述职评议=("20", None)), BANDS)
    assert (found.composite, found.grade_code) == (D("89.80"), "fairly_good")


def test_fifty_fifty():
    # 述职评议 88×50% + 综合评价 93×50% = 44 + 46.5 = 90.5 → 好
    found = derive(ONE, [one("A票", 100, "88")], parts(述职评议=("50", None), 综合评价=("50", "93")), BANDS)
    assert (found.composite, found.grade_code) == (D("90.50"), "good")


def test_forty_twenty_thirty_ten_with_an_empty_category():
    # A 50, B 30, C 20; C has nobody: (90×50 + 86×30) ÷ 80 = (4500 + 2580) ÷ 80 = 88.5
    # 92×40% + 88×20% + 88.5×30% + 95×10% = 36.8 + 17.6 + 26.55 + 9.5 = 90.45 → 好
    four = parts(平时考核=("40", "92"), 实地调研=("20", "88"), 现场测评=("30", None), 领导评价=("10", "95"))
    found = derive(ONE, [one("A票", 50, "90"), one("B票", 30, "86"), one("C票", 20)], four, BANDS)
    assert (found.meeting_score, found.composite, found.grade_code) == (D("88.50"), D("90.45"), "good")
    assert found.notes == ("“C票”没有评分表，其权重20%按比例分给其他类别。",)


def test_those_who_do_not_know_are_not_counted_and_shown():
    # 满意100×6 + 基本满意80×3 + 不满意30×1 = 600 + 240 + 30 = 870; ÷ 10, not ÷ 15: 87
    found = meeting(ballots("群众", 100, (100, 6), (80, 3), (30, 1), abstained=5))
    (item,) = found.of(Step.ITEM)
    assert (item.value, found.meeting_score) == (D("87.00"), D("87.00"))
    assert item.formula == "（100×6 ＋ 80×3 ＋ 30×1）÷10"
    assert (item.note, item.inputs[-1]) == ("弃权5票不计入。", ("弃权", "5"))


def test_void_lines_are_told_apart_from_abstentions_and_count_nowhere():
    counts = Counts((Choice("好", D(100), 3), Choice("一般", D(60), 1)), abstained=2, void=1)
    found = meeting(Category("群众", D(100), counts=(counts,)))
    (item,) = found.of(Step.ITEM)
    assert (item.value, item.note) == (D("90.00"), "弃权2票、无效1票不计入。")
    assert item.inputs[-2:] == (("弃权", "2"), ("无效", "1"))


def test_a_category_in_which_all_abstained_gives_its_weight_away():
    found = meeting(one("领导", 60, "90"), ballots("群众", 40, abstained=9))
    assert found.meeting_score == D("90.00")
    assert found.notes == ("“群众”没有有效票，其权重40%按比例分给其他类别。",)


def test_items_are_weighted_after_their_means():
    # 责任 (100×3 + 80×1) ÷ 4 = 95, weight 60; 报告 (80×2 + 60×2) ÷ 4 = 70, weight 40
    # 95×60% + 70×40% = 57 + 28 = 85
    two = [Dimension("责任", D(100), D(60)), Dimension("报告", D(100), D(40))]
    first = Counts((Choice("好", D(100), 3), Choice("较好", D(80), 1)))
    second = Counts((Choice("较好", D(80), 2), Choice("一般", D(60), 2)), abstained=1)
    group = Category("代表", D(100), counts=(first, second))
    found = derive(two, [group], [Part("会上评分", D(100), is_meeting=True)], BANDS)
    assert [line.value for line in found.of(Step.ITEM)] == [D("95.00"), D("70.00")]
    assert found.meeting_score == D("85.00")


def test_an_item_left_out_on_a_named_sheet_is_left_out_of_its_weights():
    # 90 of weight 60 and nothing of weight 40: 90÷100×60 ×100÷60 = 90, not 54
    two = [Dimension("责任", D(100), D(60)), Dimension("报告", D(100), D(40))]
    found = derive(
        two, [Category("领导", D(100), ((D(90), None),))], [Part("会上评分", D(100), is_meeting=True)], BANDS
    )
    (line,) = found.of(Step.SHEET)
    assert (line.value, line.note) == (D("90.00"), "弃权1项，按其余项目折算。")


def test_trimming_takes_one_at_either_end():
    # 60, 88, 90, 92, 100 without 60 and 100: (88 + 90 + 92) ÷ 3 = 90
    five = one("评委", 100, "60", "88", "90", "92", "100")
    assert meeting(five, trims=True).meeting_score == D("90.00")
    assert meeting(five).meeting_score == D("86.00")
    # Of ballots 100×2, 80×3, 40×1 without one 100 and the 40: (100 + 240) ÷ 4 = 85
    assert meeting(ballots("代表", 100, (100, 2), (80, 3), (40, 1)), trims=True).meeting_score == D("85.00")


def test_two_are_never_trimmed():
    assert meeting(one("评委", 100, "60", "100"), trims=True).meeting_score == D("80.00")


def test_a_veto_lowers_the_grade_and_never_the_score():
    caps = [Cap("弄虚作假", "fair", "县委常委会批准"), Cap("受到通报", "fairly_good")]
    found = meeting(one("领导", 100, "95"), caps=caps)
    assert (found.composite, found.grade_code) == (D("95.00"), "fair")
    assert [line.formula for line in found.of(Step.CAP)] == [
        "等次最高为“一般”，“好”降为“一般”",
        "等次最高为“较好”，等次不变",
    ]


def test_a_computed_part_shows_where_it_comes_from():
    # 5 of 8 promises kept: 62.50
    kept = Part("承诺兑现", D(100), score=D("62.50"), formula="5（销号）÷8（上年度承诺事项）×100")
    found = derive([], [], [kept], BANDS)
    assert [(line.label, line.formula) for line in found.of(Step.PART)] == [("承诺兑现", kept.formula)]


@pytest.mark.parametrize(("size", "lower"), [(6, 1), (10, 2), (20, 3), (30, 5)])
def test_a_floor_of_fifteen_percent_is_rounded_up(size: int, lower: int):
    # 6×15% = 0.9 → 1; 10×15% = 1.5 → 2; 20×15% = 3; 30×15% = 4.5 → 5
    assert quota_limits(size, good_max_percent=None, lower_min_percent=15).lower_min == lower


counts = st.lists(st.tuples(st.sampled_from([100, 80, 60, 40]), st.integers(1, 30)), min_size=1, max_size=4)


@given(counts, st.integers(0, 20), st.booleans())
def test_order_and_doubling_of_ballots_do_not_matter(rows, abstained, trims):
    usual = meeting(ballots("代表", 100, *rows, abstained=abstained), trims=trims)
    turned = meeting(ballots("代表", 100, *reversed(rows), abstained=abstained), trims=trims)
    assert usual.meeting_score == turned.meeting_score
    twice = meeting(ballots("代表", 100, *[(points, 2 * count) for points, count in rows]))
    assert twice.meeting_score == meeting(ballots("代表", 100, *rows)).meeting_score


@given(st.sampled_from([100, 80, 60, 40, 30]), st.integers(1, 50), st.integers(0, 50), st.booleans())
def test_all_equal_gives_that_value(points, count, abstained, trims):
    found = meeting(ballots("代表", 100, (points, count), abstained=abstained), trims=trims)
    assert found.composite == D(points)


marks = st.one_of(st.none(), st.decimals(0, 100, places=2))


@given(
    st.lists(st.tuples(marks, marks), max_size=6).map(tuple),
    counts,
    st.integers(0, 9),
    st.booleans(),
    st.lists(st.sampled_from(["good", "fair", "poor"]), max_size=2),
)
def test_what_is_stored_recomputes_to_the_last_digit(sheets, rows, abstained, trims, caps):
    two = (Dimension("责任", D(100), D(60)), Dimension("报告", D(100), D(40)))
    choices = tuple(Choice(f"{points}", D(points), count) for points, count in rows)
    group = Category("代表", D(40), counts=(Counts(choices, abstained), Counts((), abstained)))
    inputs = ResultInputs(
        two,
        (Category("领导", D(60), sheets), group),
        (Part("会上评分", D(70), is_meeting=True), Part("平时", D(30), score=D("88.5"))),
        BANDS,
        tuple(Cap("否决", code) for code in caps),
        trims,
    )
    stored = ResultInputs.from_json(inputs.as_json())
    assert stored.as_json() == inputs.as_json()
    assert stored.derive().as_json() == inputs.derive().as_json()
