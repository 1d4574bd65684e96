import pytest

from overview.statistics.table import Chart, Row, Table, figure, shade, share, total_row


@pytest.mark.parametrize(("part", "whole", "told"), [(3, 4, "75%"), (1, 8, "13%"), (0, 4, "0%"), (0, 0, "—")])
def test_shares_round_half_up_and_divide_by_nothing_never(part: int, whole: int, told: str) -> None:
    assert share(part, whole) == told


@pytest.mark.parametrize(
    ("value", "step"), [("0%", "s0"), ("1%", "s1"), ("25%", "s1"), ("26%", "s2"), ("100%", "s4"), ("—", ""), (7, "")]
)
def test_shades_of_shares(value: int | str, step: str) -> None:
    assert shade(value) == step


def test_sums_leave_columns_blank_that_hold_more_than_whole_numbers() -> None:
    assert total_row("合计", [Row("甲", (1, "50%")), Row("乙", (2, "—"))]).values == (3, "")


def test_a_picture_shows_the_columns_it_names() -> None:
    rows = [Row("甲", (1, 9, "50%")), Row("乙", (2, 8, "***"))]
    table = Table("t", "题", "", ("类别", "一", "二", "三"), rows, None, Chart("heat", (0, 2)))
    assert table.picture == {
        "kind": "heat",
        "title": "题",
        "categories": ["甲", "乙"],
        "series": [{"name": "一", "data": [1, 2]}, {"name": "三", "data": [50, 0]}],
    }


def test_no_picture_of_nothing() -> None:
    table = Table("t", "题", "", ("类别", "一"), [Row("甲", (0,))], None, Chart("bar", (0,)))
    assert table.is_empty
    assert table.picture is None


def test_what_is_masked_is_no_number_to_a_picture() -> None:
    assert [figure(value) for value in ("***", "12%", "5+", 3)] == [0, 12, 0, 3]
