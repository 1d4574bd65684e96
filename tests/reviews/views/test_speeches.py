import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from reviews.models import Meeting, Speech
from reviews.papers.speech import content
from reviews.rules.speeches import SpeechKind
from tests.reviews.rows_of_meetings import opened_meeting
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(world: World) -> Meeting:
    return opened_meeting(world)


@pytest.fixture
def clerk(world: World, client: Client) -> Client:
    client.force_login(world.user("clerk"))
    return client


def word(*lines: str) -> SimpleUploadedFile:
    document, file = docx.Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(file)
    return SimpleUploadedFile("讲话.docx", file.getvalue())


def test_from_a_word_file_to_paper(meeting: Meeting, clerk: Client) -> None:
    """S-104, S-204, S-205: four points are announced, three are written; told, and printed as written."""
    lines = ("下面，我讲四个方面的意见。", "一、抓责任", "二、抓整改", "三、抓***")
    facts = {"kind": "secretary", "speaker": "***", "speaker_title": "县委书记", "body": word(*lines)}
    page = clerk.post(reverse("reviews:speech_add", args=[meeting.pk]), facts, follow=True).content.decode()
    assert "讲话中说的是4个方面" in page
    assert "列为重点任务" in page
    speech = Speech.objects.get()
    assert speech.body == "\n".join(lines)
    Speech.objects.update(subtitle="在县委述职评议会上")
    html = content(speech.pk).parts[0].html
    for words in ("――在县委述职评议会上", '<p class="to">同志们：</p>', "<h2>三、抓***</h2>"):
        assert words in html


def test_a_file_nobody_can_read_is_refused_in_words(meeting: Meeting, clerk: Client) -> None:
    speech = Speech.objects.create(meeting=meeting, kind=SpeechKind.SECRETARY, speaker="***", body="原文")
    file = SimpleUploadedFile("讲话.txt", "同志们".encode("gb18030"))
    url = reverse("reviews:speech_upload", args=[speech.pk])
    page = clerk.post(url, {"body": file, "revision": 1}).content.decode()
    assert "另存为时编码选“UTF-8”" in page
    speech.refresh_from_db()
    assert speech.body == "原文"
    clerk.post(url, {"body": SimpleUploadedFile("讲话.TXT", "新文".encode()), "revision": 1})
    speech.refresh_from_db()
    assert speech.body == "新文"


def test_the_overall_comment_is_saved_by_itself(meeting: Meeting, clerk: Client) -> None:
    speech = Speech.objects.create(meeting=meeting, kind=SpeechKind.OVERALL, speaker="高某")
    url = reverse("reviews:speech_save", args=[speech.pk])
    changed = {
        "revision": 1,
        "save_id": "a",
        "changed": ["achievements", "problems-0-text"],
        "achievements": "有成绩。",
        "problems-TOTAL_FORMS": 1,
        "problems-INITIAL_FORMS": 0,
        "problems-0-text": "责任落得不够实",
    }
    answer = clerk.post(url, changed).json()
    assert (answer["ok"], answer["revision"]) == (True, 2)
    assert clerk.post(url, changed | {"save_id": "b"}).status_code == 409
    speech.refresh_from_db()
    assert (speech.achievements, speech.speaker) == ("有成绩。", "高某")
    page = clerk.get(reverse("reviews:speech_edit", args=[speech.pk])).content.decode()
    assert "责任落得不够实" in page
