import pytest
from django.test import Client
from django.urls import reverse

from reporting.actions.reports import accept_report, return_report
from reporting.models import ReportAttachment
from reporting.papers.reports import report_part
from tests.files import DOCX, JPG, PDF, PNG, office, upload
from tests.reporting.rows import hand_in, write
from tests.world import World

pytestmark = pytest.mark.django_db


def signed_in(world: World, role: str) -> Client:
    client = Client()
    client.force_login(world.user(role))
    return client


def address(name: str, pk: int) -> str:
    return reverse(f"reporting:{name}", args=[pk])


def test_a_file_goes_up_is_looked_at_and_comes_down(world: World) -> None:
    write(world.reporter, by=world.user("staff"))
    staff = signed_in(world, "staff")
    url = address("attachment_add", world.reporter.pk)
    data = {"place": "section-achievements", "files": [upload("现场.jpg", JPG), upload("记录.pdf")]}
    answer = staff.post(url, data)
    assert answer.url == f"{url}?place=section-achievements"
    listed = staff.get(url).content.decode()
    assert "现有 2 个附件" in listed
    picture, record = ReportAttachment.objects.order_by("pk")
    html = staff.get(address("attachment_show", picture.pk)).content.decode()
    assert f'src="{address("attachment_preview", picture.pk)}"' in html
    shown = staff.get(address("attachment_preview", picture.pk))
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    page = staff.get(address("attachment_preview", record.pk))
    assert (page["Content-Type"], page["Content-Security-Policy"][:18]) == ("image/jpeg", "default-src 'none'")
    assert page.content.startswith(b"\xff\xd8\xff")
    assert staff.get(address("attachment_open", picture.pk)).status_code == 404
    inline = staff.get(address("attachment_open", record.pk))
    assert inline["Content-Disposition"].startswith("inline")
    assert inline["Content-Security-Policy"].startswith("default-src 'none'")
    assert inline.getvalue() == PDF
    whole = staff.get(address("attachment_download", record.pk))
    assert whole["Content-Disposition"].startswith("attachment")
    assert whole.getvalue() == PDF


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("程序.pdf", b"MZ", "以文件内容为准"),
        ("空.pdf", b"", "文件是空的"),
        ("宏.docx", office({"word/document.xml": "x", "word/vbaProject.bin": "x"}), "带有宏"),
    ],
)
def test_a_refused_file_is_named_and_the_place_stays_chosen(
    world: World, name: str, content: bytes, words: str
) -> None:
    write(world.reporter, by=world.user("staff"))
    url = address("attachment_add", world.reporter.pk)
    data = {"place": "section-personal_duty", "files": [upload(), upload(name, content)]}
    html = signed_in(world, "staff").post(url, data).content.decode()
    assert f"“{name}”不能上传" in html
    assert words in html
    assert '<option value="section-personal_duty" selected>' in html
    assert not ReportAttachment.objects.exists()


def test_the_form_without_a_file_says_so(world: World) -> None:
    write(world.reporter, by=world.user("staff"))
    html = signed_in(world, "staff").post(address("attachment_add", world.reporter.pk)).content.decode()
    assert "请选择文件" in html


def test_the_way_from_the_text_saves_what_was_typed(world: World) -> None:
    report = write(world.reporter, by=world.user("staff"))
    staff = signed_in(world, "staff")
    data = {
        "revision": report.revision,
        "section_achievements": "新写的***",
        "next": "attachments:section-achievements",
    }
    answer = staff.post(address("report_edit", world.reporter.pk), data)
    assert answer.url == f"{address('attachment_add', world.reporter.pk)}?place=section-achievements"
    assert report.texts.get(section__key="achievements").text == "新写的***"
    assert '<option value="section-achievements" selected>' in staff.get(answer.url).content.decode()


def test_whoever_reads_the_report_opens_its_files(world: World) -> None:
    report = hand_in(world.reporter, by=world.user("secretary"), files=[upload("荣誉证书.png", PNG)])
    url = address("attachment_show", report.attachments.get().pk)
    pages = {"clerk": ("report_show", "screening_show"), "leader": ("report_show",), "secretary": ("report_show",)}
    for role, names in pages.items():
        for name in names:
            html = signed_in(world, role).get(address(name, world.reporter.pk)).content.decode()
            assert "荣誉证书.png" in html
            assert f'href="{url}"' in html
    version = report.versions.get(number=1)
    assert url in signed_in(world, "leader").get(address("report_version_show", version.pk)).content.decode()


def test_a_word_file_shows_its_words(world: World) -> None:
    report = hand_in(world.reporter, by=world.user("secretary"), files=[upload("台账.docx", DOCX)])
    html = signed_in(world, "clerk").get(address("attachment_show", report.attachments.get().pk)).content.decode()
    assert "这个文件不能在网页上预览" in html
    preview = signed_in(world, "clerk").get(address("attachment_preview", report.attachments.get().pk))
    assert preview.status_code == 404


def test_files_added_after_the_return_are_not_there_for_who_screens(world: World) -> None:
    report = hand_in(world.reporter, by=world.user("secretary"))
    return_report(report, reason="补材料", by=world.user("clerk"))
    data = {"place": "section-achievements", "files": [upload("新.pdf")]}
    signed_in(world, "staff").post(address("attachment_add", world.reporter.pk), data)
    pk = report.attachments.get().pk
    for name in ("attachment_show", "attachment_preview", "attachment_open", "attachment_download"):
        assert signed_in(world, "clerk").get(address(name, pk)).status_code == 404
        answer = signed_in(world, "staff").get(address(name, pk))
        assert answer.status_code == 200
        assert b"".join(answer)


def test_an_accepted_report_shows_no_button_to_change_its_files(world: World) -> None:
    report = hand_in(world.reporter, by=world.user("secretary"), files=[upload()])
    accept_report(report, by=world.user("clerk"))
    staff = signed_in(world, "staff")
    html = staff.get(address("attachment_add", world.reporter.pk)).content.decode()
    assert "附件不能增减" in html
    assert 'type="file"' not in html
    staff.post(address("attachment_remove", report.attachments.get().pk))
    assert report.attachments.standing().count() == 1


def test_the_paper_names_the_files(world: World) -> None:
    report = hand_in(world.reporter, by=world.user("secretary"), files=[upload("荣誉证书.pdf")])
    html = report_part(report).html
    assert "附件：" in html
    assert "荣誉证书.pdf" in html
    assert "附件：" not in report_part(hand_in(world.other_reporter, by=world.user("other_secretary"))).html
