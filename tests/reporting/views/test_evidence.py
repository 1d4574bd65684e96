import pytest
from django.test import Client
from django.urls import reverse

from reporting.models import SchemeTask, WorkEvidence
from tests.files import PDF, PNG, upload
from tests.reporting.rows import accepted_project
from tests.world import World

pytestmark = pytest.mark.django_db


def signed_in(world: World, role: str) -> Client:
    client = Client()
    client.force_login(world.user(role))
    return client


def test_files_of_a_project_go_up_are_looked_at_by_the_clerk_and_come_down(world: World) -> None:
    project = accepted_project(world.cycle, world.township, by=world.user("secretary"), clerk=world.user("clerk"))
    page, url = (reverse(f"reporting:project_{name}", args=[project.pk]) for name in ("show", "attach"))
    staff, clerk = signed_in(world, "staff"), signed_in(world, "clerk")
    assert f'href="{url}"' in staff.get(page).content.decode()
    assert staff.post(url, {"files": [upload("验收单.pdf"), upload("图.png", PNG)]}).url == url
    assert "验收单.pdf" in staff.get(url).content.decode()
    shown = clerk.get(page).content.decode()
    assert f'href="{url}"' not in shown
    first, second = WorkEvidence.objects.order_by("pk")
    for each in (first, second):
        assert f'href="{reverse("reporting:evidence_show", args=[each.pk])}"' in shown
    preview = reverse("reporting:evidence_preview", args=[first.pk])
    assert f'src="{preview}"' in clerk.get(reverse("reporting:evidence_show", args=[first.pk])).content.decode()
    assert clerk.get(preview)["Content-Type"] == "image/jpeg"
    assert clerk.get(reverse("reporting:evidence_download", args=[first.pk])).getvalue() == PDF
    removed = staff.post(reverse("reporting:evidence_remove", args=[first.pk]))
    assert removed.url == url
    assert list(WorkEvidence.objects.all()) == [second]


def test_files_of_the_five_ones_stand_beside_their_task(world: World) -> None:
    task = SchemeTask.objects.create(scheme=world.cycle.scheme, name="讲一堂专题辅导课", position=1)
    place = [world.cycle.pk, world.township.pk]
    page, url = (reverse(f"reporting:five_one_{name}", args=place) for name in ("show", "attach"))
    staff = signed_in(world, "staff")
    assert f'href="{url}"' in staff.get(page).content.decode()
    assert staff.post(url, {"task": task.pk, "files": [upload("课件.pdf")]}).url == url
    assert "讲一堂专题辅导课" in staff.get(url).content.decode()
    for role in ("staff", "clerk"):
        assert "课件.pdf" in signed_in(world, role).get(page).content.decode()


def test_a_refused_file_is_told_and_the_task_stays_chosen(world: World) -> None:
    SchemeTask.objects.create(scheme=world.cycle.scheme, name="一", position=1)
    task = SchemeTask.objects.create(scheme=world.cycle.scheme, name="二", position=2)
    url = reverse("reporting:five_one_attach", args=[world.cycle.pk, world.township.pk])
    html = signed_in(world, "staff").post(url, {"task": task.pk, "files": [upload("坏.pdf", b"MZ")]}).content.decode()
    assert "“坏.pdf”不能上传" in html
    assert f'<option value="{task.pk}" selected>' in html
    assert "请选择文件" in signed_in(world, "staff").post(url, {"task": task.pk}).content.decode()
    assert not WorkEvidence.objects.exists()
