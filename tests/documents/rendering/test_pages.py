import logging
import os
from pathlib import Path

import pytest

from documents.rendering.pages import engine, style_version, write_pages

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
