"""Nobody is led to a closed door: every link that a person of the demo is shown opens for that person."""

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings

from accounts.models import User
from overview.demo.logins import demo_logins

pytestmark = pytest.mark.django_db

EACH_KIND = 3  # a meeting that is over differs from one that is planned
LINK = re.compile(r'<a [^>]*?href="(/[^"#]*)')
USERNAMES = [login["username"] for login in demo_logins()]


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Loaded once for all its people, who only look; where its files lie."""
    files = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(MEDIA_ROOT=files):
            call_command("load_demo", verbosity=0)
        yield files
        transaction.set_rollback(True)


@pytest.mark.parametrize("username", USERNAMES)
def test_every_link_opens(demo: Path, settings: Any, username: str) -> None:
    settings.MEDIA_ROOT = demo
    client = Client()
    client.force_login(User.objects.get(username=username))
    waiting = ["/"]
    opened: set[str] = set()
    kinds: Counter[str] = Counter()
    closed = {}
    for address in waiting:  # which grows while it is read
        kind = re.sub(r"\d+", "N", address.partition("?")[0])
        if address in opened or kinds[kind] == EACH_KIND:
            continue
        opened.add(address)
        kinds[kind] += 1
        answer = client.get(address, follow=True)
        if answer.status_code != 200:
            closed[address] = answer.status_code
        elif answer.headers["Content-Type"].startswith("text/html"):
            waiting += map(unescape, LINK.findall(answer.content.decode()))
        elif answer.streaming:
            assert b"".join(answer.streaming_content)  # a file is there, and is closed
    assert not closed
    assert len(opened) > 5
