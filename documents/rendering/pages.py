"""HTML into PDF pages: one WeasyPrint pass with our stylesheet and our fonts, and nothing else."""

from __future__ import annotations

import hashlib
import os
import threading
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from xml.etree import ElementTree

import tinyhtml5
import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from documents.rendering import grid
from documents.rendering.faces import SET_VERSION, STACKS
from documents.rendering.fonts import fontconfig_file, office_folder
from documents.rendering.office_fonts import office_families
from documents.rules import lines

_HERE = Path(__file__).parent
# WeasyPrint and fontconfig keep state that two threads must not touch at once.
_engine = threading.RLock()


class _OnlyOurs(URLFetcher):
    """Papers are made from text that people typed: nothing in it may open a file or a connection."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if not url.lower().startswith("data:"):
            raise ValueError("a paper may not load anything")
        return super().fetch(url, headers)


def _only_ours() -> URLFetcher:
    return _OnlyOurs(allowed_protocols=("data",))


@dataclass(frozen=True)
class Engine:
    fonts: FontConfiguration
    style: weasyprint.CSS
    numbers: weasyprint.CSS


def _stacks() -> dict[str, str]:
    office = office_families(office_folder())
    return {
        role: ", ".join(f'"{name}"' for name in (families[0], *office.get(role, ()), *families[1:]))
        for role, families in STACKS.items()
    }


def _css(name: str) -> str:
    return Template((_HERE / name).read_text(encoding="utf-8")).substitute(_stacks())


@cache
def engine() -> Engine:
    """One font configuration and one parsed stylesheet per process; reading them is the cost."""
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(fontconfig_file())
    try:
        fonts = FontConfiguration()
    finally:
        # Other programs that this process starts must find the fonts of the machine.
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before
    fetcher = _only_ours()
    return Engine(
        fonts,
        weasyprint.CSS(string=_css("gb9704.css"), font_config=fonts, url_fetcher=fetcher),
        weasyprint.CSS(string=_css("page_numbers.css"), font_config=fonts, url_fetcher=fetcher),
    )


@cache
def style_version() -> str:
    """Changes with whatever, besides its content, alters how a paper looks."""
    digest = hashlib.sha256(f"{weasyprint.__version__} {SET_VERSION} {_stacks()}".encode())
    for file in sorted([*_HERE.glob("*.css"), *_HERE.glob("*.py"), Path(lines.__file__)]):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _document(body: str, title: str, *, on_grid: bool) -> str:
    text = (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title></head><body>{body}</body></html>"
    )
    if not on_grid:
        return text
    root = tinyhtml5.parse(text, namespace_html_elements=False)
    grid.lay_on_grid(root)
    return "<!DOCTYPE html>" + ElementTree.tostring(root, encoding="unicode", method="html")


def margin_mark(text: str) -> str:
    """To be put before a body: the words stand in the upper margin of every page, whatever its size."""
    words = escape(text).replace("\\", "").replace("&quot;", "")
    family = _stacks()["hei"]
    return (
        f'<style>@page {{ @top-center {{ content: "{words}"; font-family: {family}; '
        f"font-size: 12pt; line-height: 14pt; color: #d7000f; white-space: nowrap }} }}</style>"
    )


def write_pages(body: str, title: str, *, on_grid: bool, numbered: bool, tagged: bool) -> bytes:
    """The body as PDF; `numbered` prints the numbers of the pages, counted from 1."""
    with _engine:
        ours = engine()
        html = weasyprint.HTML(string=_document(body, title, on_grid=on_grid), url_fetcher=_only_ours())
        styles = [ours.style, ours.numbers] if numbered else [ours.style]
        variant = {"pdf_variant": "pdf/ua-1"} if tagged else {}
        return html.write_pdf(font_config=ours.fonts, stylesheets=styles, **variant)
