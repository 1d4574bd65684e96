import pytest

from documents.templatetags.paper import together


@pytest.mark.parametrize(
    ("cells", "kept"),
    [
        (("短", ""), True),
        (("字" * 120,), True),
        (("字" * 121,), False),
        (("一\n" * 9,), False),
        (("短", "字" * 500), False),
    ],
)
def test_only_rows_of_short_texts_stay_on_one_page(cells: tuple[str, ...], kept: bool) -> None:
    assert together(*cells) == (' class="keep"' if kept else "")
