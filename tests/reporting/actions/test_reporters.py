import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry
from accounts.rules.roles import Role
from reporting.actions.cycles import fix_order
from reporting.actions.reporters import (
    ReporterChoice,
    add_reporters,
    edit_reporter,
    move_reporter,
    remove_reporter,
)
from reporting.models import Cycle, Reporter
from reporting.rules.refusals import ReporterRefused
from tests.factories import make_organization, make_person, make_post
from tests.reporting.rows import write
from tests.world import World

pytestmark = pytest.mark.django_db


def names(cycle: Cycle) -> list[tuple[str, str, int]]:
    return [(row.organization.code, row.mode, row.order) for row in cycle.reporters.in_order()]


def test_many_of_the_same_name_are_added_at_once_each_with_a_report(world: World) -> None:
    organizations = [make_organization("市XX局党组", world.county, code=f"B{n}") for n in range(3)]
    posts = [make_post(organization, Role.DEPUTY, make_person("XX"), title="副书记") for organization in organizations]
    choices = [
        ReporterChoice(posts[0], "oral", "不用"),
        *(ReporterChoice(p, "written", "由于时间关系") for p in posts[1:]),
    ]
    added = add_reporters(world.cycle, choices, by=world.user("clerk"))
    assert names(world.cycle) == [
        ("X1", "oral", 1),
        ("B0", "oral", 2),
        ("X2", "written", 1),
        ("B1", "written", 2),
        ("B2", "written", 3),
    ]
    assert [reporter.report.state for reporter in added] == ["draft"] * 3
    assert [(reporter.title, reporter.mode_reason) for reporter in added] == [
        ("副书记", ""),
        ("副书记", "由于时间关系"),
        ("副书记", "由于时间关系"),
    ]
    assert AuditEntry.objects.filter(verb="列入述职名单").count() == 3


def test_only_direct_subordinates_by_affiliation(world: World) -> None:
    elsewhere = make_post(make_organization("某中学党委", world.city), Role.SECRETARY)
    below = make_post(make_organization("某村党支部", world.township), Role.SECRETARY)
    for post in (elsewhere, below):
        with pytest.raises(ReporterRefused, match="直属下级"):
            add_reporters(world.cycle, [ReporterChoice(post, "oral")], by=world.user("clerk"))
    assert world.cycle.reporters.count() == 2


def test_nobody_twice_and_nobody_who_has_left(world: World) -> None:
    clerk = world.user("clerk")
    with pytest.raises(ReporterRefused, match="已在本年度述职名单中"):
        add_reporters(world.cycle, [ReporterChoice(world.reporter.post, "oral")], by=clerk)
    past = make_post(world.department, Role.DEPUTY, end=dt.date(2021, 1, 1))
    with pytest.raises(ReporterRefused, match="不再任职"):
        add_reporters(world.cycle, [ReporterChoice(past, "oral")], by=clerk)


def test_a_switch_of_mode_renumbers(world: World) -> None:
    post = world.department.posts.get(role=Role.SECRETARY)
    add_reporters(world.cycle, [ReporterChoice(post, "oral")], by=world.user("clerk"))
    edit_reporter(
        world.reporter, post=world.reporter.post, mode="written", mode_reason="由于时间关系", by=world.user("clerk")
    )
    assert names(world.cycle) == [("X3", "oral", 1), ("X2", "written", 1), ("X1", "written", 2)]
    assert AuditEntry.objects.get(verb="修改述职安排").after["mode_reason"] == "由于时间关系"


def test_who_reported_stays_until_the_clerk_appoints_another(world: World) -> None:
    old = world.reporter.post
    old.end, old.is_first_responsible = dt.date(2026, 6, 30), False
    old.save()
    new = make_post(world.township, Role.SECRETARY, make_person("新书记"), title="党委书记")
    assert Reporter.objects.get(pk=world.reporter.pk).post == old
    clerk = world.user("clerk")
    assert edit_reporter(world.reporter, post=old, mode="oral", by=clerk).post == old
    assert edit_reporter(world.reporter, post=new, mode="oral", by=clerk).name == "新书记"
    with pytest.raises(ReporterRefused, match="不再任职"):
        edit_reporter(world.reporter, post=old, mode="oral", by=clerk)
    with pytest.raises(ReporterRefused, match="本单位"):
        edit_reporter(world.reporter, post=world.other_reporter.post, mode="oral", by=clerk)


def test_moving_stays_among_those_of_one_mode(world: World) -> None:
    post = world.department.posts.get(role=Role.SECRETARY)
    [third] = add_reporters(world.cycle, [ReporterChoice(post, "oral")], by=world.user("clerk"))
    move_reporter(third, -1, by=world.user("clerk"))
    assert names(world.cycle) == [("X3", "oral", 1), ("X1", "oral", 2), ("X2", "written", 1)]
    move_reporter(third, -1, by=world.user("clerk"))
    assert AuditEntry.objects.filter(verb="调整述职顺序").count() == 1


def test_once_the_agenda_is_final_mode_and_order_stay(world: World) -> None:
    clerk = world.user("clerk")
    fix_order(world.cycle, by=clerk)
    post = world.department.posts.get(role=Role.SECRETARY)
    for deed in (
        lambda: add_reporters(world.cycle, [ReporterChoice(post, "oral")], by=clerk),
        lambda: edit_reporter(world.reporter, post=world.reporter.post, mode="written", by=clerk),
        lambda: move_reporter(world.reporter, 1, by=clerk),
        lambda: remove_reporter(world.reporter, by=clerk),
    ):
        with pytest.raises(ReporterRefused, match="议程已经确定"):
            deed()


def test_a_reporter_is_removed_only_without_a_text(world: World) -> None:
    clerk = world.user("clerk")
    write(world.reporter, by=world.user("staff"))
    with pytest.raises(ReporterRefused, match="已经开始撰写"):
        remove_reporter(world.reporter, by=clerk)
    remove_reporter(world.other_reporter, by=clerk)
    assert names(world.cycle) == [("X1", "oral", 1)]
    assert AuditEntry.objects.filter(verb="移出述职名单").count() == 1


@pytest.mark.parametrize("role", ["secretary", "leader", "administrator", "sibling_clerk"])
def test_nobody_else_keeps_the_list(world: World, role: str) -> None:
    user = world.user(role)
    for deed in (
        lambda: add_reporters(world.cycle, [], by=user),
        lambda: edit_reporter(world.reporter, post=world.reporter.post, mode="oral", by=user),
        lambda: move_reporter(world.reporter, 1, by=user),
        lambda: remove_reporter(world.reporter, by=user),
    ):
        with pytest.raises(PermissionDenied):
            deed()


def test_who_comes_second_is_told_that_the_reporter_is_gone(world: World) -> None:
    clerk, gone = world.user("clerk"), world.other_reporter
    remove_reporter(Reporter.objects.get(pk=gone.pk), by=clerk)
    for deed in (
        lambda: remove_reporter(gone, by=clerk),
        lambda: move_reporter(gone, 1, by=clerk),
        lambda: edit_reporter(gone, post=gone.post, mode="oral", by=clerk),
    ):
        with pytest.raises(ReporterRefused, match="已被移出述职名单"):
            deed()
