"""The characters that our papers must be able to print."""

from functools import cache
from pathlib import Path

# What 通用规范汉字表 (8,105 characters) has beyond GB2312; names are full of them.
_RARE_FILE = Path(__file__).with_name("rare_characters.txt")

_SYMBOLS = "\u00a0\u2002\u2003\u2009…—–‘’“”·•€£¥§©®°±×÷№℃‰☐☑☒✓✔✕□■○●◎△▲▽▼◇◆☆★〇①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㎡㎏㎝㎞"

LATIN = frozenset(map(chr, range(0x20, 0x7F)))


def _gb2312() -> set[str]:
    found = set()
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            found.add(bytes([high, low]).decode("gb2312", "ignore"))
    return found - {""}


@cache
def base_characters() -> frozenset[str]:
    """What every one of our Han faces holds: GB2312, 通用规范汉字表, the signs of forms."""
    rare = _RARE_FILE.read_text(encoding="utf-8").replace("\n", "")
    return frozenset(_gb2312() | set(rare) | set(_SYMBOLS) | LATIN)


def is_han(char: str) -> bool:
    return 0x3400 <= ord(char) <= 0x9FFF or ord(char) >= 0x20000
