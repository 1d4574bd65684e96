import pytest
from django.core.exceptions import PermissionDenied

from common.conflicts import StaleRevision
from reporting.actions.cycles import create_cycle
from reporting.actions.scheme_lists import edit_scheme_lists
from reporting.actions.schemes import freeze_scheme
from reporting.models import DutyReport
from reporting.rules.refusals import SchemeFrozen, SchemeInvalid
from tests.world import World, build_world

pytestmark = pytest.mark.django_db

LISTS = {
    "figures": [{"name": "调研", "unit": "次", "source": "research"}],
    "tasks": [{"name": "办一件实事", "guidance": ""}],
    "questions": [{"text": "看看自己？"}],
}


@pytest.fixture
def world() -> World:
    return build_world()


def test_lists_are_replaced_and_next_year_starts_from_them(world: World) -> None:
    scheme = world.cycle.scheme
    with pytest.raises(PermissionDenied):
        edit_scheme_lists(scheme, lists=LISTS, seen=1, by=world.user("secretary"))
    edit_scheme_lists(scheme, lists=LISTS, seen=1, by=world.user("clerk"))
    with pytest.raises(StaleRevision):
        edit_scheme_lists(scheme, lists=LISTS, seen=1, by=world.user("clerk"))
    kept = {"id": scheme.tasks.get().pk, "name": "改名", "guidance": "写明"}
    changed = {"figures": [], "tasks": [{"name": "又一件", "guidance": ""}, kept], "questions": []}
    edit_scheme_lists(scheme, lists=changed, seen=2, by=world.user("clerk"))
    assert [(row.pk == kept["id"], row.name) for row in scheme.tasks.all()] == [(False, "又一件"), (True, "改名")]
    following = create_cycle(world.county, year=2027, source=scheme, by=world.user("clerk"))
    assert [row.name for row in following.scheme.tasks.all()] == ["又一件", "改名"]
    assert not following.scheme.figures.exists()


def test_frozen_with_the_scheme_and_what_was_filled_in_stays(world: World) -> None:
    scheme = world.cycle.scheme
    edit_scheme_lists(scheme, lists=LISTS, seen=1, by=world.user("clerk"))
    report = DutyReport.objects.create(reporter=world.reporter)
    report.figures.create(figure=scheme.figures.get(), value="12")
    with pytest.raises(SchemeInvalid, match="已有单位填写"):
        edit_scheme_lists(scheme, lists=LISTS | {"figures": []}, seen=2, by=world.user("clerk"))
    freeze_scheme(scheme, "报送了报告", by=None)
    with pytest.raises(SchemeFrozen):
        edit_scheme_lists(scheme, lists=LISTS, seen=2, by=world.user("clerk"))
