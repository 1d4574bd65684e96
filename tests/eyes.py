"""Reads what we print as people and their phones do: QR codes and stamped letters, from a picture of the page."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator, Sequence

import pypdfium2
from PIL import Image, ImageDraw, ImageFont
from segno import consts

from documents.rendering.fonts import font_folder
from documents.rendering.stamping import LETTERS, Letters
from reviews.sealing.letters import ALPHABET

DPI = 200
DARK = 128
LEVELS = {0: "m", 1: "l", 2: "h", 3: "q"}  # as they are written into a symbol


def pictures_of(pdf: bytes) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.render(scale=DPI / 72).to_pil().convert("L") for page in document]


def millimetres(length: float) -> int:
    return round(length / 25.4 * DPI)


# --- QR codes -------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Scanned:
    """What a code says, and the points of the picture where it begins."""

    text: str
    left: float
    top: float


@dataclasses.dataclass(frozen=True)
class _Finder:
    """The centre of one of the three large squares, and how wide a module is."""

    x: float
    y: float
    module: float


def scan(picture: Image.Image) -> list[Scanned]:
    """Every QR code of the page, from top to bottom, from left to right."""
    finders = _finders(picture)
    found = [_read_symbol(picture, corner) for corner in _corners(finders)]
    return sorted(filter(None, found), key=lambda code: (round(code.top / 50), code.left))


def _finders(picture: Image.Image) -> list[_Finder]:
    """Squares whose middle row and middle column run dark, light, dark, light, dark as 1:1:3:1:1."""
    width, height = picture.size
    data = picture.tobytes()
    found: list[list[_Finder]] = []
    for y in range(0, height, 2):
        for x, module in _crossings(data[y * width : (y + 1) * width]):
            column = data[int(x) :: width]
            middle = next((c for c, m in _crossings(column) if abs(c - y) < m and abs(m - module) < module / 2), None)
            if middle is None:
                continue
            one = _Finder(x, middle, module)
            near = next((g for g in found if abs(g[0].x - x) < module * 2 and abs(g[0].y - middle) < module * 2), None)
            near.append(one) if near else found.append([one])
    return [
        _Finder(*(sum(values) / len(values) for values in zip(*map(dataclasses.astuple, g), strict=True)))
        for g in found
    ]


def _crossings(line: bytes) -> Iterator[tuple[float, float]]:
    """Centre and module width of each 1:1:3:1:1 along a line."""
    runs, at = [], 0
    for is_dark, points in itertools.groupby(line, key=lambda point: point < DARK):
        length = len(list(points))
        runs.append((is_dark, at, length))
        at += length
    for place in range(len(runs) - 4):
        five = runs[place : place + 5]
        lengths = [length for _, _, length in five]
        module = sum(lengths) / 7
        if five[0][0] and module >= 2 and _is_finder(lengths, module):
            yield five[2][1] + five[2][2] / 2, module


def _is_finder(lengths: Sequence[int], module: float) -> bool:
    return all(
        abs(length - module * wanted) < module * 0.6 for length, wanted in zip(lengths, (1, 1, 3, 1, 1), strict=True)
    )


def _corners(finders: Sequence[_Finder]) -> Iterator[tuple[_Finder, _Finder, _Finder]]:
    """Upper left, upper right and lower left of what may be one symbol."""
    for first in finders:
        near = first.module * 2
        for right in finders:
            wide = right.x - first.x
            if wide < near or abs(right.y - first.y) > near:
                continue
            for low in finders:
                if abs(low.x - first.x) <= near and abs(low.y - first.y - wide) <= near:
                    yield first, right, low


def _read_symbol(picture: Image.Image, corner: tuple[_Finder, _Finder, _Finder]) -> Scanned | None:
    """None when the three squares belong to different symbols."""
    first, right, low = corner
    size = round((right.x - first.x) / first.module) + 7
    size = 17 + 4 * round((size - 17) / 4)
    if not 21 <= size <= 57:
        return None
    wide, high = (right.x - first.x) / (size - 7), (low.y - first.y) / (size - 7)

    def dark(row: int, column: int) -> int:
        return int(picture.getpixel((first.x + (column - 3) * wide, first.y + (row - 3) * high)) < DARK)

    text = _text(size, [[dark(row, column) for column in range(size)] for row in range(size)])
    return Scanned(text, first.x - 3.5 * wide, first.y - 3.5 * high) if text is not None else None


def _text(size: int, modules: list[list[int]]) -> str | None:
    """ISO 18004 without its correction of errors, which a clean print does not need."""
    cells = [(8, column) for column in (0, 1, 2, 3, 4, 5, 7, 8)] + [(row, 8) for row in (7, 5, 4, 3, 2, 1, 0)]
    told = int("".join(str(modules[row][column]) for row, column in cells), 2)
    if told not in consts.FORMAT_INFO:
        return None
    facts = (told ^ 0b101010000010010) >> 10
    level, mask = LEVELS[facts >> 3], facts & 7
    version = (size - 17) // 4
    bits = [
        modules[row][column] ^ _MASKS[mask](row, column)
        for row, column in _path(size)
        if _holds_data(size, version, row, column)
    ]
    words = [int("".join(map(str, bits[at : at + 8])), 2) for at in range(0, len(bits) - 7, 8)]
    return _words(version, "".join(f"{word:08b}" for word in _in_order(words, version, level)))


_MASKS = (
    lambda i, j: int((i + j) % 2 == 0),
    lambda i, j: int(i % 2 == 0),
    lambda i, j: int(j % 3 == 0),
    lambda i, j: int((i + j) % 3 == 0),
    lambda i, j: int((i // 2 + j // 3) % 2 == 0),
    lambda i, j: int(i * j % 2 + i * j % 3 == 0),
    lambda i, j: int((i * j % 2 + i * j % 3) % 2 == 0),
    lambda i, j: int(((i + j) % 2 + i * j % 3) % 2 == 0),
)


def _holds_data(size: int, version: int, row: int, column: int) -> bool:
    """Outside the large squares with what stands beside them, the timing lines and the small squares."""
    if row == 6 or column == 6 or (row < 9 and (column < 9 or column > size - 9)) or (row > size - 9 and column < 9):
        return False
    if version > 6 and min(row, column) < 6 and max(row, column) > size - 12:
        return False
    middles = consts.ALIGNMENT_POS[version - 2] if version > 1 else ()
    near = {(y, x) for y in middles for x in middles if abs(row - y) < 3 and abs(column - x) < 3}
    return not near - {(6, 6), (6, size - 7), (size - 7, 6)}


def _path(size: int) -> Iterator[tuple[int, int]]:
    """Two columns at a time from the right, up and down by turns, past the timing column."""
    up = True
    for right in [*range(size - 1, 6, -2), *range(5, 0, -2)]:
        for row in range(size - 1, -1, -1) if up else range(size):
            yield from ((row, right), (row, right - 1))
        up = not up


def _in_order(words: list[int], version: int, level: str) -> list[int]:
    """The data of the blocks one after another; they are laid out in turns."""
    sizes = [
        group.num_data for group in consts.ECC[version][consts.ERROR_MAPPING[level.upper()]] for _ in range(group[0])
    ]
    blocks: list[list[int]] = [[] for _ in sizes]
    stream = iter(words)
    for place in range(max(sizes)):
        for block, length in zip(blocks, sizes, strict=True):
            if place < length:
                block.append(next(stream))
    return list(itertools.chain(*blocks))


def _words(version: int, bits: str) -> str:
    text, at = "", 0
    while len(bits) - at >= 4 and (mode := int(bits[at : at + 4], 2)):
        at += 4
        if mode == consts.MODE_BYTE:
            length = 8 if version < 10 else 16
            count = int(bits[at : at + length], 2)
            at += length
            text += bytes(int(bits[at + 8 * n : at + 8 * n + 8], 2) for n in range(count)).decode()
            at += 8 * count
        elif mode == consts.MODE_ALPHANUMERIC:
            length = 9 if version < 10 else 11
            count = int(bits[at : at + length], 2)
            at += length
            for place in range(0, count, 2):
                taken = 11 if place + 1 < count else 6
                value = int(bits[at : at + taken], 2)
                pair = divmod(value, 45) if taken == 11 else (value,)
                text += "".join(chr(consts.ALPHANUMERIC_CHARS[number]) for number in pair)
                at += taken
        else:
            raise AssertionError(f"a QR code in mode {mode}")
    return text


# --- letters --------------------------------------------------------------------------------------


def read_letters(picture: Image.Image, stamp: Letters) -> str:
    """What stands where a line of letters was to be stamped; dashes are passed over. The words of `stamp` are not looked at."""
    size = stamp.points * DPI / 72
    font = ImageFont.truetype(str(font_folder() / LETTERS), size)
    known = {letter: _drawn(font, letter) for letter in f"{ALPHABET}-"}
    base, x = millimetres(stamp.base), stamp.left / 25.4 * DPI
    text = ""
    while x < picture.width:
        line = picture.crop((round(x), base - round(size), picture.width, base + round(size / 4)))
        if line.getextrema()[0] >= DARK:
            break
        letter = min(known, key=lambda each: _unlike(known[each], line))
        text += letter
        x += font.getlength(letter)
    return text.replace("-", "")


def _drawn(font: ImageFont.FreeTypeFont, letter: str) -> Image.Image:
    """As wide as the letter takes up room, as high as the part of a line that is looked at."""
    size = font.size
    drawing = Image.new("L", (round(font.getlength(letter)), round(size) + round(size / 4)), 255)
    ImageDraw.Draw(drawing).text((0, round(size)), letter, font=font, fill=0, anchor="ls")
    return drawing


def _unlike(letter: Image.Image, line: Image.Image) -> float:
    """How far the beginning of the line differs from the letter, point by point."""
    beginning = line.crop((0, 0, *letter.size))
    return sum(abs(a - b) for a, b in zip(letter.tobytes(), beginning.tobytes(), strict=True)) / len(letter.tobytes())
