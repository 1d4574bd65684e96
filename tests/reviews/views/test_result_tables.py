import io

import openpyxl
import pytest
from django.urls import reverse

from accounts.models import Organization
from reviews.models import Result
from tests.world import build_world

pytestmark = pytest.mark.django_db


def test_results_go_out_as_csv_and_excel(client) -> None:
    world = build_world()
    Result.objects.create(reporter=world.reporter, composite="91.25")
    Organization.objects.filter(pk=world.township.pk).update(name="=甲乡党委")
    client.force_login(world.user("clerk"))
    url = reverse("reviews:result_export", args=[world.cycle.pk])
    answer = client.get(url, {"format": "csv"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    lines = answer.getvalue().decode("utf-8-sig").splitlines()
    assert lines[0].startswith("名次,单位代码,单位,述职人")
    assert lines[1].startswith("1,X1,'=甲乡党委,张某,")
    assert "91.25" in lines[1]
    assert len(lines) == 3
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(url).getvalue())).active
    assert [cell.value for cell in sheet[2]][:3] == [1, "X1", "=甲乡党委"]
