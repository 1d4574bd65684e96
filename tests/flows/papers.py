"""Reads our papers with another library than wrote them."""

import re
from pathlib import Path

from pypdf import PdfReader

# "— 7 —" at the foot of a page; a line of the contents ends with the number of its page.
STAMP = re.compile(r"—\s*(\d+)\s*—")


class PaperFile:
    def __init__(self, path: Path) -> None:
        self.pages = [page.extract_text() for page in PdfReader(path).pages]

    @property
    def text(self) -> str:
        """Everything in one line: where a line ends on paper means nothing here."""
        return without_breaks("".join(self.pages))

    def printed_numbers(self) -> dict[int, int]:
        """The page (from 0) that bears each printed number."""
        found = {}
        for index, text in enumerate(self.pages):
            stamps = STAMP.findall(text)
            if stamps:
                found[int(stamps[-1])] = index
        return found

    def page_with_number(self, number: int) -> str:
        return without_breaks(self.pages[self.printed_numbers()[number]])

    def number_in_contents(self, title: str) -> int:
        """The page number printed in the contents behind this title, however the line is broken."""
        first = min(self.printed_numbers().values())
        contents = "\n".join(self.pages[:first])
        spaced = r"\s*".join(re.escape(character) for character in without_breaks(title))
        found = re.search(rf"{spaced}[\s…]*(\d+)\s*$", contents, re.MULTILINE)
        assert found, f"{title} does not stand in the contents:\n{contents}"
        return int(found[1])


def without_breaks(text: str) -> str:
    return re.sub(r"\s+", "", text)
