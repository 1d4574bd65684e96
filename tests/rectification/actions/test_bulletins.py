import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry, Notice
from common import clock
from common.conflicts import StaleRevision
from rectification.actions.bulletins import (
    LineWords,
    create_bulletin,
    edit_bulletin,
    publish_bulletin,
    read_bulletin,
    refresh_bulletin,
)
from rectification.models import Bulletin
from rectification.models.bulletin_figures import figures_of
from rectification.rules.bulletins import Audience, BulletinRefused, Standing
from rectification.rules.items import ItemState, ListState
from reporting.rules.refusals import CycleClosed
from tests.factories import make_cycle, make_organization, make_reporter
from tests.rectification.rows import make_item, make_list
from tests.reporting.rows import accepted_project, make_task
from tests.world import World, build_world

pytestmark = pytest.mark.django_db

FACTS = {"title": "通报", "number": "〔2026〕1号", "opening": "***", "common": "", "closing": "", "has_ranking": True}


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(clock, "today", lambda: dt.date(2026, 7, 8))
    world = build_world()
    last_year = make_reporter(make_cycle(world.county, 2025), world.township)
    work = make_list(last_year, ListState.COMMITTED, items=0)
    make_item(work, state=ItemState.CLOSED)
    make_item(work, due_date=dt.date(2026, 7, 7))
    make_item(work, due_date=dt.date(2026, 7, 8))
    return world


def create(world: World, kind: str = "quarter_2", role: str = "supervision") -> Bulletin:
    return create_bulletin(world.cycle, kind=kind, by=world.user(role))


def test_figures_are_counted_on_the_day(world: World) -> None:
    line = create(world).lines.get(organization=world.township)
    assert (line.item_total, line.item_done, line.item_late, line.standing) == (3, 1, 1, Standing.BEHIND)
    assert line.place == 1  # the other organization has nothing to do


def test_key_tasks_of_the_year_count_too(world: World) -> None:
    task = make_task(world)
    task.assignments.create(organization=world.township, state="done", assigned_on=dt.date(2026, 2, 1))
    line = create(world).lines.get(organization=world.township)
    assert (line.task_total, line.task_done, line.task_late) == (1, 1, 0)


def test_a_project_is_told_of_as_far_as_the_period_goes(world: World) -> None:
    clerk = world.user("clerk")
    project = accepted_project(world.cycle, world.township, by=world.user("secretary"), clerk=clerk)
    for quarter in (1, 2, 3):
        project.progress.create(quarter=quarter, text=f"第{quarter}次进展", by=clerk, at=clock.now())
    told = create(world).lines.get(organization=world.township).projects
    assert told.endswith("：二季度，第2次进展")


def test_a_period_has_one_bulletin_and_special_ones_as_many_as_needed(world: World) -> None:
    create(world)
    with pytest.raises(BulletinRefused, match="已经有了"):
        create(world)
    create(world, "special")
    create(world, "special")
    assert Bulletin.objects.count() == 3


def test_not_before_its_time(world: World) -> None:
    with pytest.raises(BulletinRefused, match="时间还没有到"):
        create(world, "quarter_4")


@pytest.mark.parametrize(
    "role", ["secretary", "staff", "leader", "superior", "attendee", "administrator", "sibling_clerk"]
)
def test_others_draw_up_none(world: World, role: str) -> None:
    with pytest.raises(PermissionDenied):
        create(world, role=role)


def test_a_closed_year_gets_none(world: World) -> None:
    world.cycle.phase = "closed"
    world.cycle.save()
    with pytest.raises(CycleClosed):
        create(world)


def test_words_stay_when_figures_are_counted_anew(world: World) -> None:
    bulletin = create(world)
    line = bulletin.lines.get(organization=world.township)
    edit_bulletin(
        bulletin,
        facts=FACTS,
        words={line.pk: LineWords("***", "抓得紧", is_named=False)},
        seen=1,
        by=world.user("supervision"),
    )
    line.refresh_from_db()
    refreshed = refresh_bulletin(bulletin, by=world.user("clerk"))
    anew = refreshed.lines.get(organization=world.township)
    assert (anew.findings, anew.comment, anew.is_named) == ("***", "抓得紧", False)


def test_the_later_of_two_saves_is_told(world: World) -> None:
    bulletin = create(world)
    edit_bulletin(bulletin, facts=FACTS, words={}, seen=1, by=world.user("clerk"))
    with pytest.raises(StaleRevision):
        edit_bulletin(bulletin, facts=FACTS, words={}, seen=1, by=world.user("supervision"))


def test_published_it_is_frozen_sent_and_read_once(world: World) -> None:
    bulletin = create(world)
    published = publish_bulletin(bulletin, audience=Audience.REPORTERS, by=world.user("supervision"))
    told = set(Notice.objects.values_list("user", flat=True))
    assert {world.user("secretary").pk, world.user("staff").pk, world.user("other_secretary").pk} <= told
    assert world.user("clerk").pk not in told
    for deed in (
        lambda: refresh_bulletin(published, by=world.user("clerk")),
        lambda: edit_bulletin(published, facts=FACTS, words={}, seen=published.revision, by=world.user("clerk")),
        lambda: publish_bulletin(published, audience=Audience.NONE, by=world.user("clerk")),
    ):
        with pytest.raises(BulletinRefused, match="已经印发"):
            deed()
    assert read_bulletin(published, by=world.user("staff")) == 1
    assert read_bulletin(published, by=world.user("secretary")) == 0
    receipt = published.receipts.get(organization=world.township)
    assert receipt.read_by == world.user("staff")
    assert {"拟稿", "印发"} <= set(AuditEntry.objects.of(published).values_list("verb", flat=True))


def test_nobody_to_send_it_to_is_refused(world: World) -> None:
    bulletin = create(world)
    with pytest.raises(BulletinRefused, match="没有单位"):
        publish_bulletin(bulletin, audience=Audience.CHOSEN, by=world.user("clerk"))
    empty = create(world, "special")
    with pytest.raises(BulletinRefused, match="还没有内容"):
        publish_bulletin(empty, audience=Audience.NONE, by=world.user("clerk"))


def test_places_are_compared_with_the_quarter_before(world: World) -> None:
    first = create(world, "quarter_1")
    first.lines.filter(organization=world.township).update(place=5)
    publish_bulletin(first, audience=Audience.LISTED, by=world.user("clerk"))
    assert create(world).lines.get(organization=world.township).place_before == 5


def test_the_number_of_queries_does_not_grow(world: World) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            figures_of(world.cycle, dt.date(2026, 1, 1), dt.date(2026, 6, 30), dt.date(2026, 7, 8))
        return len(captured)

    few = count()
    for _ in range(30):
        make_reporter(world.cycle, make_organization(parent=world.county))
    assert count() == few
