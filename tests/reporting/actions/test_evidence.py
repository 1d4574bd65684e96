from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage

from accounts.models import AuditEntry
from common.flow import TransitionNotAllowed
from documents.rules.attachments import AttachmentRefused
from reporting.actions.evidence import add_five_one_evidence, add_project_evidence, remove_evidence
from reporting.actions.projects import close_project, create_project, remove_project
from reporting.models import Project, SchemeTask, WorkEvidence
from reporting.rules.refusals import CycleClosed, ReportAttachmentRefused
from tests.factories import make_cycle
from tests.files import PNG, upload
from tests.reporting.rows import accepted_project
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(world: World) -> Project:
    return accepted_project(world.cycle, world.township, by=world.user("secretary"), clerk=world.user("clerk"))


@pytest.fixture
def task(world: World) -> SchemeTask:
    return world.cycle.scheme.tasks.create(name="完成一个重点调研课题", position=1)


def stored() -> list[Path]:
    root = Path(default_storage.path("work_evidence"))
    return [path for path in root.rglob("*") if path.is_file()] if root.exists() else []


def test_a_file_stands_at_its_project_and_in_its_trail(world: World, project: Project) -> None:
    (evidence,) = add_project_evidence(project, files=[upload("现场.png", PNG)], by=world.user("staff"))
    assert (evidence.name, evidence.kind, evidence.place) == ("现场.png", "png", f"领办项目“{project.title}”")
    entry = AuditEntry.objects.of(project).filter(verb="上传佐证材料").get()
    assert entry.after == {"files": ["现场.png"]}
    assert len(stored()) == 1


def test_a_file_stands_at_one_of_the_five_ones(world: World, task: SchemeTask) -> None:
    (evidence,) = add_five_one_evidence(
        world.cycle, organization=world.township, task=task, files=[upload()], by=world.user("secretary")
    )
    assert evidence.place == "五个一：完成一个重点调研课题"
    assert AuditEntry.objects.of(evidence).get().after["files"] == ["会议记录.pdf"]


def test_two_clicks_store_one_file(world: World, project: Project) -> None:
    add_project_evidence(project, files=[upload()], by=world.user("staff"))
    assert add_project_evidence(project, files=[upload()], by=world.user("staff")) == []
    assert len(stored()) == project.evidence.count() == 1


@pytest.mark.parametrize("role", ["clerk", "leader", "other_secretary", "administrator"])
def test_only_those_who_write_it_put_files_there_and_take_them_away(
    world: World, project: Project, task: SchemeTask, role: str
) -> None:
    (evidence,) = add_project_evidence(project, files=[upload()], by=world.user("staff"))
    by = world.user(role)
    with pytest.raises(PermissionDenied):
        add_project_evidence(project, files=[upload()], by=by)
    with pytest.raises(PermissionDenied):
        add_five_one_evidence(world.cycle, organization=world.township, task=task, files=[upload()], by=by)
    with pytest.raises(PermissionDenied):
        remove_evidence(evidence, by=by)
    assert WorkEvidence.objects.count() == 1


def test_a_task_of_another_year_is_no_place(world: World) -> None:
    other = SchemeTask.objects.create(scheme=make_cycle(world.county, 2025).scheme, name="去年的")
    with pytest.raises(PermissionDenied):
        add_five_one_evidence(
            world.cycle, organization=world.township, task=other, files=[upload()], by=world.user("staff")
        )


def test_a_closed_project_keeps_its_files(world: World, project: Project) -> None:
    (evidence,) = add_project_evidence(project, files=[upload()], by=world.user("staff"))
    close_project(project, outcome="办成。", is_replicable=False, by=world.user("clerk"))
    with pytest.raises(TransitionNotAllowed, match="已经结项"):
        add_project_evidence(project, files=[upload("新.pdf")], by=world.user("staff"))
    with pytest.raises(TransitionNotAllowed, match="已经结项"):
        remove_evidence(evidence, by=world.user("staff"))


def test_a_closed_year_keeps_its_files(world: World, task: SchemeTask) -> None:
    world.cycle.phase = "closed"
    world.cycle.save()
    with pytest.raises(CycleClosed):
        add_five_one_evidence(
            world.cycle, organization=world.township, task=task, files=[upload()], by=world.user("staff")
        )


def test_a_file_taken_away_is_gone_from_the_disk(
    world: World, project: Project, django_capture_on_commit_callbacks
) -> None:
    (evidence,) = add_project_evidence(project, files=[upload()], by=world.user("staff"))
    with django_capture_on_commit_callbacks(execute=True):
        remove_evidence(evidence, by=world.user("secretary"))
    assert (WorkEvidence.objects.count(), stored()) == (0, [])
    assert AuditEntry.objects.of(project).filter(verb="移除佐证材料").exists()
    with pytest.raises(ReportAttachmentRefused, match="刚刚已经移除"):
        remove_evidence(evidence, by=world.user("secretary"))


def test_a_draft_that_is_removed_takes_its_files_along(world: World, django_capture_on_commit_callbacks) -> None:
    by = world.user("secretary")
    project = create_project(world.cycle, organization=world.township, facts={"title": "归雁"}, milestones=[], by=by)
    add_project_evidence(project, files=[upload()], by=by)
    with django_capture_on_commit_callbacks(execute=True):
        remove_project(project, by=by)
    assert (WorkEvidence.objects.count(), stored()) == (0, [])


def test_one_bad_file_keeps_all_out_and_too_many_are_told(world: World, project: Project, settings) -> None:
    with pytest.raises(AttachmentRefused, match="坏"):
        add_project_evidence(project, files=[upload(), upload("坏.pdf", b"x")], by=world.user("staff"))
    settings.ATTACHMENTS_MAX_COUNT = 1
    with pytest.raises(ReportAttachmentRefused, match="一个项目最多带1个附件"):
        add_project_evidence(project, files=[upload(), upload("二.png", PNG)], by=world.user("staff"))
    assert (WorkEvidence.objects.count(), stored()) == (0, [])


def test_who_sees_a_file(world: World, project: Project, task: SchemeTask) -> None:
    add_project_evidence(project, files=[upload()], by=world.user("staff"))
    add_five_one_evidence(world.cycle, organization=world.township, task=task, files=[upload()], by=world.user("staff"))
    roles = ("secretary", "staff", "clerk", "leader", "other_secretary", "attendee", "administrator", "sibling_clerk")
    seen = {role: WorkEvidence.objects.visible_to(world.user(role)).count() for role in roles}
    assert seen == dict.fromkeys(roles, 0) | dict.fromkeys(("secretary", "staff", "clerk", "leader"), 2)
