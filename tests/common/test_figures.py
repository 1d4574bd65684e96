from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.figures import (
    Bound,
    Figure,
    FigureSum,
    can_be_added,
    exact_count,
    in_unit,
    looks_like_figure,
    plain_decimal,
    read_figure,
    sum_figures,
    told_with_unit,
    unit_of,
)


@pytest.mark.parametrize(
    ("text", "count"), [("12", 12), (" 12人 ", 12), ("130多人", None), ("***", None), ("", None), ("9" * 5000, None)]
)
def test_only_exact_numbers_count(text: str, count: int | None) -> None:
    assert exact_count(text) == count


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("12", True),
        ("１３０多人", True),
        ("XX名", True),
        ("×", True),
        ("***", True),
        ("○", True),
        ("十余次", True),
        ("若干", True),
        ("无", True),
        ("去年已经完成", False),
        ("见附件", False),
    ],
)
def test_a_figure_may_be_masked_or_rough_but_not_a_sentence(text: str, is_one: bool) -> None:
    assert looks_like_figure(text) is is_one


@pytest.mark.parametrize(
    ("text", "value", "qualifier", "bound", "unit"),
    [
        ("12", "12", "", Bound.EXACT, ""),
        ("１３０多人", "130", "多", Bound.MORE, "人"),
        ("十余次", "10", "余", Bound.MORE, "次"),
        ("百余件", "100", "余", Bound.MORE, "件"),
        ("1万余人", "10000", "余", Bound.MORE, "人"),
        ("近千名", "1000", "近", Bound.NEARLY, "人"),
        ("约三百二十万元", "3200000", "约", Bound.ABOUT, "元"),
        ("130人左右", "130", "左右", Bound.ABOUT, "人"),
        ("60%以上", "60", "以上", Bound.LEAST, "%"),
        ("不低于50万元", "500000", "不低于", Bound.LEAST, "元"),
        ("不足10次", "10", "不足", Bound.MOST, "次"),
        ("1,200元", "1200", "", Bound.EXACT, "元"),
        ("1.2亿元", "120000000", "", Bound.EXACT, "元"),
        ("三万五千", "35000", "", Bound.EXACT, ""),
        ("先后5次", "5", "", Bound.EXACT, "次"),
        ("12次（含视频会3次）", "12", "", Bound.EXACT, "次"),
        ("200㎡", "200", "", Bound.EXACT, "平方米"),
        ("无", "0", "", Bound.EXACT, ""),
    ],
)
def test_qualifier_number_and_unit_are_read_apart(
    text: str, value: str, qualifier: str, bound: Bound, unit: str
) -> None:
    figure = read_figure(text)
    assert figure is not None
    assert (figure.value, figure.qualifier, figure.bound, figure.unit) == (Decimal(value), qualifier, bound, unit)


@pytest.mark.parametrize(
    ("text", "mask", "qualifier", "unit"),
    [
        # As the sources write them (S-197).
        ("共***多人", "***", "多", "人"),
        ("X余万元", "X", "余", "元"),
        ("X万元以上", "X", "以上", "元"),
        ("不低于XX万元", "XX", "不低于", "元"),
        ("**倍", "**", "", "倍"),
        ("XX%", "XX", "", "%"),
        ("○", "○", "", ""),
        ("若干", "若干", "", ""),
        ("多次", "多", "", "次"),
    ],
)
def test_masks_are_read_as_masks_and_have_no_value(text: str, mask: str, qualifier: str, unit: str) -> None:
    figure = read_figure(text)
    assert figure is not None
    assert (figure.value, figure.mask, figure.qualifier, figure.unit) == (None, mask, qualifier, unit)


@pytest.mark.parametrize("text", ["去年已经完成", "一把手亲自抓", "3至5次", "见附件", "12次、13次", "", "一十二三"])
def test_what_is_not_one_figure_is_not_read(text: str) -> None:
    assert read_figure(text) is None


def test_a_unit_of_the_scheme_is_known_though_no_list_names_it() -> None:
    assert read_figure("3大类") is None
    assert read_figure("3大类", "大类") == Figure(Decimal(3), unit="大类")


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("130余", "万元", "130"),
        ("1300元", "万元", "0.13"),
        ("1.2亿元", "万元", "12000"),
        ("3.2万", "人", "32000"),
        ("12名", "人", "12"),
        ("5", "千米", "5"),
    ],
)
def test_a_figure_is_counted_in_the_unit_of_the_scheme(text: str, unit: str, value: str) -> None:
    read = read_figure(text, unit)
    figure = in_unit(read, unit) if read else None
    assert figure is not None
    assert figure.value == Decimal(value)


@pytest.mark.parametrize(("text", "unit"), [("5场", "次"), ("3.2万", "万元"), ("60%", "人")])
def test_what_may_mean_something_else_is_not_counted(text: str, unit: str) -> None:
    read = read_figure(text, unit)
    assert read is not None
    assert in_unit(read, unit) is None


