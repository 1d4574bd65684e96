import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry
from reporting.actions.reports import ReportChanges, save_report
from reporting.models import DutyReport, ReportImport
from tests.documents.word.ooxml import CHINESE, deleted, in_list, inserted, p, r, word_file
from tests.reporting.rows import hand_in, read_in, write
from tests.world import World

pytestmark = pytest.mark.django_db

BODY = (
    p(r("甲乡党委2026年度抓基层党建工作述职报告"))
    + p(r("现述职如下。"))
    + in_list("主要成绩")
    + p(r("建成") + deleted("3") + inserted(r("**")) + r("个。<b>"))
)


@pytest.fixture
def writer(world: World, client: Client) -> Client:
    client.force_login(world.user("staff"))
    return client


def upload(client: Client, world: World, data: bytes, name: str = "报告.docx"):
    url = reverse("reporting:import_create", args=[world.reporter.pk])
    return client.post(url, {"file": SimpleUploadedFile(name, data)})


def test_from_the_file_to_the_report(world: World, writer: Client) -> None:
    assert (
        reverse("reporting:import_create", args=[world.reporter.pk])
        in writer.get(reverse("reporting:report_edit", args=[world.reporter.pk])).content.decode()
    )
    answer = upload(writer, world, word_file(BODY, numbering=CHINESE))
    url = answer.url
    words = writer.get(url).content.decode()
    assert "有 2 处修订，按接受后的文字导入" in words
    assert "未归入：1 处" in words
    assert "建成**个。&lt;b&gt;" in words
    assert "标题由系统印出，不重复写入" in words
    assert "Word 里没有的部分" in words
    report = DutyReport.objects.get()
    assert not report.texts.exists()
    data = {"revision": report.revision, "piece-0": "dropped", "piece-1": "", "piece-2": "section-achievements"}
    refused = writer.post(url, data | {"confirm": "1"})
    assert (refused.status_code, "还有 1 处没有选择放在哪里" in refused.content.decode()) == (200, True)
    arranged = writer.post(url, data | {"piece-1": "section-personal_duty", "again": "1"}).content.decode()
    assert "未归入" not in arranged
    done = writer.post(url, data | {"piece-1": "section-personal_duty", "confirm": "1"}, follow=True).content.decode()
    assert "Word 里的文字已写入报告" in done
    assert "建成**个。&lt;b&gt;" in done
    assert sorted(report.texts.values_list("text", flat=True)) == ["建成**个。<b>", "现述职如下。"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "文件"),
        (b"%PDF-1.7", "这是 PDF 文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "另存为"),
        (word_file(""), "没有文字"),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_field(world: World, writer: Client, data: bytes, words: str) -> None:
    answer = upload(writer, world, data)
    assert (answer.status_code, words in answer.content.decode()) == (200, True)
    assert ReportImport.objects.count() == 0


def test_both_texts_are_shown_after_a_change_by_somebody_else(world: World, writer: Client) -> None:
    draft = write(world.reporter, ReportChanges(), by=world.user("staff"))
    url = reverse("reporting:import_place", args=[read_in(draft, "三、主要成绩", "甲", by=world.user("staff")).pk])
    data = {"revision": draft.revision, "piece-0": "section-achievements", "confirm": "1"}
    changes = ReportChanges(texts={"achievements": "对方写的"})
    draft = save_report(draft, changes=changes, seen=draft.revision, by=world.user("secretary"))
    asked = writer.post(url, data)
    assert "请选择替换、接在后面还是保留原内容" in asked.content.decode()
    chosen = data | {"how-section-achievements": "append"}
    late = writer.post(url, chosen)
    words = late.content.decode()
    assert (late.status_code, "对方写的" in words, f'value="{draft.revision}"' in words) == (409, True, True)
    assert writer.post(url, chosen | {"revision": draft.revision}).status_code == 302
    assert draft.texts.get().text == "对方写的\n甲"


def test_giving_up_leaves_the_report_as_it_was(world: World, writer: Client) -> None:
    draft = write(world.reporter, by=world.user("staff"))
    imported = read_in(draft, "三、主要成绩", "甲", by=world.user("staff"))
    url = reverse("reporting:import_place", args=[imported.pk])
    create = reverse("reporting:import_create", args=[world.reporter.pk])
    assert "接着核对" in writer.get(create).content.decode()
    writer.post(url, {"revision": 1, "discard": "1"})
    assert (ReportImport.objects.count(), "接着核对" in writer.get(create).content.decode()) == (0, False)


def test_nonsense_is_answered_with_words(world: World, writer: Client) -> None:
    draft = write(world.reporter, by=world.user("staff"))
    imported = read_in(draft, "三、主要成绩", "甲", by=world.user("staff"))
    url = reverse("reporting:import_place", args=[imported.pk])
    for data in ({}, {"revision": "x"}, {"revision": 1, "piece-0": "nowhere"}):
        assert writer.post(url, data).status_code == 200


def test_problems_that_cannot_be_told_apart_say_so(world: World, writer: Client) -> None:
    draft = write(world.reporter, ReportChanges(), by=world.user("staff"))
    lines = ("五、存在问题及原因剖析", "抓得不细。", "带队伍不强。")
    url = reverse("reporting:import_place", args=[read_in(draft, *lines, by=world.user("staff")).pk])
    assert "看不出每个问题从哪里开始" in writer.get(url).content.decode()


def test_a_report_that_was_handed_in_is_not_imported_into(world: World, writer: Client) -> None:
    hand_in(world.reporter, by=world.user("secretary"))
    shown = writer.get(reverse("reporting:import_create", args=[world.reporter.pk]))
    assert "现在不能导入" in shown.content.decode()
    assert upload(writer, world, word_file(BODY)).status_code == 409


def test_doubtful_lines_are_listed_ticked_and_an_unticked_one_is_written_where_it_stood(
    world: World, writer: Client
) -> None:
    body = (
        p(r("仅供学习参考，请勿照搬照抄"))
        + in_list("主要成绩")
        + p(r("甲。"))
        + p(r("仅供学习 禁止外传"))
        + p(r("乙。"))
    )
    url = upload(writer, world, word_file(body, numbering=CHINESE)).url
    page = writer.get(url)
    words = page.content.decode()
    assert "有 2 行像是网站水印、页码或页眉页脚" in words
    assert "疑似网站文字和页码：2 行" in words
    assert words.count("checked") >= 2
    assert '<del class="text-quiet">仅供学习 禁止外传</del>' in words
    assert "未归入" not in words
    data = {"revision": DutyReport.objects.get().revision, "piece-0": "", "piece-1": "section-achievements"}
    # The first is unticked: it needs a place now.
    kept = writer.post(url, data | {"noise-1-1": "on", "again": "1"}).content.decode()
    assert "未归入：1 处" in kept
    done = writer.post(url, data | {"noise-0-0": "on", "confirm": "1"}, follow=True)
    assert "Word 里的文字已写入报告" in done.content.decode()
    assert DutyReport.objects.get().texts.get().text == "甲。\n仅供学习 禁止外传\n乙。"


def test_what_was_left_out_is_written_down_word_for_word(world: World, writer: Client) -> None:
    draft = write(world.reporter, ReportChanges(), by=world.user("staff"))
    imported = read_in(draft, "三、主要成绩", "甲。", "仅供学习 禁止外传", by=world.user("staff"))
    data = {"revision": draft.revision, "piece-0": "section-achievements", "noise-0-1": "on", "confirm": "1"}
    writer.post(reverse("reporting:import_place", args=[imported.pk]), data)
    assert draft.texts.get().text == "甲。"
    note = AuditEntry.objects.of(draft).get(verb="从 Word 导入").note
    assert note == "报告.docx；未写入 0 段；按勾选没有写入疑似网站文字和页码 1 行：仅供学习 禁止外传"
