from decimal import Decimal

import pytest

from reviews.rules.component_scores import ScoreTableRefused, read_score_table

UNITS, PARTS = {"X1": 1, "X2": 2}, {"平时考核": 7, "实地调研": 8}
HEAD = (1, ("单位代码*", "单位", "平时考核", "实地调研"))


def read(*rows):
    return read_score_table([HEAD, *rows], units=UNITS, parts=PARTS)


def test_figures_are_taken_as_they_are_shown_and_empty_cells_change_nothing():
    found = read((2, ("X1", "甲乡", 87.35, None)), (3, ("X2", "乙镇", 90, "88.5")))
    assert found == {(1, 7): Decimal("87.35"), (2, 7): Decimal(90), (2, 8): Decimal("88.5")}
    # What a formula of the sheet leaves: Excel shows 87.35 and keeps 87.35000000000001.
    assert read((2, ("X1", "甲乡", 87.35000000000001, None))) == {(1, 7): Decimal("87.35")}


def test_everything_wrong_is_named_by_its_row():
    with pytest.raises(ScoreTableRefused) as refused:
        read((2, ("X9", "丙乡", 80)), (3, ("X1", "甲乡", 101, "好")), (4, ("X1", "甲乡", 80, None)))
    assert [fault[:4] for fault in refused.value.faults] == ["第2行：", "第3行“", "第3行“", "第4行："]


@pytest.mark.parametrize("rows", [[], [(1, ("单位", "平时考核"))], [(1, ("单位代码", "别的"))]])
def test_a_table_without_its_columns_is_refused(rows):
    with pytest.raises(ScoreTableRefused):
        read_score_table(rows, units=UNITS, parts=PARTS)
