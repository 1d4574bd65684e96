import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry, Notice
from common import clock
from common.conflicts import StaleRevision
from reporting.actions.task_assignments import TargetRow, assign_tasks, edit_targets, report_task
from reporting.models import TaskAssignment
from reporting.rules.key_tasks import Lag, TaskState
from reporting.rules.refusals import TaskRefused
from tests.reporting.rows import make_task, noon, tell
from tests.world import World

pytestmark = pytest.mark.django_db


def test_tasks_are_given_to_many_and_each_is_told_once(world: World) -> None:
    first, second = make_task(world), make_task(world)
    there = [world.township, world.other_township]
    made = assign_tasks(world.cycle, tasks=[first, second], organizations=there, by=world.user("clerk"))
    assert len(made) == 4
    told = Notice.objects.filter(user=world.user("secretary"))
    assert [notice.text for notice in told] == ["某县委布置了2026年度重点任务2项，请查看目标和时限，按季度填报进展。"]
    assert [entry.after for entry in AuditEntry.objects.of(first).filter(verb="分配任务")] == [
        {"organizations": ["X1", "X2"]}
    ]


def test_who_has_a_task_keeps_it_as_it_is(world: World) -> None:
    task = make_task(world, organizations=[world.township])
    task.assignments.update(target="自己的", state=TaskState.DONE)
    both = [world.township, world.other_township]
    made = assign_tasks(world.cycle, tasks=[task], organizations=both, by=world.user("clerk"))
    assert [each.organization for each in made] == [world.other_township]
    kept = task.assignments.get(organization=world.township)
    assert (kept.target, kept.state) == ("自己的", TaskState.DONE)


def test_only_direct_subordinates_are_given_tasks(world: World) -> None:
    with pytest.raises(TaskRefused, match="不是某县委的直属下级"):
        assign_tasks(world.cycle, tasks=[make_task(world)], organizations=[world.sibling], by=world.user("clerk"))
    assert not TaskAssignment.objects.exists()


def test_one_task_different_target_and_deadline(world: World) -> None:
    """S-35: 三县要在今年全面建成投用，XX区要在XX年全面建成投用."""
    task = make_task(
        world,
        organizations=[world.township, world.other_township],
        target="2026年内建成",
        due_text="2026年底",
        due_date=dt.date(2026, 12, 31),
    )
    own = task.assignments.get(organization=world.township)
    edit_targets(task, rows=[TargetRow(own, "要在XX年全面建成投用", "XX年")], seen=1, by=world.user("clerk"))
    shown = {each.organization.code: (each.shown_target, str(each.deadline)) for each in task.assignments.all()}
    assert shown == {"X1": ("要在XX年全面建成投用", "XX年"), "X2": ("2026年内建成", "2026年底")}
    with clock.at(noon(2027, 6, 1)):
        assert [each.organization for each in TaskAssignment.objects.overdue(clock.today())] == [world.other_township]
        own.refresh_from_db()
        assert own.due_state == "undated"


def test_a_task_is_taken_back_unless_progress_was_told(world: World) -> None:
    task = make_task(world, organizations=[world.township, world.other_township])
    first, second = task.assignments.order_by("organization__code")
    edit_targets(task, rows=[TargetRow(second, is_removed=True)], seen=1, by=world.user("clerk"))
    assert list(task.assignments.all()) == [first]
    tell(first, by=world.user("secretary"))
    with pytest.raises(TaskRefused, match="已经填报进展"):
        edit_targets(task, rows=[TargetRow(first, is_removed=True)], seen=2, by=world.user("clerk"))


def test_two_clerks_at_the_same_targets(world: World) -> None:
    task = make_task(world, organizations=[world.township])
    own = task.assignments.get()
    edit_targets(task, rows=[TargetRow(own, "先")], seen=1, by=world.user("clerk"))
    with pytest.raises(StaleRevision):
        edit_targets(task, rows=[TargetRow(own, "后")], seen=1, by=world.user("clerk"))


@pytest.mark.parametrize("role", ["secretary", "staff", "leader", "sibling_clerk"])
def test_nobody_else_gives_or_changes(world: World, role: str) -> None:
    """S-36: who carries a task out neither drops nor postpones it."""
    task = make_task(world, organizations=[world.township], is_mandatory=True)
    own, by = task.assignments.get(), world.user(role)
    with pytest.raises(PermissionDenied):
        assign_tasks(world.cycle, tasks=[task], organizations=[world.township], by=by)
    for row in (TargetRow(own, due_text="延期"), TargetRow(own, is_removed=True)):
        with pytest.raises(PermissionDenied):
            edit_targets(task, rows=[row], seen=1, by=by)


def test_progress_is_told_by_the_organization_and_moves_the_state(world: World) -> None:
    own = make_task(world, organizations=[world.township]).assignments.get()
    report_task(own, quarter=1, state=TaskState.UNDER_WAY, text="完成**户", by=world.user("staff"))
    report_task(own, quarter=2, state=TaskState.DONE, text="全部完成", by=world.user("secretary"))
    own = TaskAssignment.objects.get()
    assert (own.state, [each.text for each in own.progress.all()]) == (TaskState.DONE, ["全部完成", "完成**户"])
    assert AuditEntry.objects.of(own).filter(verb="填报任务进展").count() == 2
    for role in ("other_secretary", "clerk"):
        with pytest.raises(PermissionDenied):
            report_task(own, quarter=3, state=TaskState.DONE, text="x", by=world.user(role))
    with pytest.raises(TaskRefused, match="第3季度"):
        report_task(own, quarter=3, state=TaskState.DONE, text="  ", by=world.user("secretary"))


def test_the_database_and_the_rule_agree_who_is_behind(world: World) -> None:
    with clock.at(noon(2026, 2, 1)):
        dated = make_task(world, organizations=[world.township, world.other_township], due_date=dt.date(2026, 5, 1))
        loose = make_task(world, organizations=[world.township, world.other_township])
        tell(loose.assignments.get(organization=world.township), by=world.user("secretary"), quarter=1)
        done = dated.assignments.get(organization=world.other_township)
        tell(done, by=world.user("other_secretary"), quarter=1, state=TaskState.DONE)
    with clock.at(noon(2026, 4, 15)):
        late = make_task(world, organizations=[world.township])  # asked only after the first quarter
    for day in (noon(2026, 3, 31), noon(2026, 4, 20), noon(2026, 5, 2), noon(2026, 7, 1), noon(2027, 1, 1)):
        with clock.at(day):
            by_rule = {each.pk: each.lag for each in TaskAssignment.objects.for_table() if each.lag}
            by_database = TaskAssignment.objects.behind(2026, clock.today())
            assert set(by_database.values_list("pk", flat=True)) == set(by_rule)
    with clock.at(noon(2026, 5, 2)):
        lags = {(each.task_id, each.organization.code): each.lag for each in TaskAssignment.objects.for_table()}
    assert lags == {
        (dated.pk, "X1"): Lag.OVERDUE,
        (dated.pk, "X2"): None,
        (loose.pk, "X1"): None,
        (loose.pk, "X2"): Lag.UNREPORTED,
        (late.pk, "X1"): None,
    }
