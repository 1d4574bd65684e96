import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts.actions.emails import change_email
from accounts.models import AuditEntry, User
from tests.world import World

pytestmark = pytest.mark.django_db


def test_everybody_sets_and_takes_back_the_own_address(world: World, client: Client) -> None:
    user = world.user("secretary")
    client.force_login(user)
    page = reverse("accounts:email_edit")
    assert "请填写完整的邮箱地址" in client.post(page, {"email": "张某"}).content.decode()
    assert client.post(page, {"email": "zhang@example.org"}).status_code == 302
    assert User.objects.get(pk=user.pk).email == "zhang@example.org"
    assert "zhang@example.org" in client.get(page).content.decode()
    client.post(page, {"email": ""})
    verbs = AuditEntry.objects.of(user.person).filter(verb__contains="邮箱").values_list("verb", flat=True)
    assert list(verbs) == ["取消邮箱", "登记邮箱"]


def test_nobody_elses(world: World) -> None:
    with pytest.raises(PermissionDenied):
        change_email(world.user("secretary"), email="x@example.org", by=world.user("clerk"))
