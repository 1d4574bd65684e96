import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import AuditEntry, Notice
from accounts.rules.roles import Role
from common import clock
from common.flow import TransitionNotAllowed
from documents.rules.attachments import AttachmentRefused
from rectification.actions.progress import add_progress, apply_item, verify_item
from rectification.models import Evidence, Progress, RectificationItem
from rectification.rules.items import ListState
from rectification.rules.lists import DeadlineMissing, ReasonMissing
from rectification.rules.progress import NoProgress, ProgressRefused
from tests.factories import make_post
from tests.files import PDF
from tests.rectification.rows import make_list, make_progress
from tests.world import World, build_world

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 3, 1)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(clock, "today", lambda: dt.date(2026, 11, 21))
    return build_world()


def item_in(world: World, state: str = "open", list_state: str = ListState.COMMITTED) -> RectificationItem:
    item = make_list(world.reporter, list_state, items=1).items.get()
    RectificationItem.objects.filter(pk=item.pk).update(state=state)
    return RectificationItem.objects.get(pk=item.pk)


def pdf(name: str = "../会议 记录.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF, "text/html")


def test_progress_keeps_its_files_under_names_of_the_server(world: World) -> None:
    item = item_in(world)
    add_progress(item, date=DAY, text="已完成**", files=[pdf(), pdf()], by=world.user("staff"))
    first, second = Evidence.objects.all()
    assert (first.name, first.content_type, first.size) == ("会议 记录.pdf", "application/pdf", len(PDF))
    assert first.file.name != second.file.name
    assert first.file.name.startswith("evidence/")
    assert first.file.name.endswith(".pdf")
    assert "会议" not in first.file.name
    assert AuditEntry.objects.of(item).get().verb == "填报进展"


def test_one_bad_file_keeps_nothing(world: World) -> None:
    item = item_in(world)
    bad = SimpleUploadedFile("页面.pdf", b"<html>")
    with pytest.raises(AttachmentRefused):
        add_progress(item, date=DAY, text="x", files=[pdf(), bad], by=world.user("staff"))
    assert (Progress.objects.count(), Evidence.objects.count()) == (0, 0)


def test_the_size_limit_is_a_setting(world: World, settings) -> None:
    settings.EVIDENCE_MAX_BYTES = 10
    with pytest.raises(AttachmentRefused, match="超过"):
        add_progress(item_in(world), date=DAY, text="x", files=[pdf()], by=world.user("staff"))


def test_no_progress_of_tomorrow(world: World) -> None:
    with pytest.raises(ProgressRefused, match="不能晚于今天"):
        add_progress(item_in(world), date=dt.date(2026, 11, 22), text="x", by=world.user("staff"))


@pytest.mark.parametrize("list_state", ["draft", "returned", "submitted", "approved"])
def test_no_progress_before_the_promise(world: World, list_state: str) -> None:
    with pytest.raises(TransitionNotAllowed, match="承诺之后"):
        add_progress(item_in(world, list_state=list_state), date=DAY, text="x", by=world.user("staff"))


@pytest.mark.parametrize("state", ["applied", "closed", "carried"])
def test_no_progress_once_applied_or_ended(world: World, state: str) -> None:
    with pytest.raises(TransitionNotAllowed, match="现在不能填报进展"):
        add_progress(item_in(world, state), date=DAY, text="x", by=world.user("staff"))


@pytest.mark.parametrize("role", ["clerk", "other_secretary", "supervision", "leader"])
def test_others_report_nothing_and_apply_for_nothing(world: World, role: str) -> None:
    item = item_in(world)
    with pytest.raises(PermissionDenied):
        add_progress(item, date=DAY, text="x", by=world.user(role))
    with pytest.raises(PermissionDenied):
        apply_item(item, by=world.user(role))


def test_no_application_without_progress(world: World) -> None:
    with pytest.raises(NoProgress):
        apply_item(item_in(world), by=world.user("secretary"))


def test_apply_return_apply_pass(world: World) -> None:
    item = item_in(world)
    make_progress(item)
    apply_item(item, by=world.user("staff"))
    assert Notice.objects.filter(user=world.user("clerk")).count() == 1
    verify_item(item, outcome="returned", reason="佐证不足", by=world.user("clerk"))
    item.refresh_from_db()
    assert item.state == "open"
    apply_item(item, by=world.user("secretary"))
    verify_item(item, outcome="passed", reason="", by=world.user("clerk"))
    item.refresh_from_db()
    assert item.state == "closed"
    assert list(item.verifications.values_list("outcome", "reason")) == [("returned", "佐证不足"), ("passed", "")]


def test_a_return_needs_a_reason(world: World) -> None:
    with pytest.raises(ReasonMissing):
        verify_item(item_in(world, "applied"), outcome="returned", reason=" ", by=world.user("clerk"))


@pytest.mark.parametrize("state", ["open", "closed", "carried"])
def test_only_an_application_is_answered(world: World, state: str) -> None:
    item = item_in(world, state)
    for outcome in ("passed", "returned"):
        with pytest.raises(TransitionNotAllowed):
            verify_item(item, outcome=outcome, reason="x", by=world.user("clerk"))


@pytest.mark.parametrize("role", ["secretary", "staff", "supervision", "sibling_clerk", "administrator"])
def test_only_the_host_clerk_closes(world: World, role: str) -> None:
    with pytest.raises(PermissionDenied):
        verify_item(item_in(world, "applied"), outcome="passed", reason="", by=world.user(role))


def test_a_clerk_never_closes_an_item_of_the_own_organization(world: World) -> None:
    clerk = world.user("clerk")
    make_post(world.township, Role.MEMBER, clerk.person)
    with pytest.raises(PermissionDenied):
        verify_item(item_in(world, "applied"), outcome="passed", reason="", by=clerk)


@pytest.mark.parametrize("outcome", ["make_up", "redo"])
def test_a_make_up_or_redo_leads_to_a_new_deadline(world: World, outcome: str) -> None:
    item, clerk = item_in(world, "applied"), world.user("clerk")
    with pytest.raises(DeadlineMissing, match="写明新的时限"):
        verify_item(item, outcome=outcome, reason="群众意见大", by=clerk)
    with pytest.raises(DeadlineMissing, match="不能早于今天"):
        verify_item(item, outcome=outcome, reason="群众意见大", due_date=dt.date(2026, 11, 20), by=clerk)
    verification = verify_item(item, outcome=outcome, reason="群众意见大", due_date=dt.date(2026, 12, 20), by=clerk)
    item.refresh_from_db()
    assert (item.state, item.due_text, item.due_date) == ("open", "", dt.date(2026, 12, 20))
    assert verification.new_due_date == dt.date(2026, 12, 20)


def test_progress_tells_how_far_a_number_is_reached(world: World) -> None:
    item = item_in(world)
    RectificationItem.objects.update(target_operator="ge", target_value="4", target_unit="次")
    add_progress(item, date=DAY, text="已办", actual="3", by=world.user("staff"))
    item.refresh_from_db()
    assert (item.target_actual, item.is_target_met) == ("3", False)
