import logging
import os
from pathlib import Path

import pytest

from documents.rendering.pages import engine, style_version, write_pages
from tests.documents.rendering.reading import page_texts, squeezed

pytestmark = pytest.mark.usefixtures("font_set")


@pytest.mark.parametrize("address", ["file:///etc/hostname", "http://127.0.0.1:9/x.png", "ftp://a/b", "FILE:///etc/x"])
@pytest.mark.parametrize(
    "body",
    ['<img src="{}">', '<link rel="stylesheet" href="{}">', "<style>@import url({})</style>", '<object data="{}">'],
)
def test_a_paper_loads_nothing(address: str, body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("urllib.request.OpenerDirector.open", lambda self, url, *a, **k: opened.append(str(url)))
    write_pages(body.format(address) + "<p>党</p>", "", on_grid=False, numbered=True, tagged=False)
    assert opened == []


def test_a_file_is_not_attached(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("s3cret-contents")
    body = f'<a rel="attachment" href="{secret.as_uri()}">a</a><p>党</p>'
    assert b"secret" not in write_pages(body, "", on_grid=False, numbered=True, tagged=False)


def test_the_fonts_of_other_programs_are_left_alone() -> None:
    engine()
    assert os.environ.get("FONTCONFIG_FILE") is None


def test_the_style_sheets_are_understood(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("weasyprint").propagate = True
    engine.cache_clear()
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        engine()
    assert caplog.messages == []
    assert len(style_version()) == 16


SIGNATURE = '<div class="signature"><p>某县委</p><p>2026年1月26日</p></div>'


@pytest.mark.parametrize("block", [SIGNATURE, f'<div class="keep signed"><p>承诺人（签名）：</p>{SIGNATURE}</div>'])
@pytest.mark.parametrize("lines", range(12, 20))
def test_nobody_signs_on_a_page_without_text(lines: int, block: str) -> None:
    text = "".join(f"<p>第{number}段。</p>" for number in range(1, lines + 1))
    pdf = write_pages(f"<h1>通知</h1>{text}{block}", "通知", on_grid=True, numbered=True, tagged=False)
    [signed] = [page for page in map(squeezed, page_texts(pdf)) if "某县委" in page]
    assert f"第{lines}段。" in signed
