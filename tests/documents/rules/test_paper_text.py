import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.rules.paper_text import Block, recognise


def _plain(text: str) -> str:
    return "".join(text.split())


@given(st.text(st.sampled_from("一二、（一）。，党建\n　 "), max_size=200))
def test_nothing_but_outer_blanks_is_dropped(text: str) -> None:
    assert _plain("".join(block.text for block in recognise(text))) == _plain(text)


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("", []),
        ("\n \r\n　\n", []),
        ("　　正文   有空格。  ", [Block("p", "正文   有空格。")]),
        ("一、履职情况", [Block("h2", "一、履职情况")]),
        ("（一）抓班子。", [Block("h3", "（一）抓班子。")]),
        ("（一）抓班子。一年来。", [Block("h3", "（一）抓班子。"), Block("p", "一年来。")]),
        ("1.抓班子。", [Block("p", "1.抓班子。")]),
        ("同志们：\n开会。", [Block("to", "同志们："), Block("p", "开会。")]),
        ("开会：\n同志们：", [Block("to", "开会："), Block("p", "同志们：")]),
        (f"一、{'党' * 40}。好。", [Block("h2", f"一、{'党' * 40}。好。", lead=43)]),
        (f"一、{'党' * 70}。好。", [Block("p", f"一、{'党' * 70}。好。")]),
    ],
)
def test_headings_are_recognised(text: str, blocks: list[Block]) -> None:
    assert recognise(text) == blocks
