import datetime as dt
import errno
from pathlib import Path

import pytest
from django.conf import settings

from common import clock
from documents import queue, tasks
from documents.models import Document
from documents.rendering import paper as papers
from documents.rendering.fonts import FontsState
from documents.rendering.paper import Paper, Part, fingerprint
from documents.tasks import help_render_document, render_document, requeue_lost_documents
from tests.documents import rows

pytestmark = pytest.mark.django_db


def _files() -> list[str]:
    return sorted(path.name for path in (Path(settings.MEDIA_ROOT) / "documents").glob("*"))


@pytest.mark.usefixtures("font_set")
def test_a_worker_makes_the_file(document: Document) -> None:
    render_document(document.pk)
    document.refresh_from_db()
    assert (document.state, document.pages, document.reason) == ("ready", 1, "")
    assert document.fingerprint == fingerprint(rows.content(document.subject_id))
    assert _files() == [f"document-{document.pk}-1.pdf"]
    assert document.path.read_bytes().startswith(b"%PDF-")
    assert not document.is_outdated


@pytest.mark.usefixtures("font_set")
def test_a_second_wake_up_does_nothing(document: Document) -> None:
    render_document(document.pk)
    render_document(document.pk)
    document.refresh_from_db()
    assert document.attempt == 1


@pytest.mark.usefixtures("font_set")
def test_a_killed_worker_s_document_is_finished_by_another(document: Document, woken: list[int]) -> None:
    assert queue.claim(document.pk)  # and then it is killed
    Document.objects.update(heard_at=clock.now() - dt.timedelta(seconds=16))
    requeue_lost_documents()
    assert woken == [document.pk]
    render_document(document.pk)
    document.refresh_from_db()
    assert (document.state, document.attempt) == ("ready", 2)


@pytest.mark.usefixtures("font_set")
def test_an_attempt_that_lost_its_document_leaves_no_file(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    def overtaken(paper: object, progress: object) -> bytes:
        Document.objects.update(attempt=2)
        return b"%PDF-"

    monkeypatch.setattr(tasks.papers, "render_paper", overtaken)
    monkeypatch.setattr(tasks.papers, "count_pages", lambda pdf: 1)
    render_document(document.pk)
    document.refresh_from_db()
    assert (document.state, _files()) == ("rendering", [])


@pytest.mark.usefixtures("with_fonts")
@pytest.mark.parametrize(("paper", "reason"), [("refused", "会议尚未排定议程"), ("vanished", "所需的资料已不存在")])
def test_it_fails_with_a_reason_in_words(document: Document, paper: str, reason: str) -> None:
    Document.objects.update(paper=f"tests.documents.rows.{paper}")
    render_document(document.pk)
    document.refresh_from_db()
    assert (document.state, document.reason) == ("failed", reason)


@pytest.mark.usefixtures("with_fonts")
def test_an_error_of_ours_is_logged_with_a_number(document: Document, caplog: pytest.LogCaptureFixture) -> None:
    Document.objects.update(paper="tests.documents.rows.broken")
    render_document(document.pk)
    document.refresh_from_db()
    assert document.state == "failed"
    assert document.reason.split()[-1] in caplog.text


@pytest.mark.usefixtures("with_fonts")
def test_a_full_disk_is_said(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object) -> bytes:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tasks.papers, "render_paper", full)
    render_document(document.pk)
    document.refresh_from_db()
    assert "存储空间不足" in document.reason


@pytest.mark.parametrize("before", ["missing", "building"])
def test_without_fonts_it_waits(document: Document, monkeypatch: pytest.MonkeyPatch, before: str) -> None:
    monkeypatch.setattr(tasks, "fonts_state", lambda: FontsState(before))
    monkeypatch.setattr(tasks, "prepare_fonts", lambda: FontsState("building"))
    render_document(document.pk)
    document.refresh_from_db()
    assert (document.state, document.note, document.attempt) == ("queued", "正在准备公文字体", 0)


def test_fonts_that_cannot_be_made_are_the_reason(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "fonts_state", lambda: FontsState("failed", reason="请安装软件包 fonts-noto-cjk"))
    render_document(document.pk)
    document.refresh_from_db()
    assert document.reason == "公文字体未能备好：请安装软件包 fonts-noto-cjk"


@pytest.mark.usefixtures("font_set")
def test_characters_without_a_glyph_are_named(document: Document) -> None:
    rows.text["body"] = "<p>字形：堃喆翀䶮😀。</p>"
    render_document(document.pk)
    document.refresh_from_db()
    assert (document.state, document.note) == ("ready", "以下字没有字形，印出来是空框：😀")


@pytest.mark.usefixtures("font_set")
def test_a_long_paper_is_laid_out_by_two_from_both_ends(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    """The helper comes while the first worker has begun, and what it has laid out is used."""
    asked: list[tuple[int, ...]] = []
    monkeypatch.setattr(tasks, "wake", lambda task, *arguments: asked.append(arguments))
    paper = Paper("汇编", tuple(Part(f"第{i}份", f"<p>第{i}份</p>") for i in range(25)))
    monkeypatch.setattr(rows, "content", lambda subject_id: paper)
    claimed = queue.claim(document.pk)
    assert claimed is not None
    help_render_document(document.pk, 1)
    assert papers.count_missing_parts(paper) == 0
    Document.objects.update(state="queued")
    render_document(document.pk)
    document.refresh_from_db()
    assert (document.state, document.pages, asked) == ("ready", 25, [])


@pytest.mark.usefixtures("font_set")
def test_help_is_asked_for_once_and_stops_when_it_is_not_needed(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[int, ...]] = []
    monkeypatch.setattr(tasks, "wake", lambda task, *arguments: asked.append(arguments))
    paper = Paper("汇编", tuple(Part(f"第{i}份", f"<p>{i}</p>") for i in range(25)))
    monkeypatch.setattr(rows, "content", lambda subject_id: paper)
    render_document(document.pk)
    assert asked == [(document.pk, 1)]
    laid_out: list[object] = []
    monkeypatch.setattr(papers, "prepare_parts", lambda *args, **kw: laid_out.append(args))
    help_render_document(document.pk, 1)
    assert laid_out == []


def test_help_stops_as_soon_as_nobody_waits(font_set: None) -> None:
    paper = Paper("汇编", tuple(Part(f"第{i}份", f"<p>{i}</p>") for i in range(4)))
    answers = iter([True, True, False])
    papers.prepare_parts(paper, goes_on=lambda: next(answers))
    assert papers.count_missing_parts(paper) == 2
