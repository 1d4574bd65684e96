import io
import zipfile

import docx
import pytest
from django.test import Client
from django.urls import reverse

from reviews.actions.live import comment_slot, finish_slot, start_slot
from reviews.models import Meeting
from reviews.papers.minutes import content
from tests.reviews.rows_of_meetings import opened_meeting
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(world: World) -> Meeting:
    meeting, clerk = opened_meeting(world), world.user("clerk")
    slot = meeting.slots.get()
    for deed in (start_slot, comment_slot, finish_slot):
        deed(slot, by=clerk)
    return meeting


@pytest.fixture
def clerk(world: World, client: Client) -> Client:
    client.force_login(world.user("clerk"))
    return client


def test_drafted_saved_told_and_composed_anew(meeting: Meeting, clerk: Client) -> None:
    url = reverse("reviews:minutes_edit", args=[meeting.pk])
    page = clerk.get(url).content.decode()
    assert "甲乡党委书记张某述职" in page
    assert "没有点评记录" in page
    save = reverse("reviews:minutes_save", args=[meeting.pk])
    answer = clerk.post(save, {"text": "一、改过的\n***", "revision": 0, "save_id": "a", "changed": "text"})
    assert answer.json()["revision"] == 1
    assert clerk.post(url, {"text": "另一份", "revision": 0}).status_code == 409
    page = clerk.get(reverse("reviews:minutes_regenerate", args=[meeting.pk])).content.decode()
    assert "一、改过的" in page
    clerk.post(reverse("reviews:minutes_regenerate", args=[meeting.pk]), {"revision": 1})
    assert "一、改过的" not in clerk.get(url).content.decode()


def test_on_paper_and_in_word(world: World, meeting: Meeting, client: Client) -> None:
    html = content(meeting.pk).parts[0].html
    for words in ("会议纪要", "<h2>一、会议议程</h2>", "计时记录", "甲乡党委书记张某"):
        assert words in html
    client.force_login(world.user("leader"))
    answer = client.get(reverse("reviews:minutes_word", args=[meeting.pk]))
    data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert zipfile.is_zipfile(io.BytesIO(data))
    document = docx.Document(io.BytesIO(data))
    assert "甲乡党委书记张某述职" in "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert document.tables[0].rows[1].cells[1].text == "甲乡党委书记张某"
    assert "保存会议纪要" not in client.get(reverse("reviews:minutes_edit", args=[meeting.pk])).content.decode()
