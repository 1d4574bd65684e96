import pytest
from django.test import Client
from django.urls import reverse

from common import clock
from tests.reporting.rows import accepted_project
from tests.world import World

pytestmark = pytest.mark.django_db


def test_a_stage_is_marked_from_the_page_of_the_project(world: World) -> None:
    project = accepted_project(world.cycle, world.township, by=world.user("secretary"), clerk=world.user("clerk"))
    staff = Client()
    staff.force_login(world.user("staff"))
    show, mark = reverse("reporting:project_show", args=[project.pk]), project.milestones.get().pk
    url = reverse("reporting:milestone_mark", args=[mark])
    assert f'href="{url}"' in staff.get(show).content.decode()
    assert f'value="{clock.today():%Y-%m-%d}"' in staff.get(url).content.decode()
    assert "不能晚于今天" in staff.post(url, {"done_on": "2099-01-01"}).content.decode()
    assert staff.post(url, {"done_on": f"{clock.today():%Y-%m-%d}"}).url == show
    assert "阶段完成 1/1" in staff.get(show).content.decode()
    assert "阶段完成 1/1" in staff.get(reverse("reporting:project_list")).content.decode()
