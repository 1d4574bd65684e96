import io

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.word.reader import Paragraph, WordText, read_word
from tests.documents.word.ooxml import (
    CHINESE,
    archive,
    deleted,
    in_list,
    inserted,
    levels,
    lists,
    p,
    r,
    t,
    table,
    text_box,
    word_file,
)


def read(body: str, **parts: str) -> WordText:
    return read_word(io.BytesIO(word_file(body, **parts)))


def texts(body: str, **parts: str) -> list[str]:
    return [paragraph.text for paragraph in read(body, **parts).paragraphs]


def test_chinese_numbers_of_all_levels_are_text() -> None:
    body = "".join(
        in_list(text, depth) for text, depth in [("甲", 0), ("乙", 1), ("丙", 2), ("丁", 3), ("戊", 1), ("己", 0)]
    )
    assert texts(body + in_list("庚", 1), numbering=CHINESE) == [
        "一、甲", "（一）乙", "1.丙", "（1）丁", "（二）戊", "二、己", "（一）庚",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sign", "text", "expected"),
    [
        ("decimalEnclosedCircleChinese", "%1", "①甲"),
        ("chineseLegalSimplified", "%1、", "壹、甲"),
        ("ideographTraditional", "%1、", "甲、甲"),
        ("upperLetter", "%1.", "A.甲"),
        ("lowerRoman", "%1)", "i)甲"),
        ("decimal", "%1", "1 甲"),
        ("bullet", "●", "甲"),
        ("unheard", "第%1条", "第1条甲"),
    ],
)
def test_every_kind_of_number(sign: str, text: str, expected: str) -> None:
    assert texts(in_list("甲"), numbering=levels((sign, text)) + lists(1)) == [expected]


def test_a_list_goes_on_in_another_of_its_kind_unless_it_begins_anew() -> None:
    numbering = levels(("decimal", "%1.")) + lists(1, 2)
    anew = '<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    body = in_list("甲") + in_list("乙", name=2) + in_list("丙", name=3) + in_list("丁", name=3)
    assert texts(body, numbering=numbering + anew) == ["1.甲", "2.乙", "1.丙", "2.丁"]


