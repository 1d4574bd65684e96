"""A long workbook in the background: the row is the job; written whole or not at all, and never twice."""

import datetime as dt

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts import schedule
from accounts.actions import imports
from accounts.actions.imports import confirm_import
from accounts.forms import imports as forms
from accounts.importing import reading
from accounts.models import AuditEntry, Organization, RegisterImport
from accounts.models.imports import AttemptLost
from accounts.rules.import_runs import LOST_SECONDS, MOST_LOSSES, ImportState
from common import clock
from tests.accounts.workbooks import dry_run, organization, workbook
from tests.world import World

pytestmark = pytest.mark.django_db
FILE = workbook(organizations=[organization("N1", "丙乡党委", "X"), organization("N2", "丁乡党委", "X")])


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Every file is a long one; what workers are told, and none of them listens."""
    told: list[int] = []
    monkeypatch.setattr(imports, "DIRECT_ROWS", 0)
    for module in (imports, schedule):
        monkeypatch.setattr(module, "wake_by_name", lambda _name, pk: told.append(pk))
    return told


def uploaded(world: World, django_capture_on_commit_callbacks) -> RegisterImport:
    with django_capture_on_commit_callbacks(execute=True):
        return dry_run(FILE, world.user("clerk"))


def worked_on(row: RegisterImport) -> RegisterImport:
    schedule.carry_out_import(row.pk)
    return RegisterImport.objects.get(pk=row.pk)


def test_it_is_compared_and_then_written_by_workers(world, sent, django_capture_on_commit_callbacks) -> None:
    row = uploaded(world, django_capture_on_commit_callbacks)
    assert (row.state, row.lines, sent) == (ImportState.QUEUED, [], [row.pk])
    row = worked_on(row)
    assert (row.state, [line["outcome"] for line in row.lines]) == (ImportState.COMPARED, ["new", "new"])
    with django_capture_on_commit_callbacks(execute=True):
        row = confirm_import(row, mark=row.mark, by=world.user("clerk"))
    assert (row.state, sent) == (ImportState.CONFIRMED, [row.pk, row.pk])
    assert not Organization.objects.filter(code="N1").exists()
    row = worked_on(row)
    assert (row.state, row.rows, row.confirmed_at is None) == (ImportState.WRITTEN, [], False)
    assert Organization.objects.filter(code__in=["N1", "N2"]).count() == 2
    worked_on(row)
    assert AuditEntry.objects.filter(verb="导入名册").count() == 1


def confirmed(world: World, django_capture_on_commit_callbacks) -> RegisterImport:
    row = worked_on(uploaded(world, django_capture_on_commit_callbacks))
    return confirm_import(row, mark=row.mark, by=world.user("clerk"))


def test_a_killed_worker_leaves_nothing_and_another_writes_it(
    world, sent, monkeypatch, django_capture_on_commit_callbacks
) -> None:
    row = confirmed(world, django_capture_on_commit_callbacks)
    dying = RegisterImport.objects.claim(row.pk)
    with time_machine.travel(clock.now() + dt.timedelta(seconds=LOST_SECONDS + 1), tick=False):
        schedule.requeue_lost_imports()
    row.refresh_from_db()
    assert (row.state, sent[-1]) == (ImportState.CONFIRMED, row.pk)
    row = worked_on(row)
    assert row.state == ImportState.WRITTEN
    with pytest.raises(AttemptLost):
        dying.change("finish")
    assert Organization.objects.filter(code="N1").count() == 1


def test_an_attempt_that_was_taken_over_undoes_what_it_wrote(
    world, sent, monkeypatch, django_capture_on_commit_callbacks
) -> None:
    row = confirmed(world, django_capture_on_commit_callbacks)
    write = imports._write_organization

    def taken_over(step, plan, by):
        RegisterImport.objects.filter(pk=row.pk).update(attempt=99)
        write(step, plan, by)

    monkeypatch.setattr(imports, "_write_organization", taken_over)
    schedule.carry_out_import(row.pk)
    assert not Organization.objects.filter(code="N1").exists()


def test_what_fails_writes_nothing_and_says_so(world, sent, monkeypatch, django_capture_on_commit_callbacks) -> None:
    row = confirmed(world, django_capture_on_commit_callbacks)
    write = imports._write_organization

    def broken(step, plan, by):
        write(step, plan, by)
        raise ZeroDivisionError

    monkeypatch.setattr(imports, "_write_organization", broken)
    row = worked_on(row)
    assert row.is_failed
    assert "没有写入任何内容" in row.reason
    assert not Organization.objects.filter(code="N1").exists()


def test_a_register_that_moved_on_is_compared_again(world, sent, django_capture_on_commit_callbacks) -> None:
    row = confirmed(world, django_capture_on_commit_callbacks)
    Organization.objects.filter(code="X1").update(code="N1")
    row = worked_on(row)
    assert row.state == ImportState.COMPARED
    assert "又有变化" in row.reason
    assert [line["outcome"] for line in row.lines] == ["change", "new"]


def received(world: World, monkeypatch, django_capture_on_commit_callbacks, data: bytes = FILE) -> RegisterImport:
    """A long file goes up by the page, whose request must not read it."""
    client = Client()
    client.force_login(world.user("clerk"))
    monkeypatch.setattr(reading, "DIRECT_BYTES", 0)
    with monkeypatch.context() as during_the_request, django_capture_on_commit_callbacks(execute=True):
        during_the_request.setattr(forms, "read_file", None)
        during_the_request.setattr(imports, "read_file", None)
        file = SimpleUploadedFile("名册.xlsx", data)
        answer = client.post(reverse("accounts:import_create"), {"file": file})
    row = RegisterImport.objects.get()
    assert answer.url == row.get_absolute_url()
    assert "正在排队" in client.get(answer.url).content.decode()
    return row


def test_a_long_file_is_kept_as_it_came_and_read_by_a_worker(
    world, sent, monkeypatch, django_capture_on_commit_callbacks
) -> None:
    row = received(world, monkeypatch, django_capture_on_commit_callbacks)
    assert (row.state, bytes(row.data), row.rows, sent) == (ImportState.RECEIVED, FILE, [], [row.pk])
    row = worked_on(row)
    assert (row.state, row.data, len(row.rows)) == (ImportState.COMPARED, None, 2)
    assert [line["outcome"] for line in row.lines] == ["new", "new"]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (workbook(people=[]), "没有可以导入的内容"),
        (workbook(organizations=[organization(f"N{n}", "丙", "X") for n in range(10)]), "“党组织”超过6行（连表头）"),
    ],
)
def test_a_long_file_that_cannot_be_used_says_why_and_is_not_kept(
    world, sent, monkeypatch, django_capture_on_commit_callbacks, data: bytes, told: str
) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 5)  # and the headings
    row = worked_on(received(world, monkeypatch, django_capture_on_commit_callbacks, data))
    assert (row.is_failed, row.data, told in row.reason) == (True, None, True)
    client = Client()
    client.force_login(world.user("clerk"))
    page = client.get(row.get_absolute_url()).content.decode()
    assert told in page
    assert "重新上传" in page


def test_a_worker_killed_while_it_reads_is_followed_by_another(
    world, sent, monkeypatch, django_capture_on_commit_callbacks
) -> None:
    row = received(world, monkeypatch, django_capture_on_commit_callbacks)
    dying = RegisterImport.objects.claim(row.pk)
    assert (dying.state, dying.progress_label) == (ImportState.READING, "正在读取文件，已读 0 行")
    with time_machine.travel(clock.now() + dt.timedelta(seconds=LOST_SECONDS + 1), tick=False):
        schedule.requeue_lost_imports()
    row = worked_on(row)
    assert (row.state, len(row.lines)) == (ImportState.COMPARED, 2)
    with pytest.raises(AttemptLost):
        dying.change("compare", rows=[], data=None)


def test_what_ends_every_worker_is_given_up(world, sent, django_capture_on_commit_callbacks) -> None:
    row = uploaded(world, django_capture_on_commit_callbacks)
    moment = clock.now()
    for _time in range(MOST_LOSSES):
        RegisterImport.objects.claim(row.pk)
        moment += dt.timedelta(seconds=LOST_SECONDS + 1)
        with time_machine.travel(moment, tick=False):
            schedule.requeue_lost_imports()
    row.refresh_from_db()
    assert (row.is_failed, "没有写入" in row.reason) == (True, True)


def test_the_page_shows_how_far_it_is_and_then_the_result(
    world, sent, client, django_capture_on_commit_callbacks
) -> None:
    row = uploaded(world, django_capture_on_commit_callbacks)
    client.force_login(world.user("clerk"))
    page = client.get(row.get_absolute_url()).content.decode()
    assert "正在排队" in page
    assert "<progress" in page
    RegisterImport.objects.filter(pk=row.pk).update(state=ImportState.WRITING, done=1, total=4)
    page = client.get(row.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert "正在写入第 1 项，共 4 项" in page
    assert 'value="25"' in page
    RegisterImport.objects.filter(pk=row.pk).update(state=ImportState.QUEUED)
    worked_on(row)
    assert client.get(row.get_absolute_url(), headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert "确认导入" in client.get(row.get_absolute_url()).content.decode()
