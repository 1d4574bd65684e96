import pytest

from reviews.rules.findings import guess_category

NAMES = ("思想认识", "责任落实", "党员教育管理", "投入保障")


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("责任落得不够实", "责任落实"),
        ("党员教育不经常", "党员教育管理"),
        ("***", ""),
        ("", ""),
    ],
)
def test_a_category_is_proposed_by_the_words(text: str, category: str) -> None:
    """S-115."""
    assert guess_category(text, NAMES) == category


def test_without_categories_nothing_is_proposed() -> None:
    assert guess_category("责任", ()) == ""
