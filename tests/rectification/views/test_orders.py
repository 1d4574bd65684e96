import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Domain
from accounts.rules.organizations import OrganizationKind
from accounts.rules.roles import Role
from common import clock
from rectification.models import RectificationItem
from rectification.rules.items import ListState
from tests.factories import make_organization, make_post
from tests.rectification.rows import make_list
from tests.world import World

pytestmark = pytest.mark.django_db


def test_from_the_data_check_to_the_item_and_back(world: World, client: Client) -> None:
    """S-10: a branch whose secretary is not the unit head is ordered to put it right by a day."""
    organ = Domain.objects.get(code="organ")
    branch = make_organization("XX局机关党支部", world.township, kind=OrganizationKind.BRANCH, domain=organ)
    make_post(branch, Role.SECRETARY)
    made = make_list(world.reporter, ListState.COMMITTED)
    client.force_login(world.user("clerk"))
    url = reverse("rectification:order_create", args=[branch.pk])
    assert url in client.get(reverse("accounts:check_list"), {"check": "unit_head"}).content.decode()
    initial = client.get(url).context["form"].initial
    assert "不是单位主要负责人" in initial["text"]
    day = clock.today() + dt.timedelta(days=30)
    done = client.post(url, initial | {"due_date": day.isoformat()}, follow=True)
    assert "已列入整改清单" in done.content.decode()
    item = RectificationItem.objects.get(list=made, position=3)
    assert (item.due_date, item.lead_unit) == (day, "某县委组织部")
    assert "已有整改事项" in client.get(url).content.decode()


def test_without_a_list_the_page_says_so(world: World, client: Client) -> None:
    client.force_login(world.user("clerk"))
    url = reverse("rectification:order_create", args=[world.township.pk])
    assert "还没有可以列入的整改清单" in client.get(url).content.decode()
    assert client.post(url, {"text": "x"}).status_code == 200


def test_a_past_day_and_a_list_under_review_are_refused_with_everything_typed(world: World, client: Client) -> None:
    make_list(world.reporter, ListState.SUBMITTED)
    client.force_login(world.user("clerk"))
    url = reverse("rectification:order_create", args=[world.township.pk])
    typed = {"text": "问题**", "measure": "要求", "due_date": "2020-01-01", "lead_unit": "组织部"}
    answer = client.post(url, typed)
    assert "不能早于今天" in answer.content.decode()
    answer = client.post(url, typed | {"due_date": clock.today().isoformat()})
    assert (answer.status_code, "问题**" in answer.content.decode()) == (409, True)
