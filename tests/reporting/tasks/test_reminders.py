"""Sending: by e-mail, to a robot that is a real server on this machine, and what happens when they fail."""

import datetime as dt
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from accounts.models import User
from reporting.actions import reminders as deeds
from reporting.actions.reminders import save_robot, send_reminders
from reporting.models import Reminder, Robot
from reporting.rules.reminders import MOST_ATTEMPTS, OwedKind
from reporting.tasks.reminders import UNKNOWN_WHETHER_SENT, send_waiting_reminders
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


class Group:
    """A chat group: what it was sent, and what it answers next."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.status = 200
        self.url = ""
        self.answer: bytes = b'{"errcode": 0, "errmsg": "ok"}'


@pytest.fixture
def group() -> Iterator[Group]:
    group = Group()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            group.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(group.status)
            if group.status == 302:
                self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.end_headers()
            self.wfile.write(group.answer)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    group.url = f"http://127.0.0.1:{server.server_port}/send?key=k"
    yield group
    server.shutdown()
    server.server_close()


@pytest.fixture
def world(settings: Any, monkeypatch: pytest.MonkeyPatch, group: Group) -> World:
    world = build_world()
    monkeypatch.setattr(deeds, "wake", lambda *_: None)
    settings.REMINDER_EMAIL = True
    settings.SITE_ADDRESS = "https://office.example"
    settings.REMINDER_ROBOT_HOSTS = ["127.0.0.1"]
    User.objects.filter(pk=world.user("secretary").pk).update(email="zhang@example.org")
    save_robot(world.county, kind="dingtalk", url=group.url, is_active=True, seen=0, by=world.user("clerk"))
    send_reminders(world.cycle, kind=OwedKind.REPORT, by=world.user("clerk"))
    return world


def state_of(channel: str) -> tuple[str, int, str]:
    row = Reminder.objects.get(channel=channel)
    return row.state, row.attempts, row.error


def later() -> None:
    Reminder.objects.update(next_at=timezone.now() - dt.timedelta(seconds=1))


def test_each_is_sent_once_however_often_workers_look(world: World, group: Group) -> None:
    send_waiting_reminders()
    later()
    send_waiting_reminders()
    assert (state_of("email"), state_of("robot")) == (("sent", 1, ""), ("sent", 1, ""))
    message = mail.outbox[0]
    assert (len(mail.outbox), message.to, message.subject) == (1, ["zhang@example.org"], "述职报告催报 甲乡党委")
    assert message.body.endswith(f"https://office.example/reports/{world.reporter.pk}/edit/")
    assert len(group.got) == 1
    assert group.got[0]["msgtype"] == "text"
    assert "以下2个单位述职报告还没有报送" in group.got[0]["text"]["content"]


@pytest.mark.parametrize(
    ("status", "answer", "error"),
    [
        (200, b'{"errcode": 93000, "errmsg": "invalid webhook url"}', "群机器人拒绝：invalid webhook url"),
        (500, b"", "群机器人回答HTTP 500"),
        (302, b"", "群机器人回答HTTP 302"),
        (200, b"<html>", "群机器人没有应答：JSONDecodeError"),
        (200, b"[]", "群机器人拒绝："),
    ],
)
def test_a_refusal_is_kept_and_tried_again_with_a_limit(
    world: World, group: Group, status: int, answer: bytes, error: str
) -> None:
    group.status, group.answer = status, answer
    send_waiting_reminders()
    assert state_of("robot") == ("queued", 1, error)
    send_waiting_reminders()
    assert state_of("robot") == ("queued", 1, error)  # not before its time
    for _ in range(MOST_ATTEMPTS):
        later()
        send_waiting_reminders()
    assert state_of("robot") == ("failed", MOST_ATTEMPTS, error)
    assert len(group.got) == MOST_ATTEMPTS


@pytest.mark.usefixtures("world")
def test_a_worker_killed_while_sending_is_not_repeated(group: Group) -> None:
    Reminder.objects.filter(channel="robot").update(
        state="sending", attempts=1, next_at=timezone.now() - dt.timedelta(seconds=1)
    )
    send_waiting_reminders()
    assert (state_of("robot"), group.got) == (("failed", 1, UNKNOWN_WHETHER_SENT), [])


class Away(BaseEmailBackend):
    def send_messages(self, messages: Any) -> int:
        raise ConnectionRefusedError("111")


@pytest.mark.usefixtures("world")
def test_a_mail_server_that_is_away(settings: Any) -> None:
    settings.EMAIL_BACKEND = "tests.reporting.tasks.test_reminders.Away"
    send_waiting_reminders()
    assert state_of("email") == ("queued", 1, "邮件服务器没有接受：111")


def test_nothing_leaves_once_it_is_switched_off(world: World, group: Group, settings: Any) -> None:
    settings.REMINDER_EMAIL = False
    settings.REMINDER_ROBOT_HOSTS = []
    send_waiting_reminders()
    assert (mail.outbox, group.got) == ([], [])
    assert state_of("email")[0] == "queued"
    assert "没有启用群机器人" in state_of("robot")[2]


@pytest.mark.usefixtures("world")
def test_a_robot_that_is_not_there(group: Group, settings: Any) -> None:
    Robot.objects.update(url="http://127.0.0.1:9/send")
    send_waiting_reminders()
    assert state_of("robot") == ("queued", 1, "群机器人没有应答：URLError")
