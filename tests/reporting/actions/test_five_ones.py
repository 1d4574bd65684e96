import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry
from common.conflicts import StaleRevision
from reporting.actions.five_ones import save_five_ones
from reporting.models import DutyReport, SchemeTask
from reporting.rules.cycles import CyclePhase
from reporting.rules.refusals import CycleClosed
from tests.factories import make_organization
from tests.reporting.rows import add_part_sections
from tests.world import World

pytestmark = pytest.mark.django_db

DONE = {"text": "培树***支部", "is_done": True, "evidence": "照片"}


@pytest.fixture
def tasks(world: World) -> list[SchemeTask]:
    names = ("培树典型", "包抓软弱涣散党组织")
    return [world.cycle.scheme.tasks.create(name=name, position=n) for n, name in enumerate(names)]


def test_what_is_done_is_counted_and_goes_into_the_report(world: World, tasks: list[SchemeTask]) -> None:
    add_part_sections(world.cycle)
    report = DutyReport.objects.create(reporter=world.reporter)
    assert report.content.five_ones == ()
    records = {tasks[0].pk: DONE, tasks[1].pk: {"text": "去了X次", "is_done": False, "evidence": ""}, 0: DONE}
    sheet = save_five_ones(world.cycle, organization=world.township, records=records, seen=0, by=world.user("staff"))
    assert [(row.task.name, row.is_done) for row in sheet.rows(tasks)] == [
        ("培树典型", True),
        ("包抓软弱涣散党组织", False),
    ]
    content = DutyReport.objects.get().content
    assert (content.five_ones_done, len(content.five_ones), content.five_ones[0].text) == (1, 2, "培树***支部")
    assert type(content).from_json(content.to_json()) == content
    assert AuditEntry.objects.of(sheet).get().verb == "填写“五个一”"


def test_own_writers_only_against_a_revision_and_in_a_running_year(world: World, tasks: list[SchemeTask]) -> None:
    records = {tasks[0].pk: DONE}
    for role in ("clerk", "other_secretary"):
        with pytest.raises(PermissionDenied):
            save_five_ones(world.cycle, organization=world.township, records=records, seen=0, by=world.user(role))
    village = make_organization("某村党支部", world.township)
    with pytest.raises(PermissionDenied):
        save_five_ones(world.cycle, organization=village, records=records, seen=0, by=world.user("secretary"))
    save_five_ones(world.cycle, organization=world.township, records=records, seen=0, by=world.user("staff"))
    with pytest.raises(StaleRevision):
        save_five_ones(world.cycle, organization=world.township, records={}, seen=0, by=world.user("secretary"))
    world.cycle.phase = CyclePhase.CLOSED
    world.cycle.save()
    with pytest.raises(CycleClosed):
        save_five_ones(world.cycle, organization=world.township, records={}, seen=2, by=world.user("staff"))
