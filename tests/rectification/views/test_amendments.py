import pytest
from django.test import Client
from django.urls import reverse

from rectification.models import Amendment, RectificationItem
from rectification.rules.items import ListState
from tests.rectification.rows import make_list
from tests.rectification.views.test_items import form
from tests.world import World

pytestmark = pytest.mark.django_db


def signed_in(world: World, role: str) -> Client:
    client = Client()
    client.force_login(world.user(role))
    return client


@pytest.fixture
def item(world: World) -> RectificationItem:
    return make_list(world.reporter, ListState.COMMITTED, items=1).items.get()


def test_asked_on_one_page_decided_on_another(world: World, item: RectificationItem) -> None:
    staff, clerk = signed_in(world, "staff"), signed_in(world, "clerk")
    address = reverse("rectification:amendment_create", args=[item.pk])
    assert "每季度专题研究一次" in staff.get(address).content.decode()
    typed = form(1, "改成每月一次", target_operator="ge", target_value="XX", target_unit="次", parties="协同：县民政局")
    response = staff.post(address, typed)
    assert "请填写此项" in response.content.decode()  # the reason
    assert "改成每月一次" in response.content.decode()
    assert staff.post(address, typed | {"reason": "群众要求"}).status_code == 302
    amendment = Amendment.objects.get()
    page = reverse("rectification:amendment_show", args=[amendment.pk])
    html = clerk.get(page).content.decode()
    assert all(words in html for words in ("改成每月一次", "不少于XX次", "协同责任：县民政局", "群众要求"))
    assert "请写明意见" in clerk.post(page, {"verb": "refuse", "opinion": ""}).content.decode()
    assert clerk.post(page, {"verb": "approve", "opinion": "同意"}).status_code == 302
    item.refresh_from_db()
    assert (item.measures.get().text, item.quantity, str(item.parties.get())) == (
        "改成每月一次",
        "不少于XX次",
        "协同责任：县民政局",
    )
    assert "<ins>" in staff.get(reverse("rectification:item_show", args=[item.pk])).content.decode()


def test_unreadable_parties_are_told_and_stay(world: World, item: RectificationItem) -> None:
    address = reverse("rectification:amendment_create", args=[item.pk])
    response = signed_in(world, "staff").post(address, form(1, "措施", parties="县民政局", reason="x"))
    assert "看不懂" in response.content.decode()
    assert not Amendment.objects.exists()
