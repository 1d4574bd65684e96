import pytest

from accounts.rules.second_factors import is_token, typed_token


@pytest.mark.parametrize(
    ("text", "token", "is_one"),
    [
        ("123456", "123456", True),
        (" 123 456 ", "123456", True),
        ("１２３　４５６", "123456", True),
        ("12345", "12345", False),
        ("1234567", "1234567", False),
        ("abcd-efgh-jkmn", "abcd-efgh-jkmn", False),
        ("", "", False),
    ],
)
def test_six_figures_however_typed_are_of_the_app(text: str, token: str, is_one: bool) -> None:
    assert typed_token(text) == token
    assert is_token(text) is is_one
