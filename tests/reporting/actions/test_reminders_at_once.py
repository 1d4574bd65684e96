"""Two clicks at the same moment, on the database that servers use."""

import threading

import pytest
from django.db import connection

from accounts.models import Notice
from reporting.actions import reminders as deeds
from reporting.actions.reminders import send_reminders
from reporting.models import Reminder
from reporting.rules.refusals import ReminderRefused
from reporting.rules.reminders import OwedKind
from tests.world import build_world


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs real row locks")
def test_a_double_click_reminds_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deeds, "wake", lambda *_: None)
    world = build_world()
    barrier = threading.Barrier(4)
    answers: list[str] = []

    def click() -> None:
        barrier.wait()
        try:
            send_reminders(world.cycle, kind=OwedKind.REPORT, by=world.user("clerk"))
            answers.append("sent")
        except ReminderRefused:
            answers.append("refused")
        finally:
            connection.close()

    clicks = [threading.Thread(target=click) for _ in range(4)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert sorted(answers) == ["refused", "refused", "refused", "sent"]
    assert (Reminder.objects.count(), Notice.objects.filter(text__startswith="【催报】").count()) == (3, 3)
