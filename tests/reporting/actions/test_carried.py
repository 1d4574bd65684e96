import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry
from reporting.actions.carried import write_carried_item
from tests.world import build_world

pytestmark = pytest.mark.django_db


def test_an_item_is_written_down_once_word_for_word() -> None:
    world = build_world()
    facts = {"origin": 7, "origin_year": 2025, "text": "承诺建***个。", "measure": "**", "due_text": "X月底前"}
    item = write_carried_item(world.reporter, **facts, by=world.user("clerk"))
    again = write_carried_item(world.reporter, **{**facts, "text": "变了"}, by=world.user("clerk"))
    assert again == item
    item.refresh_from_db()
    assert (item.position, item.text, item.measure, item.due_text, item.status) == (
        1,
        "承诺建***个。",
        "**",
        "X月底前",
        "",
    )
    assert AuditEntry.objects.of(world.reporter).get().verb == "结转上年度事项"
    with pytest.raises(PermissionDenied):
        write_carried_item(world.reporter, **facts, by=world.user("secretary"))
