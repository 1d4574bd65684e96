"""Where one is signed in: seen, ended by oneself, by the office, by a new password, by the end of the last post."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from accounts.actions.people import end_post, set_account_active
from accounts.models import AuditEntry, SignIn
from common import clock
from tests.world import World

pytestmark = pytest.mark.django_db

PASSWORD = "test-password-2027"
LIST = reverse("accounts:sign_in_list")


def signed_in(username: str = "staff", address: str = "10.1.2.3") -> Client:
    client = Client(REMOTE_ADDR=address, headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/115.0"})
    assert client.post(reverse("accounts:login"), {"username": username, "password": PASSWORD}).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get(LIST).status_code == 200


def test_a_person_sees_where_the_account_is_signed_in(world: World) -> None:
    signed_in(address="10.9.9.9")
    page = signed_in().get(LIST).content.decode()
    assert page.count("Windows 电脑，火狐浏览器") >= 2
    assert "10.9.9.9" in page
    assert page.count("本机</span>") == 1


def test_one_place_is_ended(world: World) -> None:
    other, here = signed_in(address="10.9.9.9"), signed_in()
    there = SignIn.objects.get(address="10.9.9.9")
    assert here.post(reverse("accounts:sign_in_end", args=[there.pk])).status_code == 302
    assert (is_in(here), is_in(other)) == (True, False)
    assert AuditEntry.objects.get(verb="退出一处登录").note == "Windows 电脑，火狐浏览器 10.9.9.9"


def test_all_others_are_ended_and_this_one_stays(world: World) -> None:
    others, here = [signed_in(), signed_in()], signed_in()
    page = here.post(reverse("accounts:sign_in_end_others"), follow=True).content.decode()
    assert "已退出其他 2 处登录" in page
    assert [is_in(each) for each in [*others, here]] == [False, False, True]


def test_nobody_ends_what_is_not_his(world: World) -> None:
    victim, stranger = signed_in(), signed_in("secretary")
    there = SignIn.objects.get(user=world.user("staff"))
    assert stranger.post(reverse("accounts:sign_in_end", args=[there.pk])).status_code == 404
    assert is_in(victim)


def test_signing_out_takes_the_line_along(world: World) -> None:
    client = signed_in()
    client.post(reverse("accounts:logout"))
    assert not SignIn.objects.live().exists()


def test_a_new_password_ends_the_others_and_keeps_this_one(world: World) -> None:
    other, here = signed_in(), signed_in()
    typed = {"old_password": PASSWORD, "new_password1": "qing-xi-2027", "new_password2": "qing-xi-2027"}
    assert here.post(reverse("accounts:password_change"), typed).status_code == 302
    assert (is_in(here), is_in(other)) == (True, False)
    assert "本机</span>" in here.get(LIST).content.decode()
    assert SignIn.objects.count() == 1


def test_the_office_signs_somebody_out_everywhere(world: World) -> None:
    holder, clerk = signed_in(), signed_in("clerk")
    account = world.user("staff")
    page = clerk.get(reverse("accounts:person_show", args=[account.person_id])).content.decode()
    assert "现在 1 处" in page
    assert clerk.post(reverse("accounts:account_sign_out", args=[account.pk])).status_code == 302
    assert not is_in(holder)
    assert AuditEntry.objects.of(account.person).get(verb="强制退出登录").actor == world.user("clerk")


def test_the_end_of_the_last_post_and_a_closed_account_end_every_session(world: World) -> None:
    staff, other = signed_in(), signed_in("other_secretary")
    yesterday = clock.today() - dt.timedelta(days=1)
    end_post(world.user("staff").person.posts.get(), end=yesterday, by=world.user("clerk"))
    set_account_active(world.user("other_secretary"), active=False, by=world.user("clerk"))
    assert (is_in(staff), is_in(other)) == (False, False)
    assert not SignIn.objects.exists()


def test_the_end_of_one_of_two_posts_ends_nothing(world: World) -> None:
    staff = world.user("staff")
    post = staff.person.posts.get()
    staff.person.posts.create(organization=world.other_township, title="干事", role="staff", start=post.start)
    client = signed_in()
    end_post(post, end=clock.today() - dt.timedelta(days=1), by=world.user("clerk"))
    assert is_in(client)
