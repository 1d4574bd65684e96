import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry, Domain, User
from accounts.rules.roles import Role
from common.conflicts import StaleRevision
from reporting.actions.cycles import create_cycle
from reporting.actions.scheme_lists import edit_scheme_lists
from reporting.actions.schemes import freeze_scheme
from reporting.forms.scheme_lists import FigureForm
from reporting.models import DutyReport
from reporting.rules.indicators import Standard
from reporting.rules.presets import PRESETS
from reporting.rules.refusals import SchemeFrozen, SchemeInvalid
from tests.factories import make_user
from tests.world import World

pytestmark = pytest.mark.django_db

LISTS = {
    "figures": [{"name": "调研", "unit": "次", "source": "research"}],
    "tasks": [{"name": "办一件实事", "guidance": ""}],
    "questions": [{"text": "看看自己？"}],
}


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


def test_what_is_asked_of_a_figure_goes_over_to_next_year_and_a_new_name_keeps_its_past(world: World) -> None:
    scheme, clerk = world.cycle.scheme, world.user("clerk")
    asked = {"operator": "at_least", "threshold": "12", "domain": Domain.objects.get(code="rural"), "period": "全年"}
    edit_scheme_lists(scheme, lists=LISTS | {"figures": [LISTS["figures"][0] | asked]}, seen=1, by=clerk)
    figure = scheme.figures.get()
    renamed = {"id": figure.pk, "name": "到基层调研", "unit": "次", "source": "research"} | asked
    edit_scheme_lists(scheme, lists=LISTS | {"figures": [renamed]}, seen=2, by=clerk)
    again = renamed | {"name": "调查研究"}
    edit_scheme_lists(scheme, lists=LISTS | {"figures": [again]}, seen=3, by=clerk)
    following = create_cycle(world.county, year=2027, source=scheme, by=clerk).scheme.figures.get()
    assert (following.name, following.identity, following.domain.code) == ("调查研究", "调研", "rural")
    assert following.standard == Standard("次", "at_least", "12")
    entry = AuditEntry.objects.of(scheme).filter(verb="修改数据和清单").latest("pk")
    assert (entry.before["figures"][0]["name"], entry.after["figures"][0]["threshold"]) == ("到基层调研", "12")


def test_the_village_preset_brings_its_indicators_masked(world: World) -> None:
    scheme = create_cycle(world.township, year=2026, source=PRESETS["township"], by=clerk_of(world)).scheme
    told = {figure.name: figure.standard.told for figure in scheme.figures.exclude(operator="")}
    assert len(told) == 11
    assert told["村干部基本报酬和村级办公经费合计"] == "不低于XX万元"
    assert told["村级组织运转经费"] == "不低于上年度"
    assert told["村党组织书记报酬"] == "不低于XX元的**倍"
    assert scheme.figures.filter(domain__code="community").count() == 3


def clerk_of(world: World) -> User:
    return make_user(Role.ORGANIZATION_DEPARTMENT, world.township)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"operator": "at_least", "threshold": ""}, "threshold"),
        ({"operator": "at_least", "threshold": "尽量多"}, "threshold"),
        ({"operator": "times", "threshold": "2", "base": " "}, "base"),
        ({"operator": "", "threshold": "12"}, "operator"),
        ({"operator": "at_least", "threshold": "XX"}, ""),
        ({"operator": "last_year", "threshold": ""}, ""),
        ({"operator": "times", "threshold": "**", "base": "平均工资"}, ""),
        ({"operator": "", "threshold": ""}, ""),
    ],
)
def test_a_standard_is_whole_or_said_what_is_missing(facts: dict[str, str], field: str) -> None:
    form = FigureForm({"name": "调研", "unit": "次", **facts})
    assert list(form.errors) == ([field] if field else [])
