import pytest

from common.figures import CountSum, exact_count, looks_like_figure, sum_counts


@pytest.mark.parametrize(("text", "count"), [("12", 12), (" 12人 ", 12), ("130多人", None), ("***", None), ("", None)])
def test_only_exact_numbers_count(text: str, count: int | None) -> None:
    assert exact_count(text) == count


def test_masked_values_are_skipped_and_said() -> None:
    assert sum_counts(["9", "***", "12人", "", "X名"]) == CountSum(total=21, skipped=2)


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
