import pytest

from common.figures import CountSum, exact_count, sum_counts


@pytest.mark.parametrize(("text", "count"), [("12", 12), (" 12人 ", 12), ("130多人", None), ("***", None), ("", None)])
def test_only_exact_numbers_count(text: str, count: int | None) -> None:
    assert exact_count(text) == count


def test_masked_values_are_skipped_and_said() -> None:
    assert sum_counts(["9", "***", "12人", "", "X名"]) == CountSum(total=21, skipped=2)
