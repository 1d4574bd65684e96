import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common import clock
from rectification.models import Bulletin, Fulfilment, Inspection, LadderStep, RectificationItem
from rectification.models.usual_performance import ListRecord, evidence_for, evidence_of
from rectification.rules.items import ItemState, ListState
from reporting.models import CarriedItem, DutyEntry, Project
from tests.factories import make_cycle, make_reporter
from tests.rectification.rows import make_item, make_list, make_progress
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    """2025's list of 甲乡 as worked on in 2026; one inspection in 2026 and one before it."""
    monkeypatch.setattr(clock, "today", lambda: dt.date(2026, 11, 21))
    built = build_world()
    shown = make_list(make_reporter(make_cycle(built.county, 2025), built.township), ListState.COMMITTED, items=0)
    make_progress(make_item(shown, due_date=dt.date(2026, 11, 20)))
    make_item(shown, state=ItemState.APPLIED, due_date=dt.date(2026, 12, 31))
    make_progress(make_item(shown, state=ItemState.CLOSED))
    make_item(shown, state=ItemState.CLOSED, kind="standing")
    CarriedItem.objects.create(reporter=built.reporter, text="x", status="unfinished", explanation="正在办")
    for date in (dt.date(2026, 1, 1), dt.date(2026, 12, 31), dt.date(2025, 12, 31)):
        Inspection.objects.create(
            committee=built.county,
            organization=built.township,
            date=date,
            findings="x",
            by=built.user("supervision"),
        )
    return built


def test_the_years_records_of_an_organization(world: World) -> None:
    found = evidence_of(world.township, world.cycle)
    assert found.lists == [
        ListRecord(year=2025, total=4, closed=2, applied=1, unfinished=2, standing=1, overdue=1, carried=0, reported=2)
    ]
    assert [row.explanation for row in found.carried_items] == ["正在办"]
    assert [row.date for row in found.inspections] == [dt.date(2026, 12, 31), dt.date(2026, 1, 1)]
    assert not found.is_empty


def test_an_organization_without_records(world: World) -> None:
    assert evidence_of(world.other_township, world.cycle).is_empty


def test_many_organizations_cost_what_one_does(world: World) -> None:
    with CaptureQueriesContext(connection) as one:
        evidence_of(world.township, world.cycle)
    with CaptureQueriesContext(connection) as many:
        found = evidence_for([world.township, world.other_township, world.department], world.cycle)
    assert len(many) == len(one) == 13
    assert set(found) == {world.township.pk, world.other_township.pk, world.department.pk}


def test_duty_log_projects_bulletins_and_sheets_stand_beside_the_report(world: World) -> None:
    """The duty log only in numbers: its entries are working notes of those who write them."""
    secretary = world.user("secretary")
    post = world.township.first_responsible
    for count in ("3", "", "多次"):
        DutyEntry.objects.create(
            organization=world.township,
            post=post,
            year=2026,
            kind="lecture",
            subject="x",
            count_text=count,
            by=secretary,
        )
    Project.objects.create(cycle=world.cycle, organization=world.township, title="联建", state="approved")
    Project.objects.create(cycle=world.cycle, organization=world.township, title="草稿", state="draft")
    bulletin = Bulletin.objects.create(
        cycle=world.cycle, kind="special", title="通报", as_of=dt.date(2026, 6, 1), state="published"
    )
    bulletin.lines.create(organization=world.township, place=2, comment="进展较慢")
    item = RectificationItem.objects.filter(list__reporter__organization=world.township).first()
    at = dt.datetime(2026, 7, 1, tzinfo=dt.UTC)
    LadderStep.objects.create(item=item, level=2, due_date=dt.date(2026, 6, 30), text="催办", at=at)
    found = evidence_of(world.township, world.cycle)
    assert found.duties == [("讲党课", "4次（另有1条没有写明次数）")]
    assert [project.title for project in found.projects] == ["联建"]
    assert [(line.place, line.comment) for line in found.lines] == [(2, "进展较慢")]
    assert [step.sheet_title for step in found.steps] == ["催办单"]


def test_how_promises_were_kept_stands_beside_the_report_once_marked(world: World) -> None:
    assert evidence_of(world.township, world.cycle).kept == ""
    item = RectificationItem.objects.filter(list__reporter__organization=world.township).first()
    Fulfilment.objects.create(item=item, mark="basic", evidence="台账", by=world.user("clerk"), at=clock.now())
    assert "兑现率12.5%" in evidence_of(world.township, world.cycle).kept  # 1 × 50 % of 4
