"""Recognises the parts of a text that a person typed or pasted, as official papers lay them out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["p", "h2", "h3", "to"]

_LEVELS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("h2", re.compile(r"[一二三四五六七八九十百]{1,4}、")),
    ("h3", re.compile(r"[（(][一二三四五六七八九十百]{1,4}[）)]")),
)
LONGEST_HEADING = 60  # characters; what is longer is a paragraph that begins with a number
LONGEST_OWN_LINE = 24  # a longer first sentence is set as a heading within its paragraph
LONGEST_SALUTATION = 40


@dataclass(frozen=True)
class Block:
    kind: Kind
    text: str
    lead: int = 0  # how many characters at the start of a paragraph are set as its heading


def paragraphs(text: str) -> list[str]:
    """The paragraphs without their outer blanks: the page gives every one its own indent."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [line.strip() for line in lines if line.strip()]


def _heading(text: str) -> list[Block]:
    for kind, pattern in _LEVELS:
        if not pattern.match(text):
            continue
        stop = text.find("。") + 1
        if stop in (0, len(text)) and len(text) <= LONGEST_HEADING:
            return [Block(kind, text)]
        if 0 < stop <= LONGEST_OWN_LINE:
            # （一）抓班子。一年来…… : a title that was typed into its paragraph gets its line.
            return [Block(kind, text[:stop]), *_rest(text[stop:].strip())]
        if 0 < stop <= LONGEST_HEADING:
            return [Block(kind, text, lead=stop)]
    return []


def _rest(text: str) -> list[Block]:
    return [Block("p", text)] if text else []


def recognise(text: str) -> list[Block]:
    blocks: list[Block] = []
    for i, paragraph in enumerate(paragraphs(text)):
        if i == 0 and paragraph.endswith("：") and len(paragraph) <= LONGEST_SALUTATION:
            blocks.append(Block("to", paragraph))
        else:
            blocks += _heading(paragraph) or [Block("p", paragraph)]
    return blocks
