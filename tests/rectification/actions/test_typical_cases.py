"""Typical cases in a bulletin, from the record that they tell of (S-142)."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from rectification.actions.bulletins import publish_bulletin
from rectification.actions.typical_cases import add_case, remove_case
from rectification.models import Bulletin, TypicalCase
from rectification.papers.bulletins import content
from rectification.rules.bulletins import BulletinRefused
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def bulletin(world: World) -> Bulletin:
    return Bulletin.objects.create(cycle=world.cycle, kind="special", title="通报", as_of=dt.date(2026, 6, 1))


def test_a_case_alone_makes_a_bulletin_that_keeps_it(world: World, bulletin: Bulletin) -> None:
    clerk = world.user("clerk")
    add_case(bulletin, origin=7, text="某乡镇党组织：***", by=clerk)
    case = add_case(bulletin, origin=7, text="某乡镇党组织：责任不落实，，", by=clerk)
    assert list(bulletin.cases.values_list("text", flat=True)) == ["某乡镇党组织：责任不落实，，"]
    assert "某乡镇党组织：责任不落实，，" in content(bulletin.pk).parts[0].html
    publish_bulletin(bulletin, audience="reporters", by=clerk)
    for deed in (lambda: remove_case(case, by=clerk), lambda: add_case(bulletin, origin=8, text="又一个", by=clerk)):
        with pytest.raises(BulletinRefused, match="已经印发"):
            deed()


@pytest.mark.parametrize("role", ["leader", "secretary", "sibling_clerk"])
def test_only_who_keeps_bulletins_puts_one_in_or_out(world: World, bulletin: Bulletin, role: str) -> None:
    case = TypicalCase.objects.create(bulletin=bulletin, origin=7, text="某乡")
    with pytest.raises(PermissionDenied):
        add_case(bulletin, origin=8, text="x", by=world.user(role))
    with pytest.raises(PermissionDenied):
        remove_case(case, by=world.user(role))


def test_the_page_takes_one_out_and_an_empty_one_is_refused(world: World, bulletin: Bulletin, client: Client) -> None:
    with pytest.raises(BulletinRefused, match="写明"):
        add_case(bulletin, origin=8, text=" ", by=world.user("clerk"))
    case = TypicalCase.objects.create(bulletin=bulletin, origin=7, text="某乡的典型问题")
    client.force_login(world.user("supervision"))
    url = reverse("rectification:bulletin_show", args=[bulletin.pk])
    assert "某乡的典型问题" in client.get(url).content.decode()
    client.post(reverse("rectification:case_remove", args=[case.pk]))
    assert "某乡的典型问题" not in client.get(url).content.decode()
