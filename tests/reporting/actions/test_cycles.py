import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry
from common.conflicts import StaleRevision
from common.flow import TransitionNotAllowed
from reporting.actions.cycles import create_cycle, edit_cycle, fix_order, release_order, set_phase
from reporting.models import Cycle
from reporting.rules.cycles import CyclePhase
from reporting.rules.presets import COUNTY, TWO_CATEGORIES
from reporting.rules.refusals import CycleClosed, CycleExists
from tests.world import World

pytestmark = pytest.mark.django_db


def test_a_preset_becomes_a_complete_scheme(world: World) -> None:
    cycle = create_cycle(world.county, year=2027, theme="组织建设年", source=COUNTY, by=world.user("clerk"))
    scheme = cycle.scheme
    assert [section.heading for section in scheme.sections.all()] == [
        "履行主体责任情况",
        "个人履职情况",
        "主要成绩",
        "书记领办项目推进情况",
        "履职数据",
        "上次承诺兑现",
        "存在问题及原因剖析",
        "下一步措施与承诺",
        "承诺事项",
    ]
    assert [figure.source for figure in scheme.figures.all()][:2] == ["research", "discussion"]
    assert [scheme.tasks.count(), scheme.questions.count()] == [5, 6]
    assert [(row.name, str(row.weight)) for row in scheme.dimensions.all()][:2] == [
        ("工作实效", "25.00"),
        ("履行主体责任", "20.00"),
    ]
    assert [str(row.weight) for row in scheme.categories.all()] == ["50.00", "30.00", "20.00"]
    assert [row.input for row in scheme.components.all()] == ["typed", "typed", "meeting", "typed"]
    assert [str(row.min_score) for row in scheme.grades.all()] == ["90.00", "80.00", "70.00", "0.00"]
    assert (scheme.report_max_characters, scheme.problem_share_min, scheme.list_due_text) == (3000, 33, "会后30日内")
    assert AuditEntry.objects.of(cycle).get().verb == "新建年度"


def test_last_years_scheme_is_copied_without_its_dates(world: World) -> None:
    old = world.cycle.scheme
    cycle = create_cycle(world.county, year=2027, source=old, by=world.user("clerk"))
    assert (cycle.scheme.report_due_text, cycle.scheme.report_due_date) == ("12月15日前", None)
    assert not cycle.scheme.is_frozen
    for part in ("sections", "dimensions", "categories", "components", "grades"):
        copied = [str(row) for row in getattr(cycle.scheme, part).all()]
        assert copied == [str(row) for row in getattr(old, part).all()]
        assert getattr(old, part).count() == len(copied)


def test_one_cycle_for_a_year(world: World) -> None:
    with pytest.raises(CycleExists, match="某县委2026年度的述职评议已经建立"):
        create_cycle(world.county, year=2026, source=COUNTY, by=world.user("clerk"))
    assert Cycle.objects.count() == 1


@pytest.mark.parametrize("role", ["secretary", "leader", "administrator", "sibling_clerk", "superior"])
def test_only_the_own_department_opens_and_moves_a_year(world: World, role: str) -> None:
    user = world.user(role)
    with pytest.raises(PermissionDenied):
        create_cycle(world.county, year=2027, source=TWO_CATEGORIES, by=user)
    with pytest.raises(PermissionDenied):
        edit_cycle(world.cycle, year=2026, theme="", seen=1, by=user)
    with pytest.raises(PermissionDenied):
        set_phase(world.cycle, "open_meeting", by=user)
    with pytest.raises(PermissionDenied):
        fix_order(world.cycle, by=user)


def test_two_who_edit_a_year(world: World) -> None:
    clerk = world.user("clerk")
    cycle = edit_cycle(world.cycle, year=2025, theme="XX年", seen=1, by=clerk)
    assert (cycle.year, cycle.theme, cycle.revision) == (2025, "XX年", 2)
    assert AuditEntry.objects.of(cycle).get().before == {"theme": "", "year": 2026}
    with pytest.raises(StaleRevision):
        edit_cycle(world.cycle, year=2024, theme="", seen=1, by=clerk)


def test_a_phase_follows_its_table(world: World) -> None:
    clerk = world.user("clerk")
    with pytest.raises(TransitionNotAllowed):
        set_phase(world.cycle, "close", by=clerk)
    assert set_phase(world.cycle, "open_meeting", by=clerk).phase == CyclePhase.MEETING
    entry = AuditEntry.objects.of(world.cycle).get()
    assert (entry.before["phase"], entry.after["phase"]) == ("reporting", "meeting")


def test_a_closed_year_does_not_change(world: World) -> None:
    Cycle.objects.update(phase=CyclePhase.CLOSED)
    with pytest.raises(CycleClosed):
        edit_cycle(world.cycle, year=2026, theme="改", seen=1, by=world.user("clerk"))


def test_the_order_is_fixed_once_and_released(world: World) -> None:
    clerk = world.user("clerk")
    first = fix_order(world.cycle, by=clerk).order_fixed_at
    assert fix_order(world.cycle, by=clerk).order_fixed_at == first
    assert not Cycle.objects.get().is_order_open
    assert release_order(world.cycle, by=clerk).is_order_open
    assert [entry.verb for entry in AuditEntry.objects.of(world.cycle)] == ["重新调整述职顺序", "确定述职顺序"]