@pytest.mark.parametrize(
    ("text", "unit", "printed"),
    [
        ("130余", "次", "130余次"),
        ("130余次", "次", "130余次"),
        ("XX", "万元", "XX万元"),
        ("X余万元", "万元", "X余万元"),
        ("1300元", "万元", "1300元"),
        ("３", "次", "３次"),
        ("3至5", "次", "3至5次"),
        ("无", "次", "无"),
        ("见附件", "万元", "见附件"),
    ],
)
def test_it_is_printed_as_typed_and_a_unit_never_twice(text: str, unit: str, printed: str) -> None:
    assert told_with_unit(text, unit) == printed


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("130", ("130", "130")),
        ("130余", ("130", "140")),
        ("百余", ("100", "200")),
        ("1.2万余", ("12000", "13000")),
        ("约130", ("117", "143")),
        ("近1000", ("900", "1000")),
        ("130以上", ("130", None)),
        ("不足10", ("0", "10")),
    ],
)
def test_a_rough_figure_lies_between_two_numbers(text: str, ends: tuple[str, str | None]) -> None:
    figure = read_figure(text)
    assert figure is not None
    low, high = ends
    assert figure.range == (Decimal(low), None if high is None else Decimal(high))


@pytest.mark.parametrize(
    ("texts", "unit", "told", "skipped"),
    [
        (["9", "***", "12人", "", "X名"], "人", "21人", 2),
        (["9", "130余", "12次"], "次", "151次以上", 0),
        (["9", "30次以上", "100多"], "次", "139次以上", 0),
        (["9", "约30"], "次", "约39次", 0),
        (["9余", "近30"], "次", "约39次", 0),
        (["320.5", "6000元", "X余"], "万元", "321.1万元", 1),
        (["5场", "3"], "次", "3次", 1),
        (["***"], "次", "0次", 1),
        ([], "次", "0次", 0),
    ],
)
def test_a_sum_says_when_it_is_rough_and_what_it_could_not_count(
    texts: list[str], unit: str, told: str, skipped: int
) -> None:
    total = sum_figures(texts, unit)
    assert (total.told(unit), total.skipped) == (told, skipped)


def test_the_number_alone_carries_the_mark() -> None:
    assert [FigureSum(326, 0, mark).number for mark in ("", "余", "约")] == ["326", "326余", "约326"]
    assert FigureSum(Decimal("100"), 0).number == "100"


def test_rates_have_no_sum() -> None:
    assert [can_be_added(unit) for unit in ("次", "万元", "%", "元/人", "倍")] == [True, True, False, False, False]


def test_a_scale_before_a_unit_is_no_part_of_it() -> None:
    assert [unit_of(unit) for unit in ("万元", "亿元", "千米", "次", "万人次", "")] == [
        (10000, "元"),
        (100000000, "元"),
        (1, "千米"),
        (1, "次"),
        (10000, "人次"),
        (1, ""),
    ]


# --- Properties -------------------------------------------------------------------------------------
def in_chinese(number: int) -> str:
    """The usual way to write a number up to 99,999,999."""
    if number >= 10**4:
        high, low = divmod(number, 10**4)
        return in_chinese(high) + "万" + ("零" if 0 < low < 1000 else "") + (in_chinese(low) if low else "")
    words, gap = "", False
    for step, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, step)
        if digit:
            words += ("零" if gap and words else "") + "零一二三四五六七八九"[digit] + name
        gap = not digit
    return words


@given(st.integers(1, 99_999_999))
def test_chinese_numerals_read_as_the_number(number: int) -> None:
    figure = read_figure(in_chinese(number))
    assert figure is not None
    assert figure.value == number


FULL_WIDTH = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")


@given(
    st.decimals(0, 10**8, places=2),
    st.sampled_from(["", "约", "近", "不低于"]),
    st.sampled_from(["", "万", "亿"]),
    st.sampled_from(["", "元", "人"]),
    st.booleans(),
)
def test_a_number_reads_the_same_however_it_is_written(
    number: Decimal, before: str, scale: str, unit: str, is_wide: bool
) -> None:
    text = f"{before}{number:,f}{scale}{unit}"
    figure = read_figure(text.translate(FULL_WIDTH) if is_wide else text)
    assert figure is not None
    assert figure.value == number * {"": 1, "万": 10**4, "亿": 10**8}[scale]
    assert (figure.qualifier, figure.unit) == (before, unit)


@given(st.lists(st.integers(0, 10**6)), st.lists(st.sampled_from(["***", "X余", "XX次"])), st.randoms())
def test_masks_never_change_a_total(numbers: list[int], masks: list[str], random: object) -> None:
    texts = [*map(str, numbers), *masks]
    random.shuffle(texts)  # type: ignore[attr-defined]
    assert sum_figures(texts, "次") == FigureSum(sum(numbers), len(masks))


@given(st.text(max_size=30), st.sampled_from(["", "次", "万元", "%"]))
def test_whatever_is_typed_stays_whole_in_print(text: str, unit: str) -> None:
    assert told_with_unit(text, unit) in (text, text + unit)
    sum_figures([text], unit)


@pytest.mark.parametrize(
    ("number", "text"),
    [("100.00", "100"), ("87.50", "87.5"), ("0.00", "0"), ("40", "40"), ("1E+2", "100")],
)
def test_a_number_is_shown_as_people_write_it(number: str, text: str) -> None:
    assert plain_decimal(Decimal(number)) == text
