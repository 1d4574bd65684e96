import pytest

from reporting.rules.categories import CategoriesInvalid, category_names


def test_one_a_line_each_once_in_order() -> None:
    assert category_names(" 责任落实 \n\n其他\n责任落实\n") == ["责任落实", "其他"]


@pytest.mark.parametrize("text", ["", " \n ", "长" * 31])
def test_nothing_and_too_long_names_are_told(text: str) -> None:
    with pytest.raises(CategoriesInvalid):
        category_names(text)
