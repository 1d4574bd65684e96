"""Activation slips as a PDF that is made, answered and forgotten."""

import io
import re
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from accounts.actions.sign_ins import PROVED_AT
from accounts.models import Activation
from accounts.rules.roles import Role
from documents.models import Document
from documents.rendering.fonts import FontsState
from documents.views import slips
from tests.factories import make_person, make_post
from tests.world import World, build_world

pytestmark = pytest.mark.django_db

PRINT, USE = reverse("documents:slip_print"), reverse("accounts:activation_use")


@pytest.fixture
def world(client: Client) -> World:
    world = build_world()
    for number in range(9):
        make_post(world.township, Role.STAFF, make_person("张三" if number else "***"))
    client.force_login(world.user("clerk"))
    return world


def test_the_codes_on_paper_open_the_accounts_and_nothing_is_stored(
    client: Client, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    response = client.post(f"{PRINT}?q=甲乡", {"all": "yes"})
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "no-store"
    assert quote("激活单") in response["Content-Disposition"]
    reader = PdfReader(io.BytesIO(response.content))
    assert len(reader.pages) == 2  # eight to a page
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in reader.pages))
    codes = re.findall(r"激活码([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})", text)
    assert len(set(codes)) == 9
    typed = {"code": codes[0], "password": "qing-xi-2027", "password_again": "qing-xi-2027"}
    assert Client().post(USE, typed).status_code == 302
    assert caplog.text == ""  # whatever is wrong with the image would be logged together with it, code and all
    assert not Document.objects.exists()
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


def test_nobody_ticked_is_told(client: Client, world: World) -> None:
    page = client.post(PRINT, {"person": ["x", "0"]}, follow=True).content.decode()
    assert "请先勾选" in page
    assert not Activation.objects.exists()


def test_too_many_at_once_are_told(client: Client, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slips, "MOST_SLIPS_AT_ONCE", 5)
    assert "一次最多制作 5 张" in client.post(PRINT, {"all": "yes"}, follow=True).content.decode()
    assert not Activation.objects.exists()


def test_without_fonts_no_code_is_made(client: Client, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slips, "prepare_fonts", lambda: FontsState("building"))
    assert "正在准备公文字体" in client.post(PRINT, {"all": "yes"}, follow=True).content.decode()
    assert not Activation.objects.exists()


def test_people_of_another_county_are_not_there(client: Client, world: World) -> None:
    client.force_login(world.user("sibling_clerk"))
    person = world.township.posts.filter(person__user=None).first().person_id
    assert "请先勾选" in client.post(PRINT, {"person": [person]}, follow=True).content.decode()
    assert not Activation.objects.exists()


def test_the_list_says_afterwards_how_many_were_printed(client: Client, world: World) -> None:
    response = client.post(f"{PRINT}?q=甲乡", {"all": "yes", "mark": "abc12"})
    assert response.cookies["slips"].value == "abc12"
    page = client.get(reverse("accounts:slip_list")).content.decode()
    assert "已制作9张激活单" in page


def test_a_strange_mark_is_not_sent_back(client: Client, world: World) -> None:
    assert "slips" not in client.post(f"{PRINT}?q=甲乡", {"all": "yes", "mark": "a; Domain=x"}).cookies


def test_the_question_who_one_is_leads_back_to_the_list(client: Client, world: World, settings) -> None:
    settings.STEP_UP_MINUTES = 15
    session = client.session
    session.pop(PROVED_AT, None)
    session.save()
    page = client.post(f"{PRINT}?who=heads", {"all": "yes", "mark": "abc12"})
    assert page.status_code == 403
    assert f'data-back="{reverse("accounts:slip_list")}?who=heads"' in page.content.decode()
    assert not Activation.objects.exists()


def test_a_press_with_nobody_ticked_keeps_the_filter(client: Client, world: World) -> None:
    assert client.post(f"{PRINT}?who=heads", {})["Location"].endswith("?who=heads")


def test_slips_of_namesakes_in_units_of_one_name_stay_apart(client: Client, world: World) -> None:
    reader = PdfReader(io.BytesIO(client.post(f"{PRINT}?q=甲乡", {"all": "yes"}).content))
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in reader.pages))
    for activation in Activation.objects.select_related("user__person"):
        assert f"激活单{activation.user.person.name}（{activation.user.person.code}）" in text
    assert f"{world.township.name}（{world.township.code}）" in text


@pytest.mark.parametrize(("query", "primary"), [("", "勾选的人员"), ("?q=甲乡", "以上条件的全部")])
def test_the_button_that_is_meant_stands_out(client: Client, world: World, query: str, primary: str) -> None:
    page = client.get(f"{reverse('accounts:slip_list')}{query}").content.decode()
    (button,) = re.findall(r'<button class="btn btn-primary"[^>]*>([^<]+)', page)
    assert primary in button
