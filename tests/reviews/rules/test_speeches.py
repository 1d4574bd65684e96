import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.chinese_text import chinese_number
from reviews.rules.speeches import (
    Heading,
    SpeechRefusedError,
    count_warnings,
    decode_text,
    headings_of,
    stated_count,
)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("下面，我再讲四个方面的意见。", 4),
        ("我就从严抓好基层党建工作，讲三点意见。", 3),
        ("下面，我讲四点意见。", 4),
        ("我再强调三个方面意见。", 3),
        ("讲两点要求", 2),
        ("讲12条意见", 12),
        ("2016年，确保村级组织运转经费", None),
        ("全县有三个方面的问题", None),
    ],
)
def test_how_many_points_a_speaker_announces(text: str, count: int | None) -> None:
    """S-104, in the words of the speeches; numbers that announce nothing are none (S-200)."""
    assert stated_count(text) == count


def test_headings_and_their_text() -> None:
    text = "同志们：\n讲两点意见。\n一、抓责任\n要压实。\n\n再压实。\n　　二、抓整改\n（一）列清单"
    assert headings_of(text) == [
        Heading(1, "抓责任", "要压实。\n\n再压实。"),
        Heading(2, "抓整改", "（一）列清单"),
    ]


def test_four_are_announced_and_three_written() -> None:
    text = "讲四个方面的意见。\n一、甲\n二、乙\n三、丙"
    assert count_warnings(text) == ["讲话中说的是4个方面，正文用“一、二、……”编号的标题有3个，请核对。"]
    assert count_warnings(text.replace("四个", "三个")) == []


def test_a_number_left_out_is_told() -> None:
    assert count_warnings("一、甲\n三、丙") == ["标题编号不连续：一、三。"]


@given(st.lists(st.text(alphabet="抓责任，整改。", max_size=8), max_size=20))
def test_what_is_numbered_in_order_never_warns(titles: list[str]) -> None:
    text = "\n".join(f"{chinese_number(number)}、{title}" for number, title in enumerate(titles, start=1))
    assert count_warnings(text) == []
    assert len(headings_of(text)) == len(titles)


def test_only_unicode_is_read() -> None:
    """S-204."""
    assert decode_text("\ufeff同志们：\r\n讲话".encode()) == "同志们：\n讲话"
    assert decode_text("同志们".encode("utf-16")) == "同志们"
    for data in ("同志们".encode("gb18030"), b"\x89PNG\x00\xff", b"a\x00b"):
        with pytest.raises(SpeechRefusedError):
            decode_text(data)
