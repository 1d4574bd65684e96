"""Worked examples with the arithmetic written out, then properties (S-118, S-124)."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.rules.category_means import Category, Dimension
from reviews.rules.derivations import Derivation, Step
from reviews.rules.figures import round_half_up
from reviews.rules.scoring import Band, Part, derive, proposed_grade

D = Decimal

DIMENSIONS = [
    Dimension("履行主体责任", D(100), D(40)),
    Dimension("个人履职", D(50), D(35)),
    Dimension("问题剖析", D(30), D(25)),
]
BANDS = [
    Band("good", "好", D(90)),
    Band("fairly_good", "较好", D(80)),
    Band("fair", "一般", D(70)),
    Band("poor", "差", D(0)),
]
MEETING_ONLY = [Part("会上评分", D(100), is_meeting=True)]


def values(derivation: Derivation, step: Step) -> list[D | None]:
    return [line.value for line in derivation.of(step)]


def test_the_whole_calculation_by_hand():
    # leaders   90/100×40 = 36     45/50×35 = 31.5   27/30×25 = 22.5          sheet 90.00
    #           85/100×40 = 34     40/50×35 = 28     20/30×25 = 16.666…       sheet 78.67 (78.666…)
    #           mean (90.00 + 78.67) ÷ 2 = 84.335                              84.34
    # delegates 95/100×40 = 38     44/50×35 = 30.8   28/30×25 = 23.333…       sheet 92.13 (92.133…)
    # meeting   84.34×60% + 92.13×40% = 50.604 + 36.852 = 87.456               87.46
    # composite 87.46×30% + 88×50% + 91.5×20% = 26.238 + 44 + 18.3 = 88.538    88.54  → 较好
    leaders = Category("县委领导", D(60), ((D(90), D(45), D(27)), (D(85), D(40), D(20))))
    delegates = Category("代表", D(40), ((D(95), D(44), D(28)),))
    parts = [
        Part("会上评分", D(30), is_meeting=True),
        Part("平时考核", D(50), score=D(88)),
        Part("实地调研", D(20), score=D("91.5")),
    ]

    derivation = derive(DIMENSIONS, [leaders, delegates], parts, BANDS)

    assert values(derivation, Step.SHEET) == [D("90.00"), D("78.67"), D("92.13")]
    assert values(derivation, Step.CATEGORY) == [D("84.34"), D("92.13")]
    assert derivation.meeting_score == D("87.46")
    assert derivation.composite == D("88.54")
    assert derivation.grade_code == "fairly_good"
    assert derivation.missing == ()
    assert derivation.notes == ()
    assert [(line.label, line.formula) for line in derivation.lines] == [
        ("县委领导第1份评分表", "90÷100×40 ＋ 45÷50×35 ＋ 27÷30×25"),
        ("县委领导第2份评分表", "85÷100×40 ＋ 40÷50×35 ＋ 20÷30×25"),
        ("县委领导平均分（2份）", "（90.00 ＋ 78.67）÷2"),
        ("代表第1份评分表", "95÷100×40 ＋ 44÷50×35 ＋ 28÷30×25"),
        ("代表平均分（1份）", "（92.13）÷1"),
        ("会上评分", "（84.34×60 ＋ 92.13×40）÷100"),
        ("综合得分", "87.46×30÷100 ＋ 88.00×50÷100 ＋ 91.50×20÷100"),
        ("建议等次", "88.54≥80，建议“较好”"),
    ]


def test_category_without_sheets_gives_its_weight_to_the_others():
    # weights 50, 30, 20; the second has no sheet: (80×50 + 94×20) ÷ 70 = (4000 + 1880) ÷ 70 = 84
    one = [Dimension("总体", D(100), D(100))]
    categories = [
        Category("甲", D(50), ((D(80),),)),
        Category("乙", D(30)),
        Category("丙", D(20), ((D(94),),)),
    ]

    derivation = derive(one, categories, MEETING_ONLY, BANDS)

    assert derivation.meeting_score == D("84.00")
    assert derivation.notes == ("“乙”没有评分表，其权重30%按比例分给其他类别。",)
    assert derivation.of(Step.MEETING)[0].note == "有评分表的类别权重合计70%，按此折算。"


def test_no_sheet_at_all_means_no_score_never_nought():
    derivation = derive(DIMENSIONS, [Category("甲", D(100))], MEETING_ONLY, BANDS)

    assert derivation.meeting_score is None
    assert derivation.composite is None
    assert derivation.grade_code == ""
    assert derivation.missing == ("会上评分",)
    assert derivation.notes == ("没有收到评分表，不计算会上评分。",)


def test_missing_typed_part_is_named_and_nothing_is_counted():
    one = [Dimension("总体", D(100), D(100))]
    parts = [Part("会上评分", D(50), is_meeting=True), Part("实地调研", D(50))]

    derivation = derive(one, [Category("甲", D(100), ((D(90),),))], parts, BANDS)

    assert derivation.meeting_score == D("90.00")
    assert (derivation.composite, derivation.missing) == (None, ("实地调研",))


def test_typed_nought_is_a_score():
    derivation = derive([], [], [Part("平时考核", D(100), score=D(0))], BANDS)

    assert derivation.composite == D("0.00")
    assert derivation.grade_code == "poor"


def test_scheme_without_parts_has_no_composite():
    derivation = derive(DIMENSIONS, [], [], BANDS)

    assert (derivation.composite, derivation.missing, derivation.lines) == (None, (), ())


def test_sheet_must_have_one_mark_for_each_dimension():
    with pytest.raises(ValueError, match=r"shorter|longer"):
        derive(DIMENSIONS, [Category("甲", D(100), ((D(90),),))], MEETING_ONLY, BANDS)


def test_categories_of_weight_nought_count_alike_when_nobody_else_scored():
    # weights 0 and 0 have sheets 80 and 90, weight 100 has none: (80 + 90) ÷ 2 = 85
    one = [Dimension("总体", D(100), D(100))]
    categories = [
        Category("甲", D(100)),
        Category("乙", D(0), ((D(80),),)),
        Category("丙", D(0), ((D(90),),)),
    ]

    assert derive(one, categories, MEETING_ONLY, BANDS).meeting_score == D("85.00")


def test_sum_of_thirds_that_is_a_half_rounds_up():
    # 1/30×50 + 1/60×20.19 … decimals would give 2.00299…; exactly 50/30 + 20.19/60 = 2.00316…
    # 10/30×50.01 + 5/30×… : 16.67 + 8.335 = 25.005, a true half made of two thirds
    dimensions = [Dimension("甲", D(30), D("50.01")), Dimension("乙", D(30), D("50.01"))]
    category = Category("丙", D(100), ((D(10), D(5)),))

    derivation = derive(dimensions, [category], MEETING_ONLY, BANDS)

    assert values(derivation, Step.SHEET) == [D("25.01")]


@pytest.mark.parametrize(
    ("composite", "label"),
    [
        ("100", "好"),
        ("90.00", "好"),
        ("89.99", "较好"),
        ("80", "较好"),
        ("79.99", "一般"),
        ("0", "差"),
    ],
)
def test_composite_on_the_line_reaches_the_grade(composite, label):
    band = proposed_grade(D(composite), BANDS)

    assert band is not None
    assert band.label == label


def test_no_grade_without_composite_or_below_every_line():
    assert proposed_grade(None, BANDS) is None
    assert proposed_grade(D(50), [Band("good", "好", D(90))]) is None


# --- properties -------------------------------------------------------------------------------

hundredths = st.integers(0, 10_000).map(lambda n: D(n).scaleb(-2))
weights = (
    st.lists(st.integers(1, 20), min_size=1, max_size=4)
    .map(lambda shares: [D(s * 100) / sum(shares) for s in shares[:-1]])
    .map(lambda head: [w.quantize(D("0.01")) for w in head])
    .map(lambda head: [*head, D(100) - sum(head, D(0))])
)


@st.composite
def cases(draw):
    dimensions = [
        Dimension(f"项目{n}", draw(st.sampled_from([D(100), D(30), D(7)])), weight)
        for n, weight in enumerate(draw(weights))
    ]
    sheet = st.tuples(*(st.integers(0, int(d.max_score)).map(D) for d in dimensions))
    categories = [
        Category(f"类别{n}", weight, tuple(draw(st.lists(sheet, max_size=4)))) for n, weight in enumerate(draw(weights))
    ]
    return dimensions, categories


@given(cases(), st.randoms(use_true_random=False))
def test_order_of_raters_does_not_matter(case, random):
    dimensions, categories = case
    mixed = [Category(c.name, c.weight, tuple(random.sample(c.sheets, len(c.sheets)))) for c in categories]

    assert derive(dimensions, mixed, MEETING_ONLY, BANDS) == derive(dimensions, categories, MEETING_ONLY, BANDS)


@given(cases())
def test_every_rater_twice_changes_nothing(case):
    dimensions, categories = case
    twice = [Category(c.name, c.weight, c.sheets * 2) for c in categories]

    assert (
        derive(dimensions, twice, MEETING_ONLY, BANDS).meeting_score
        == derive(dimensions, categories, MEETING_ONLY, BANDS).meeting_score
    )


@given(cases())
def test_scores_stay_between_nought_and_a_hundred(case):
    dimensions, categories = case
    derivation = derive(dimensions, categories, MEETING_ONLY, BANDS)

    assert all(line.value is None or 0 <= line.value <= 100 for line in derivation.lines)
    assert (derivation.composite is None) == (not any(c.sheets for c in categories))


@given(cases(), hundredths)
def test_all_equal_gives_that_value(case, score):
    _, categories = case
    one = [Dimension("总体", D(100), D(100))]
    equal = [Category(c.name, c.weight, ((score,),) * (len(c.sheets) + 1)) for c in categories]
    parts = [Part("会上评分", D(30), is_meeting=True), Part("平时考核", D(70), score=score)]

    assert derive(one, equal, parts, BANDS).composite == score


@given(cases())
def test_printed_formula_gives_the_printed_value(case):
    """The derivation recomputes from its own text alone, as a person with a calculator would."""
    dimensions, categories = case
    for line in derive(dimensions, categories, MEETING_ONLY, BANDS).lines:
        if line.value is not None:
            assert round_half_up(by_hand(line.formula)) == line.value


def by_hand(formula: str) -> Fraction:
    """Chinese signs and brackets, products before sums, exactly."""
    text = formula.replace(" ", "")
    divisor = Fraction(1)
    if text.startswith("（"):
        text, _, tail = text.removeprefix("（").partition("）÷")
        divisor = Fraction(tail)
    total = Fraction(0)
    for term in text.split("＋"):
        value = Fraction(1)
        for number, factor in enumerate(term.replace("÷", "×÷").split("×")):
            value = value / Fraction(factor[1:]) if factor.startswith("÷") else value * Fraction(factor)
            assert number < 5
        total += value
    return total / divisor


@given(cases())
def test_stored_derivation_reads_back_the_same(case):
    dimensions, categories = case
    derivation = derive(dimensions, categories, MEETING_ONLY, BANDS)

    assert Derivation.from_json(derivation.as_json()) == derivation


def test_empty_store_reads_as_nothing_computed():
    assert Derivation.from_json({}) == Derivation((), None, None, "")
