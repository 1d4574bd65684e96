import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.importing import reading
from accounts.importing.reading import read_file
from accounts.models import Organization, RegisterImport
from common.workbooks import UnreadableWorkbook
from tests.accounts.workbooks import dry_run, organization, workbook
from tests.world import build_world

pytestmark = pytest.mark.django_db


def upload(client, data: bytes, name: str = "名册.xlsx"):
    return client.post(reverse("accounts:import_create"), {"file": SimpleUploadedFile(name, data)}, follow=True)


def test_a_clerk_uploads_looks_and_confirms(client) -> None:
    client.force_login(build_world().user("clerk"))
    page = upload(
        client, workbook(organizations=[organization("X1", "甲镇党委", "X"), organization("N1", "丙乡党委", "X")])
    )
    text = page.content.decode()
    assert "上级代码“X”，类型“党委”" in text
    assert "名称由“甲乡党委”改为“甲镇党委”" in text
    assert "“党组织”第 3 行" in text
    found = RegisterImport.objects.get()
    done = client.post(reverse("accounts:import_confirm", args=[found.pk]), {"mark": found.mark}, follow=True)
    assert "已导入" in done.content.decode()
    assert Organization.objects.get(code="N1").parent.code == "X"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "旧格式的表格"),
        (b"code,name", "没有可以导入的内容"),
        (b"\x00\x01\x02", "不是 Excel 工作簿"),
        (b"", "文件是空的"),
        (workbook(people=[]), "没有可以导入的内容"),
    ],
)
def test_a_file_that_cannot_be_read_is_answered_in_words(client, data: bytes, told: str) -> None:
    client.force_login(build_world().user("clerk"))
    page = upload(client, data)
    assert (page.status_code, told in page.content.decode()) == (200, True)
    assert not RegisterImport.objects.exists()


def test_a_file_that_is_too_large_is_not_opened(client, settings) -> None:
    settings.IMPORT_MAX_BYTES = 10
    client.force_login(build_world().user("clerk"))
    assert "分成几个文件" in upload(client, b"x" * 11).content.decode()


def test_how_far_the_reading_is_is_told_row_by_row() -> None:
    told: list[int] = []
    rows = [organization(f"N{number}", "市XX局", "X") for number in range(450)]
    read = read_file(workbook(organizations=rows), name="名册.xlsx", tell=told.append)
    assert (len(read.rows), told) == (450, [200, 400])


def test_as_many_rows_as_are_allowed_go_in(monkeypatch) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    rows = [organization(f"N{number}", "市XX局", "X") for number in range(4)]
    assert len(read_file(workbook(organizations=rows[:3]), name="名册.xlsx").rows) == 3
    with pytest.raises(UnreadableWorkbook, match="超过4行（连表头）"):
        read_file(workbook(organizations=rows), name="名册.xlsx")


def test_wrong_rows_are_told_and_offer_no_confirmation(client) -> None:
    client.force_login(build_world().user("clerk"))
    text = upload(client, workbook(organizations=[organization("N1", "丙", "Y")])).content.decode()
    assert "整份文件都没有写入" in text
    assert "确认导入" not in text


def test_wrong_rows_come_first(client) -> None:
    client.force_login(build_world().user("clerk"))
    rows = [organization("N1", "丙乡党委", "X"), organization("N2", "丁乡党委", "Y")]
    text = upload(client, workbook(organizations=rows)).content.decode()
    assert text.index("丁乡党委") < text.index("丙乡党委")


def test_the_page_of_lines_filters_and_pages(client, django_assert_max_num_queries) -> None:
    world = build_world()
    rows = [organization(f"N{number}", "市XX局", "X") for number in range(150)]
    found = dry_run(workbook(organizations=[*rows, organization("X1", "甲乡党委", "X")]), world.user("clerk"))
    client.force_login(world.user("clerk"))
    with django_assert_max_num_queries(8):
        first = client.get(found.get_absolute_url())
    assert len(first.context["page_obj"]) == 100
    same = client.get(found.get_absolute_url(), {"outcome": "same"})
    assert [line["label"] for line in same.context["page_obj"]] == ["甲乡党委（X1）"]
    assert client.get(found.get_absolute_url(), {"outcome": "all"}).context["page_obj"].paginator.count == 151
    assert "没有符合条件的行" in client.get(found.get_absolute_url(), {"q": "丁"}).content.decode()


def test_changed_data_is_said_on_the_page(client) -> None:
    world = build_world()
    found = dry_run(workbook(organizations=[organization("X1", "甲镇党委", "X")]), world.user("clerk"))
    Organization.objects.filter(code="X1").update(name="甲街道党工委")
    client.force_login(world.user("clerk"))
    url = reverse("accounts:import_confirm", args=[found.pk])
    text = client.post(url, {"mark": found.mark}, follow=True).content.decode()
    assert "又有变化" in text
    assert "由“甲街道党工委”改为“甲镇党委”" in text


@pytest.mark.parametrize("name", ["register_template", "register_export"])
def test_the_workbooks_open(client, name: str) -> None:
    client.force_login(build_world().user("clerk"))
    response = client.get(reverse(f"accounts:{name}"))
    assert ".xlsx" in response.headers["Content-Disposition"]
    sheets = openpyxl.load_workbook(io.BytesIO(response.getvalue())).sheetnames
    assert [sheet for sheet in sheets if sheet != "填写说明"] == ["党组织", "人员", "任职", "选项"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_csv_file_does_what_the_workbook_does(client, encoding: str) -> None:
    client.force_login(build_world().user("clerk"))
    text = "代码,名称,上级代码,类型,层级,领域\r\nN1,丙乡党委,X,党委,乡镇（街道）、部门,农村\r\n"
    page = upload(client, text.encode(encoding), "党组织.csv").content.decode()
    assert "丙乡党委" in page
    found = RegisterImport.objects.get()
    client.post(reverse("accounts:import_confirm", args=[found.pk]), {"mark": found.mark})
    assert Organization.objects.get(code="N1").parent.code == "X"


@pytest.mark.parametrize("kind", ["organizations", "people", "posts"])
def test_what_is_exported_as_csv_comes_back_unchanged(client, kind: str) -> None:
    world = build_world()
    Organization.objects.filter(code="X1").update(short_name="=甲")
    client.force_login(world.user("clerk"))
    data = client.get(reverse("accounts:register_csv_export", args=[kind])).getvalue()
    assert data.startswith(b"\xef\xbb\xbf")
    page = upload(client, data, f"{kind}.csv").content.decode()
    assert "完全一致，不需要导入" in page


def test_a_table_that_is_none_of_the_three_is_not_there(client) -> None:
    client.force_login(build_world().user("clerk"))
    assert client.get(reverse("accounts:register_csv_export", args=["marks"])).status_code == 404