def test_numbers_and_levels_come_from_styles_too() -> None:
    styles = (
        '<w:style w:styleId="2"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="a"><w:basedOn w:val="2"/><w:name w:val="own"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    )
    body = (
        p(r("甲"), '<w:pStyle w:val="2"/>')
        + p(r("乙"), '<w:pStyle w:val="a"/>')
        + p(r("丙"), '<w:outlineLvl w:val="0"/>')
    )
    assert read(body, styles=styles, numbering=CHINESE).paragraphs == (
        Paragraph("一、甲", 1),
        Paragraph("二、乙", 2),
        Paragraph("丙", 1),
    )


def test_tracked_changes_are_read_as_accepted_and_named() -> None:
    moved = f'<w:moveFrom w:id="3">{r("移动")}</w:moveFrom>'
    body = p(r("走访") + deleted("十") + inserted(r("***")) + r("户") + moved) + p(f"<w:moveTo>{r('移动')}</w:moveTo>")
    word = read(body)
    assert word.text == "走访***户\n移动"
    assert word.notes == ("有 3 处修订，按接受后的文字导入，标为删除的文字没有导入。",)


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    body = p(r("前半"), '<w:rPr><w:del w:id="1"/></w:rPr>') + p(r("后半"))
    assert texts(body) == ["前半后半"]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    word = read(p(r("正文") + text_box("框内一", "框内二")) + p(r("下文")))
    assert word.text == "正文\n框内一\n框内二\n下文"
    assert word.notes == ("文本框 1 个，文字接在所在段落之后。",)


def test_rows_of_short_cells_are_lines_and_layout_tables_are_paragraphs() -> None:
    layout = f"<w:tbl><w:tr><w:tc>{p(r('甲'))}{p(r('乙'))}</w:tc><w:tc>{p(r('丙'))}</w:tc></w:tr></w:tbl>"
    assert texts(table(("指标", "数量"), ("支部", "**个")) + layout) == ["指标　数量", "支部　**个", "甲", "乙", "丙"]


def test_merged_cells_wrapped_rows_and_deleted_rows() -> None:
    merged = f"<w:tc><w:tcPr><w:vMerge/></w:tcPr>{p(r('不见'))}</w:tc>"
    rows = (
        f"<w:sdt><w:sdtContent><w:tr><w:tc>{p(r('甲'))}</w:tc><w:tc>{p(r('乙'))}</w:tc></w:tr></w:sdtContent></w:sdt>"
        f"<w:tr>{merged}<w:tc>{p(r('丙'))}</w:tc></w:tr>"
        f"<w:tr><w:trPr><w:del w:id='1'/></w:trPr><w:tc>{p(r('删'))}</w:tc></w:tr>"
    )
    assert texts(f"<w:tbl>{rows}</w:tbl>") == ["甲　乙", "丙"]


def test_columns_do_not_disturb() -> None:
    two = '<w:sectPr><w:cols w:num="2"/></w:sectPr>'
    assert texts(p(r("左栏"), two) + p('<w:r><w:br w:type="column"/></w:r>' + r("右栏"))) == ["左栏", "右栏"]


def test_notes_hidden_text_ruby_comments_and_pictures_are_kept_or_named() -> None:
    footnotes = f'<w:footnote w:id="0" w:type="separator">{p("")}</w:footnote><w:footnote w:id="2">{p(r("据统计"))}</w:footnote>'
    ruby = f"<w:r><w:ruby><w:rt>{r('kūn')}</w:rt><w:rubyBase>{r('堃')}</w:rubyBase></w:ruby></w:r>"
    body = p(
        r("支部**个")
        + '<w:r><w:footnoteReference w:id="2"/></w:r>'
        + ruby
        + r("不给人看", "<w:vanish/>")
        + '<w:r><w:commentReference w:id="1"/></w:r><w:r><w:drawing><pic:pic/></w:drawing></w:r>'
    )
    word = read(body, footnotes=footnotes)
    assert word.text == "支部**个堃\n（注：据统计）"
    assert word.notes == (
        "批注 1 条，没有导入。",
        "图片 1 张，没有导入。",
        "脚注、尾注 1 条，写成“（注：……）”接在所在段落之后。",
        "拼音标注 1 处，只取正文文字。",
        "隐藏文字 1 处，没有导入：“不给人看”。",
    )


def test_signs_breaks_hyphens_and_fields() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("X月X日") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    signs = f'<w:r>{t("软")}<w:softHyphen/>{t("连")}<w:noBreakHyphen/><w:br/>{t("二行")}<w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    assert texts(p(signs + field)) == ["软连-", "二行☑X月X日"]


def test_strict_files_and_other_names_of_the_main_part() -> None:
    plain = word_file(p(r("正文")), main="word/document2.xml")
    assert read_word(io.BytesIO(plain)).text == "正文"
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    xml = f'<w:document xmlns:w="{strict}"><w:body>{p(r("正文"))}</w:body></w:document>'
    assert read_word(io.BytesIO(archive({"word/document.xml": xml}))).text == "正文"


LINE = st.text(alphabet="述职党建甲乙。，；：（）“”、*XxＸ１23 　-—…《》a堃𠮷", min_size=1).map(str.strip).filter(bool)
PLAIN = LINE.filter(lambda text: "\u3000" not in text)


@st.composite
def _blocks(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A block of a document and the lines that it holds for a reader."""
    kind = draw(st.sampled_from(["plain", "split", "tracked", "moved", "box", "table", "control", "link"]))
    text, other = draw(PLAIN), draw(PLAIN)
    at = draw(st.integers(0, len(text)))
    return {
        "plain": (p(r(text)), [text]),
        "split": (p(r(text[:at]) + r(text[at:])), [text]),
        "tracked": (p(r(text[:at]) + deleted(other) + inserted(r(text[at:]))), [text]),
        "moved": (f"<w:moveFrom>{p(r(other))}</w:moveFrom><w:moveTo>{p(r(text))}</w:moveTo>", [text]),
        "box": (p(r(text) + text_box(other)), [text, other]),
        "table": (table((text, other)), [f"{text}　{other}"]),
        "control": (f"<w:sdt><w:sdtContent>{p(r(text))}</w:sdtContent></w:sdt>", [text]),
        "link": (p(f"<w:hyperlink>{r(text)}</w:hyperlink><w:smartTag>{r(other)}</w:smartTag>"), [text + other]),
    }[kind]


@settings(max_examples=150, deadline=None)
@given(st.lists(_blocks(), max_size=12))
def test_text_in_is_text_out(blocks: list[tuple[str, list[str]]]) -> None:
    expected = [line for _, lines_of in blocks for line in lines_of]
    assert texts("".join(xml for xml, _ in blocks)) == expected


@settings(max_examples=30, deadline=None)
@given(st.lists(LINE, max_size=8))
def test_files_of_python_docx_lose_nothing(lines_in: list[str]) -> None:
    document = docx.Document()
    for line in lines_in:
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    assert [paragraph.text for paragraph in read_word(file).paragraphs] == lines_in
