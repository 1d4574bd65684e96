import dataclasses

import pytest

from reviews.rules.comments import (
    CommentIncompleteError,
    SecondLookError,
    check_final,
    personal_first,
)


def test_an_empty_comment_is_not_final() -> None:
    with pytest.raises(CommentIncompleteError):
        check_final(praise=" ", problems=[""], demand="", confirmed=True)


def test_praise_alone_asks_for_a_second_look() -> None:
    with pytest.raises(SecondLookError):
        check_final(praise="好", problems=[" "], demand="", confirmed=False)
    check_final(praise="好", problems=[], demand="", confirmed=True)
    check_final(praise="好", problems=["问题"], demand="", confirmed=False)


@dataclasses.dataclass
class Section:
    key: str


def test_personal_duties_come_first_and_the_rest_keeps_its_order() -> None:
    sections = [Section("a"), Section("personal_duty"), Section("b")]
    assert [section.key for section in personal_first(sections)] == ["personal_duty", "a", "b"]
