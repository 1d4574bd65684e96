import pytest

from reviews.rules.place_cards import FACE_POINTS, SIZES, card_text, name_points


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("李明", "李　明"),
        ("欧阳 小云", "欧阳小云"),
        ("覃正华", "覃正华"),
        ("***", ""),
        ("XX", ""),
        ("", ""),
        ("张*", "张　*"),
    ],
)
def test_what_stands_on_a_card(name: str, text: str) -> None:
    assert card_text(name) == text


@pytest.mark.parametrize("text", ["李　明", "覃正华", "欧阳小云", "阿卜杜热合曼·买买提", "Alexander Smith"])
def test_a_name_fits_its_face(text: str) -> None:
    points = name_points(text)
    assert points in SIZES
    assert points * sum(0.55 if sign.isascii() else 1 for sign in text) <= FACE_POINTS
