import pytest
from django.test import Client
from django.urls import reverse

from rectification.rules.items import ListState
from reporting.models import CarriedItem
from tests.factories import make_cycle, make_reporter
from tests.rectification.rows import make_list
from tests.world import build_world


@pytest.mark.django_db
def test_the_page_shows_what_would_be_written_then_writes_it() -> None:
    world = build_world()
    make_list(make_reporter(make_cycle(world.county, 2025), world.township), ListState.COMMITTED, items=2)
    client = Client()
    client.force_login(world.user("clerk"))
    address = reverse("rectification:carry_create", args=[world.cycle.pk])
    html = client.get(address).content.decode()
    assert "党建工作抓得不够实1" in html
    assert CarriedItem.objects.count() == 0
    assert client.post(address).status_code == 302
    assert CarriedItem.objects.filter(reporter=world.reporter).count() == 2
    assert "没有需要结转的事项" in client.get(address).content.decode()
