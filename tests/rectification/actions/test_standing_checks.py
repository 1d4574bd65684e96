import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from common import clock
from rectification.actions.standing_checks import check_item
from rectification.models import RectificationItem, StandingCheck
from rectification.rules.items import ListState
from rectification.rules.standing_checks import StandingCheckRefused
from tests.rectification.rows import make_item, make_list
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(clock, "today", lambda: dt.date(2026, 5, 20))
    return build_world()


@pytest.fixture
def item(world: World) -> RectificationItem:
    return make_item(make_list(world.reporter, ListState.COMMITTED, items=0), kind="standing", due_text="")


def check(world: World, item: RectificationItem, by: str = "clerk", **facts: object) -> StandingCheck:
    facts = {"year": 2026, "quarter": 2, "outcome": "kept", "note": "三会一课正常"} | facts
    return check_item(item, **facts, by=world.user(by))  # type: ignore[arg-type]


def test_once_a_quarter_by_somebody_else(world: World, item: RectificationItem) -> None:
    assert check(world, item, by="supervision").outcome == "kept"
    with pytest.raises(StandingCheckRefused, match="已经检查过"):
        check(world, item)
    with pytest.raises(StandingCheckRefused, match="还没有到"):
        check(world, item, quarter=3)
    with pytest.raises(StandingCheckRefused, match="请写明"):
        check(world, item, quarter=1, note="")
    for role in ("secretary", "leader", "sibling_clerk"):
        with pytest.raises(PermissionDenied):
            check(world, item, by=role, quarter=1)


def test_a_dated_item_has_its_deadline_instead(world: World, item: RectificationItem) -> None:
    RectificationItem.objects.update(kind="dated")
    with pytest.raises(StandingCheckRefused, match="长期坚持"):
        check(world, item)
