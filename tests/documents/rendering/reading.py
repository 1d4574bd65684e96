"""Reads finished papers as another program would."""

import io
import re
from collections import Counter

import pypdf
import pypdfium2

MM = 72 / 25.4


def page_texts(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def body_text(pdf: bytes) -> str:
    """All text without page numbers."""
    return "".join(re.sub(r"—\s*\d+\s*—", "", text) for text in page_texts(pdf))


def squeezed(text: str) -> str:
    return "".join(text.split())


def body_lines(pdf: bytes) -> list[list[float]]:
    """For each page the heights of its lines of body text, from the top."""
    document = pypdfium2.PdfDocument(pdf)
    pages = []
    for page in document:
        heights: Counter[int] = Counter()
        text = page.get_textpage()
        for index in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(index, loose=True)
            if 15 < top - bottom < 17 and right - left > 1:
                heights[round(bottom)] += 1
        # Faces differ by a fraction of a point, lines by 29.
        lines: list[int] = []
        for height in sorted(heights, reverse=True):
            if not lines or lines[-1] - height > 5:
                lines.append(height)
        pages.append(lines)
        text.close()
        page.close()
    document.close()
    return pages


def ink(pdf: bytes, page: int, box: tuple[float, float, float, float]) -> int:
    """Dark pixels in a part of the page (millimetres from the left and the bottom)."""
    document = pypdfium2.PdfDocument(pdf)
    width, height = document[page].get_size()
    left, bottom, right, top = (value * MM for value in box)
    crop = (left, bottom, width - right, height - top)
    pixels = document[page].render(scale=2, crop=crop, grayscale=True).to_numpy()
    document.close()
    return int((pixels < 128).sum())
