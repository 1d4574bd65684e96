import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rectification.models import Inspection
from tests.factories import make_organization
from tests.reporting.rows import make_task
from tests.world import World

pytestmark = pytest.mark.django_db


def signed_in(world: World, role: str) -> Client:
    client = Client()
    client.force_login(world.user(role))
    return client


def test_the_supervision_office_records_what_it_saw(world: World) -> None:
    client = signed_in(world, "supervision")
    response = client.post(
        reverse("rectification:inspection_create"),
        {
            "committee": world.county.pk,
            "organization": world.township.pk,
            "kind": "quarterly",
            "date": "2026-03-31",
            "inspectors": "***",
            "findings": "记录**不全**，，",
        },
    )
    assert response.status_code == 302
    made = Inspection.objects.get()
    assert (made.organization, made.kind, made.findings) == (world.township, "quarterly", "记录**不全**，，")
    assert "记录**不全**，，" in client.get(reverse("rectification:inspection_list")).content.decode()


def test_organizations_of_one_name_are_told_apart(world: World) -> None:
    for code in ("G1", "G2", "G3"):
        make_organization("市XX局", world.county, code=code)
    html = signed_in(world, "clerk").get(reverse("rectification:inspection_create")).content.decode()
    assert all(f"市XX局（{code}）" in html for code in ("G1", "G2", "G3"))
    assert "邻县" not in html


def test_queries_do_not_grow_with_rows(world: World) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("rectification:inspection_list"))
        return len(captured)

    facts = {"committee": world.county, "findings": "x", "by": world.user("supervision")}
    client = signed_in(world, "leader")
    Inspection.objects.create(organization=world.township, date=dt.date(2026, 1, 1), **facts)
    one = queries()
    for day in range(1, 30):
        organization = make_organization(parent=world.county)
        Inspection.objects.create(organization=organization, date=dt.date(2026, 1, day), **facts)
    assert queries() == one


def test_the_key_task_looked_into_is_named(world: World) -> None:
    task = make_task(world, text="建成党群服务中心")
    client = signed_in(world, "supervision")
    data = {
        "committee": world.county.pk,
        "organization": world.township.pk,
        "kind": "quarterly",
        "date": "2026-03-31",
        "findings": "进度慢",
        "key_task": task.pk,
    }
    client.post(reverse("rectification:inspection_create"), data)
    made = Inspection.objects.get()
    shown = client.get(reverse("rectification:inspection_show", args=[made.pk])).content.decode()
    assert "2026年度重点任务第1项" in shown
