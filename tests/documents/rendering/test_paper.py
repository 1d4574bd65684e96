"""Papers as they come out, read by other libraries than wrote them."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest
from django.conf import settings

from documents.rendering import paper as papers
from documents.rendering.fonts import font_folder
from documents.rendering.paper import Paper, PaperRefused, Part, fingerprint, render_paper
from documents.templatetags.paper import paper_text
from tests.documents.rendering.papers import packet, passage, report, report_html, report_text
from tests.documents.rendering.reading import MM, body_lines, body_text, ink, page_texts, squeezed

pytestmark = pytest.mark.usefixtures("font_set")
JUDGE = Path(settings.BASE_DIR).parent / "shared" / "tools" / "gbt9704_check.py"


def _judge(pdf: bytes, tmp_path: Path, profile: str, require: str) -> list[dict[str, str]]:
    if not JUDGE.exists():
        pytest.skip("the judge of GB/T 9704 is not beside this checkout")
    file = tmp_path / "paper.pdf"
    file.write_bytes(pdf)
    options = ["--profile", profile, "--require", require, "--ref-fonts", str(font_folder()), "--allow-fonts", "^GW"]
    answer = subprocess.run([sys.executable, JUDGE, file, *options, "--json"], capture_output=True, text=True)
    return [row for row in json.loads(answer.stdout)["checks"] if row["status"] in ("FAIL", "WARN")]


def test_a_report_passes_the_judge(tmp_path: Path) -> None:
    assert _judge(render_paper(report()), tmp_path, "strict", "tagged,title,lang,outline,pdfua") == []


def test_a_packet_passes_the_judge(tmp_path: Path) -> None:
    assert _judge(render_paper(packet()), tmp_path, "packet", "title,lang,outline") == []


def test_the_text_that_comes_out_is_the_text_that_went_in() -> None:
    assert squeezed(report_text()) in squeezed(body_text(render_paper(report())))


@pytest.mark.parametrize(
    "typed", ["***、**等先进典型", "<b>&amp;</b>", "组织，，突出", "以做合格党员”为抓手", "姓名    职务"]
)
def test_what_people_type_is_printed_as_it_is(typed: str) -> None:
    pdf = render_paper(Paper("文", (Part("文", paper_text(typed)),)))
    assert squeezed(typed) in squeezed(page_texts(pdf)[0])


def test_a_page_is_a4_and_holds_22_lines() -> None:
    pdf = render_paper(report(length=6000))
    sizes = {tuple(round(float(v) / MM) for v in page.mediabox[2:]) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages}
    assert sizes == {(210, 297)}
    lines = body_lines(pdf)
    full = [page for page in lines[1:-1] if len(page) >= 21]
    assert len(full) >= len(lines) - 4
    assert max(map(len, lines)) == 22
    # The rest ends early so that no heading stands at the foot of a page.
    assert sum(len(page) == 22 for page in full) >= len(full) / 2


def test_a_very_long_paragraph_flows_over_pages_without_loss() -> None:
    text = passage(4000, 3)
    pdf = render_paper(Paper("文", (Part("文", paper_text(text)),)))
    assert len(page_texts(pdf)) >= 6
    assert squeezed(text) in squeezed(body_text(pdf))


def test_the_contents_name_the_right_pages() -> None:
    paper = packet()
    pdf = render_paper(paper)
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    labels = reader.page_labels
    contents = squeezed(reader.pages[1].extract_text())
    outline = {entry.title: reader.get_destination_page_number(entry) for entry in reader.outline}
    assert list(outline) == [part.title for part in paper.parts]
    for title, index in outline.items():
        assert f"{labels[index]}" in contents.split(title)[1].split("第")[0]
        text = squeezed(reader.pages[index].extract_text())
        assert "问题清单" in text if title == "问题清单" else f"—{labels[index]}—" in text


def test_the_lines_of_the_contents_lead_there() -> None:
    reader = pypdf.PdfReader(io.BytesIO(render_paper(packet())))
    notes = [note.get_object() for note in reader.pages[1]["/Annots"]]
    pages = [page.indirect_reference.idnum for page in reader.pages]
    targets = [pages.index(list.__getitem__(note["/Dest"], 0).idnum) for note in notes]
    outline = [reader.get_destination_page_number(entry) for entry in reader.outline]
    assert list(dict.fromkeys(targets)) == outline


def test_odd_numbers_fall_on_the_right_and_parts_start_where_they_should() -> None:
    reader = pypdf.PdfReader(io.BytesIO(render_paper(packet())))
    first = min(i for i, label in enumerate(reader.page_labels) if label == "1")
    assert first % 2 == 0
    starts = {entry.title: reader.get_destination_page_number(entry) for entry in reader.outline}
    assert all(starts[f"第{i}号述职报告"] % 2 == 0 for i in (2, 4))


def test_the_number_of_a_turned_sheet_is_on_its_short_edge() -> None:
    pdf = render_paper(packet(reports=1, length=300))
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    turned = [i for i, page in enumerate(reader.pages) if page.mediabox.width > page.mediabox.height]
    for index in turned:
        is_right = index % 2 == 0
        # Bound, the sheet's left edge is at the bottom: the number is where it always is.
        low, high = ((25, 50), (160, 185)) if is_right else ((160, 185), (25, 50))
        assert ink(pdf, index, (20, low[0], 32, low[1])) > 20
        assert ink(pdf, index, (20, high[0], 32, high[1])) == 0


def test_a_part_laid_out_once_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    first = render_paper(packet(reports=2))
    laid_out: list[str] = []
    original = papers.parts.write_pages
    monkeypatch.setattr(
        papers.parts, "write_pages", lambda body, *args, **kw: laid_out.append(body) or original(body, *args, **kw)
    )
    assert render_paper(packet(reports=2)) == first
    assert laid_out == []
    render_paper(packet(reports=3))
    assert laid_out == [report_html(3, 1500)]


def test_a_picture_in_a_part_is_kept() -> None:
    square = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='20' height='20'%3E%3Crect width='20' height='20' fill='%23000' opacity='.9'/%3E%3C/svg%3E"
    parts = (Part("一", f"<p>图</p><p class='center'><img src=\"{square}\" alt=''></p>"), Part("二", "<p>文</p>"))
    pdf = render_paper(Paper("图", parts))
    assert ink(pdf, 0, (90, 200, 120, 260)) > 500
    assert "图" in page_texts(pdf)[0]


def test_progress_is_told_for_every_part() -> None:
    told: list[tuple[int, int]] = []
    render_paper(packet(reports=2, length=300), lambda done, total: told.append((done, total)))
    assert told == [(0, 5), (1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]


def test_a_paper_without_parts_is_refused() -> None:
    with pytest.raises(PaperRefused):
        render_paper(Paper("空", ()))


@pytest.mark.parametrize(
    "changed",
    [
        Paper("另一题", (Part("a", "<p>文</p>"),)),
        Paper("题", (Part("b", "<p>文</p>"),)),
        Paper("题", (Part("a", "<p>字</p>"),)),
        Paper("题", (Part("a", "<p>文</p>", label="张"),)),
        Paper("题", (Part("a", "<p>文</p>", numbered=False),)),
        Paper("题", (Part("a", "<p>文</p>", starts_right=True),)),
        Paper("题", (Part("a", "<p>文</p>"),), cover="<h1>面</h1>"),
        Paper("题", (Part("a", "<p>文</p>"),), contents=True),
        Paper("题", (Part("a", "<p>文</p>"),), grid=False),
    ],
)
def test_the_fingerprint_changes_with_whatever_changes_the_look(changed: Paper) -> None:
    same = Paper("题", (Part("a", "<p>文</p>"),))
    assert fingerprint(same) == fingerprint(Paper("题", (Part("a", "<p>文</p>"),)))
    assert fingerprint(same) != fingerprint(changed)


def test_the_fingerprint_changes_with_the_style(monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint(report())
    monkeypatch.setattr(papers, "style_version", lambda: "another")
    assert fingerprint(report()) != before
