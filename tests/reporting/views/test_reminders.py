from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from reporting.actions import reminders as deeds
from reporting.models import Reminder, Robot
from tests.factories import make_organization, make_reporter
from tests.reporting.rows import hand_in
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(deeds, "wake", lambda *_: None)
    return build_world()


@pytest.fixture
def clerk(world: World, client: Client) -> Client:
    client.force_login(world.user("clerk"))
    return client


def page(world: World, kind: str = "report") -> str:
    return reverse("reporting:reminder_create", args=[world.cycle.pk, kind])


def test_the_exact_list_with_names_is_shown_before_sending(world: World, clerk: Client) -> None:
    hand_in(world.other_reporter, by=world.user("other_secretary"))
    make_reporter(world.cycle, make_organization("丙乡党委", world.county, code="X9"))
    words = clerk.get(page(world)).content.decode()
    assert "还没有办完的 2 个单位" in words
    assert "甲乡党委（X1）" in words
    assert "张某、李某" in "".join(words.split())
    assert "没有账号，请电话通知" in words
    assert "乙镇党委（X2）" not in words
    assert "内容不会发到系统以外" in words


def test_the_button_is_on_the_board_and_a_double_click_sends_once(world: World, clerk: Client) -> None:
    assert page(world) in clerk.get(reverse("reporting:cycle_show", args=[world.cycle.pk])).content.decode()
    data = {"organizations": [world.township.pk]}
    assert clerk.post(page(world), data).url == reverse("reporting:reminder_list", args=[world.cycle.pk])
    words = clerk.post(page(world), data).content.decode()
    assert "今天已经提醒过" in words
    assert Reminder.objects.count() == 2
    words = clerk.get(reverse("reporting:reminder_list", args=[world.cycle.pk])).content.decode()
    assert "已送达" in words
    assert "赵某" in words


def test_nothing_ticked_and_a_stranger_are_told_plainly(world: World, clerk: Client) -> None:
    assert "请至少勾选一个单位。" in clerk.post(page(world), {}).content.decode()
    words = clerk.post(page(world), {"organizations": ["999"]}).content.decode()
    assert "请核对最新名单后再发" in words
    assert clerk.post(page(world), {"organizations": ["x"]}).status_code == 200
    assert clerk.get(page(world, "nothing")).status_code == 404
    assert not Reminder.objects.exists()


def test_the_robots_address_is_checked_and_not_shown_again(world: World, clerk: Client, settings: Any) -> None:
    url = reverse("reporting:robot_edit", args=[world.county.pk])
    data = {"kind": "dingtalk", "url": "https://oapi.dingtalk.com/robot/send?access_token=secret9", "is_active": "on"}
    assert "服务器没有开放对oapi.dingtalk.com的访问" in clerk.post(url, data | {"seen": 0}).content.decode()
    settings.REMINDER_ROBOT_HOSTS = ["oapi.dingtalk.com"]
    for wrong in ("file:///etc/passwd", "https://[", "钉钉", ""):
        assert clerk.post(url, data | {"seen": 0, "url": wrong}).status_code == 200
    assert not Robot.objects.exists()
    assert clerk.post(url, data | {"seen": 0}).status_code == 302
    words = clerk.get(url).content.decode()
    assert "ret9" in words
    assert "secret9" not in words
    assert clerk.post(url, data | {"seen": 0}).status_code == 409
    assert clerk.post(url, {"kind": "dingtalk", "url": "", "seen": 1}).status_code == 302
    assert Robot.objects.get().url.endswith("secret9")


def test_the_record_needs_the_same_queries_for_one_and_for_many(
    world: World, clerk: Client, django_assert_max_num_queries: Any
) -> None:
    clerk.post(page(world), {"organizations": [world.other_township.pk]})
    url = reverse("reporting:reminder_list", args=[world.cycle.pk])
    clerk.get(url)
    with django_assert_max_num_queries(20) as one:
        clerk.get(url)
    reminder = Reminder.objects.get()
    for day in range(1, 11):
        reminder.pk, reminder.day = None, f"2026-11-{day:02}"
        reminder._state.adding = True
        reminder.save()
    with django_assert_max_num_queries(len(one)):
        assert clerk.get(url).context["page_obj"].paginator.count == 11
    assert clerk.get(url, {"q": "没有这个", "state": "failed"}).context["page_obj"].paginator.count == 0


def test_who_was_told_today_is_not_ticked_again(world: World, clerk: Client) -> None:
    clerk.post(page(world), {"organizations": [world.township.pk]})
    words = clerk.get(page(world)).content.decode()
    assert "已经提醒过 1 个单位" in words
    assert f'value="{world.township.pk}" id="unit-{world.township.pk}">' in words
    assert f'value="{world.other_township.pk}" id="unit-{world.other_township.pk}" checked>' in words


@pytest.mark.parametrize("kind", ["task", "letter", "due_report"])
def test_the_work_of_the_year_has_its_lists_too(world: World, clerk: Client, kind: str) -> None:
    assert "没有需要催报的单位" in clerk.get(page(world, kind)).content.decode()
