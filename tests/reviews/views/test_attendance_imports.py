import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from common.workbooks import NewColumn, NewSheet, read_workbook, write_workbook
from reviews.models import AttendanceImport
from tests.reviews.rows_of_meetings import set_up_meeting
from tests.world import World

pytestmark = pytest.mark.django_db

COLUMNS = tuple(NewColumn(name) for name in ("类别", "姓名", "单位", "职务"))


@pytest.fixture
def clerk(world: World, client: Client) -> Client:
    client.force_login(world.user("clerk"))
    return client


def test_uploaded_looked_at_confirmed(world: World, clerk: Client) -> None:
    meeting = set_up_meeting(world)
    url = reverse("reviews:attendance_import_create", args=[meeting.pk])
    data = write_workbook([NewSheet("名单", COLUMNS, [["县委常委", "=张某", "县委", "常委"], ["", "李某", "", ""]])])
    page = clerk.post(url, {"file": SimpleUploadedFile("名单.xlsx", data)}, follow=True).content.decode()
    assert "有误 1 行，新增 1 行" in page
    assert "“类别”没有填写" in page
    data = write_workbook([NewSheet("名单", COLUMNS, [["县委常委", "=张某", "县委", "常委"]])])
    clerk.post(url, {"file": SimpleUploadedFile("名单.xlsx", data)})
    row = AttendanceImport.objects.first()
    answer = clerk.post(reverse("reviews:attendance_import_confirm", args=[row.pk]), {"revision": 1}, follow=True)
    assert "参会名单已导入" in answer.content.decode()
    assert "=张某" in answer.content.decode()


def test_no_workbook_is_told_so(world: World, clerk: Client) -> None:
    url = reverse("reviews:attendance_import_create", args=[set_up_meeting(world).pk])
    page = clerk.post(url, {"file": SimpleUploadedFile("名单.xlsx", b"abc")}).content.decode()
    assert "这不是 Excel 工作簿" in page


def test_the_template_is_read_as_empty(world: World, clerk: Client) -> None:
    answer = clerk.get(reverse("reviews:attendance_template", args=[set_up_meeting(world).pk]))
    sheets = read_workbook(io.BytesIO(b"".join(answer.streaming_content)).read(), most_rows=100)
    assert sheets[0].rows[0].values[:2] == ("类别*", "姓名")


def test_a_preset_adds_what_is_missing(world: World, clerk: Client) -> None:
    meeting = set_up_meeting(world)
    before = meeting.attendance_groups.count()
    url = reverse("reviews:attendance_preset", args=[meeting.pk])
    page = clerk.post(url, {"preset": "panel"}, follow=True).content.decode()
    assert "各述职单位班子成员" in page
    assert meeting.attendance_groups.count() == before + 3
