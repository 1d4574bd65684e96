from xml.etree import ElementTree

import pytest
import tinyhtml5

from documents.rendering.grid import lay_on_grid


def laid(body: str) -> str:
    root = tinyhtml5.parse(f"<body>{body}</body>", namespace_html_elements=False)
    lay_on_grid(root)
    text = ElementTree.tostring(root.find("body"), encoding="unicode", method="html")
    return text.removeprefix("<body>").removesuffix("</body>")


def test_a_paragraph_is_broken_into_lines() -> None:
    assert laid(f"<p>{'党' * 30}</p>") == f'<p class="g">{"党" * 26}\n{"党" * 4}</p>'


@pytest.mark.parametrize("name", ["to", "flush"])
def test_one_without_indent_has_28_in_its_first_line(name: str) -> None:
    assert laid(f'<p class="{name}">{"党" * 30}</p>') == f'<p class="{name} g">{"党" * 28}\n党党</p>'


def test_the_line_under_a_title_leaves_no_last_character_alone() -> None:
    line = "2026年度全县党（工）委（党组）书记抓基层党建工作述职评议会"
    assert laid(f'<p class="by">{line}</p>') == (
        '<p class="by">2026年度全县党（工）委（党组）<br>书记抓基层党建工作述职评议会</p>'
    )
    assert laid('<p class="by">柳河镇党委书记　罗某</p>') == '<p class="by">柳河镇党委书记　罗某</p>'


def test_a_line_that_gives_bears_its_spacing() -> None:
    assert laid(f"<p>{'党' * 26}。{'建' * 3}</p>") == (
        f'<p class="g"><span style="letter-spacing:-0.0385em">{"党" * 26}。</span>\n建建建</p>'
    )


def test_inline_elements_go_on_over_the_line_end_with_one_id() -> None:
    assert laid(f'<p>{"党" * 25}<b id="a">建建建</b></p>') == (
        f'<p class="g">{"党" * 25}<b id="a">建</b>\n<b>建建</b></p>'
    )


def test_a_hard_line_end_stays_and_what_follows_is_not_indented() -> None:
    assert laid(f"<p>党<br>{'建' * 29}</p>") == f'<p class="g">党\n{"建" * 28}\n建</p>'


def test_line_ends_of_the_template_are_not_text() -> None:
    assert laid("<p>\n    党的\n    建设 <b>\n 工作</b>\n  </p>") == '<p class="g">党的建设 <b>工作</b></p>'
    assert laid("<p>GB/T\n 9704</p>") == '<p class="g">GB/T 9704</p>'


def test_runs_of_blanks_and_signs_are_kept() -> None:
    assert laid("<p>姓名    职务***&lt;b&gt;&amp;</p>") == '<p class="g">姓名    职务***&lt;b&gt;&amp;</p>'


@pytest.mark.parametrize(
    "body",
    [
        "<table><tbody><tr><td><p>党</p></td></tr></tbody></table>",
        '<p class="center">党</p>',
        '<p>党<img src="data:,"></p>',
        '<p>党<span class="fill"></span></p>',
        '<div class="signature"><p>党</p></div>',
        "<h1>会议<br>议程</h1>",
    ],
)
def test_what_is_not_running_text_is_left_alone(body: str) -> None:
    assert laid(body) == body


def test_a_long_title_is_balanced() -> None:
    assert laid("<h1>2022年度党组织书记抓基层党建工作述职评议会议主持词</h1>") == (
        "<h1>2022年度党组织书记抓基层<br>党建工作述职评议会议主持词</h1>"
    )
