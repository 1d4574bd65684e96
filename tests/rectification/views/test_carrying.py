import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from common import clock
from rectification.actions.carrying import carry_items
from rectification.models import Fulfilment
from rectification.rules.fulfilments import FulfilmentMark
from rectification.rules.items import ListState
from rectification.templatetags.carrying import carried_origins
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


@pytest.mark.django_db
def test_the_form_says_beside_the_question_what_has_become_of_the_item(django_assert_num_queries) -> None:
    """Its state today and the mark of the year's end; what another year left is typed in and has neither."""
    world = build_world()
    last_year = make_list(make_reporter(make_cycle(world.county, 2025), world.township), ListState.COMMITTED, items=2)
    marked = last_year.items.first()
    facts = {"mark": FulfilmentMark.BASIC, "evidence": "抽查台账。", "by": world.user("clerk"), "at": clock.now()}
    Fulfilment.objects.create(item=marked, **facts)
    carry_items(world.cycle, by=world.user("clerk"))
    CarriedItem.objects.create(reporter=world.reporter, text="系统以前的事项")
    client = Client()
    client.force_login(world.user("secretary"))
    html = client.get(reverse("reporting:report_edit", args=[world.reporter.pk])).content.decode()
    assert (html.count("现在："), html.count("年终评定：")) == (2, 1)
    assert "<strong>基本完成</strong>" in html
    assert reverse("rectification:item_show", args=[marked.pk]) in html
    request = RequestFactory().get("/")
    request.user = world.user("secretary")
    assert len(request.user.active_posts) == 1  # asked once a request, by whatever needs them first
    with django_assert_num_queries(3):
        origins = carried_origins({"request": request}, world.reporter)
    assert set(origins) == set(last_year.items.values_list("pk", flat=True))
