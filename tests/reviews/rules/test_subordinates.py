import pytest

from reviews.rules.subordinates import YearCounts, add_up, subordinate_standing


@pytest.mark.parametrize(
    ("facts", "standing"),
    [
        ((False, False, False, 0, 0), "not_opened"),
        ((True, False, False, 0, 0), "opened"),
        ((True, False, False, 1, 0), "opened"),
        ((True, False, True, 1, 0), "scheduled"),
        ((True, False, True, 2, 1), "scheduled"),
        ((True, False, True, 2, 2), "held"),
        ((True, True, True, 2, 2), "closed"),
    ],
)
def test_how_far_a_committee_is(facts: tuple, standing: str) -> None:
    names = ("is_opened", "is_closed", "is_dated", "meetings", "meetings_held")
    assert subordinate_standing(**dict(zip(names, facts, strict=True))) == standing


def test_counts_add_up_field_by_field() -> None:
    assert add_up([]) == YearCounts()
    ones = YearCounts(1, 2, 3, 4, 5, 6, 7, 8)
    assert add_up([ones, ones]) == YearCounts(2, 4, 6, 8, 10, 12, 14, 16)
