from hypothesis import given
from hypothesis import strategies as st

from reviews.rules.draws import Lot, by_numbers, digest, draw, number_faults

LOTS = [Lot(1, "A01", "乡镇"), Lot(2, "A02", "县直"), Lot(3, "A03", "乡镇"), Lot(4, "A04", "县直")]


def test_the_order_can_be_worked_out_again_from_the_seed() -> None:
    plain = [Lot(lot.key, lot.code) for lot in LOTS]
    order = draw(plain, "7f")
    assert [lot.code for lot in order] == sorted(["A01", "A02", "A03", "A04"], key=lambda code: digest("7f", code))


@given(seed=st.text(max_size=40))
def test_everybody_is_drawn_once_and_groups_stay_together(seed: str) -> None:
    order = draw(LOTS, seed)
    assert {lot.key for lot in order} == {1, 2, 3, 4}
    assert [lot.group for lot in order] == ["乡镇", "乡镇", "县直", "县直"]


def test_numbers_of_a_paper_draw_count_within_the_group() -> None:
    order = by_numbers(LOTS, {1: 2, 3: 1, 2: 1, 4: 2})
    assert [lot.key for lot in order] == [3, 1, 2, 4]


def test_faults_of_numbers_are_told() -> None:
    assert number_faults(LOTS, {1: 1, 2: 1, 3: 2, 4: 2}) == []
    assert number_faults(LOTS, {1: 1, 2: 1, 3: 1, 4: 9}) == [
        "“乡镇”组签号重复：1。",
        "“县直”组签号应在1到2之间：9。",
    ]
    assert number_faults([Lot(1, "A"), Lot(2, "B")], {1: None, 2: 1}) == ["还有1个签号没有填写。"]
