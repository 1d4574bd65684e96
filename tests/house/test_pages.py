"""Pages keep what the Content-Security-Policy promises, and load nothing from elsewhere."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.house.code import APPS, ROOT, python_files, templates

# Paper is laid out by WeasyPrint and never sent to a browser.
PAGES = [path for path in templates() if "documents" not in path.parent.parts[-2:]]
COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->", re.DOTALL)

FORBIDDEN = {
    "a script inside the page": r"<script(?![^>]*(\bsrc=|application/json))[^>]*>",
    "a style inside the page": r"<style\b|\sstyle=",
    "an event handler inside the page": r"\son[a-z]+\s*=|\shx-on[:-]",
    "a script as an address": r"javascript:",
    "another host": r"""(?:src|href|action|url\()\s*=?\s*["']?(?:https?:)?//""",
    "text that is not escaped": r"\|\s*safe\b|autoescape off",
}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_a_page_holds_nothing_that_the_policy_refuses(path: Path) -> None:
    text = COMMENT.sub("", path.read_text())
    found = [name for name, pattern in FORBIDDEN.items() if re.search(pattern, text, re.IGNORECASE)]
    assert not found


@pytest.mark.parametrize(
    ("name", "planted"),
    [
        ("a script inside the page", "<script>go()</script>"),
        ("a script inside the page", '<script type="module">go()</script>'),
        ("a style inside the page", '<p style="color: red">'),
        ("an event handler inside the page", '<a onclick="go()">'),
        ("an event handler inside the page", '<a hx-on:click="go()">'),
        ("a script as an address", '<a href="javascript:go()">'),
        ("another host", '<img src="https://a.cn/x.png">'),
        ("another host", "<script src='//a.cn/x.js'></script>"),
        ("text that is not escaped", "{{ text|safe }}"),
    ],
)
def test_each_planted_defect_is_found(name: str, planted: str) -> None:
    assert re.search(FORBIDDEN[name], planted, re.IGNORECASE)


def test_our_scripts_and_styles_need_no_other_host_and_no_eval() -> None:
    for path in sorted((ROOT / "static").rglob("*")):
        if path.suffix in {".css", ".js"}:
            text = path.read_text()
            assert not re.search(r"""(?:url\(|import|from|fetch\()\s*["']?(?:https?:)?//""", text), path
            assert not re.search(r"\beval\(|new Function\(", text), path


def test_every_template_is_used() -> None:
    sources = [path.read_text() for path in python_files(*APPS, "common", "config")]
    sources += [path.read_text() for path in templates()]
    django_uses = {"403.html", "403_csrf.html", "404.html", "500.html", "400.html"}
    for path in templates():
        name = str(path.relative_to(ROOT / "templates"))
        assert name in django_uses or any(name in source for source in sources), name


def test_the_policy_allows_nothing_inline() -> None:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert "unsafe" not in str(directives)
    assert str(directives["default-src"]) == "[\"'self'\"]"
    assert str(directives["frame-ancestors"]) == "[\"'none'\"]"
