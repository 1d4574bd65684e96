"""The first administrator of an empty server."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import AuditEntry, User
from accounts.rules.roles import Role

FACTS = {
    "organization": "中国共产党某县委员会",
    "code": "3300",
    "name": "王某",
    "username": "admin",
}


@pytest.mark.django_db
def test_the_administrator_can_sign_in_and_must_choose_a_password(client: Client) -> None:
    out = StringIO()
    call_command("set_up_installation", stdout=out, **FACTS)
    match = re.search(r"一次性密码 (\S+)（", out.getvalue())
    assert match
    assert client.post("/login/", {"username": "admin", "password": match[1]}).status_code == 302
    user = User.objects.get()
    assert user.must_change_password
    assert user.holds(Role.ADMINISTRATOR)
    assert set(AuditEntry.objects.values_list("verb", flat=True)) >= {"新增党组织", "新增人员", "开通账号"}


@pytest.mark.django_db
def test_it_refuses_a_server_that_is_in_use() -> None:
    call_command("set_up_installation", stdout=StringIO(), **FACTS)
    with pytest.raises(CommandError, match="已有党组织"):
        call_command("set_up_installation", **FACTS)


@pytest.mark.django_db
def test_a_server_without_accounts_says_how_the_first_is_made(client: Client) -> None:
    out = StringIO()
    call_command("first_steps", stdout=out)
    assert "set_up_installation" in out.getvalue()
    assert "本系统还没有任何账号" in client.get("/login/").content.decode()
    call_command("set_up_installation", stdout=StringIO(), **FACTS)
    later = StringIO()
    call_command("first_steps", stdout=later)
    assert later.getvalue() == ""
    assert "本系统还没有任何账号" not in client.get("/login/").content.decode()
