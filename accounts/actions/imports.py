"""Deeds on an uploaded workbook: compare it with the register, then write it as it was shown, whole or not at all."""

import logging
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.actions.audit import record
from accounts.actions.organizations import OrganizationLoop, create_organization, edit_organization
from accounts.actions.people import create_person, edit_post, end_post, rename_person, start_post
from accounts.importing.plan import Plan
from accounts.importing.progress import Progress
from accounts.importing.reading import read_file
from accounts.importing.steps import Step
from accounts.models import Organization, Person, Post, RegisterImport, User
from accounts.models.imports import AttemptLost
from accounts.permissions import can_import_register
from accounts.rules.import_runs import DIRECT_ROWS, IMPORT_FLOW, ImportState
from accounts.rules.imports import ImportRow, ReadRows
from accounts.rules.roles import REGISTER_ROLES
from common import clock
from common.waking import wake_by_name
from common.workbooks import UnreadableWorkbook

logger = logging.getLogger(__name__)


class RegisterChanged(Exception):
    """The register is no longer what the rows were compared with; the new comparison waits to be looked at."""

    def __init__(self) -> None:
        super().__init__(
            "您核对之后，系统中的数据又有变化，还没有写入任何内容。下面是重新核对的结果，请再看一遍后确认导入。"
        )


class NothingToImport(ValueError):
    """Rows are wrong, nothing differs, or it is done already."""

    def __init__(self) -> None:
        super().__init__("这份文件没有可以写入的内容：有的行有误，或者已经导入过，或者与系统中的数据完全一致。")


# The task that does what takes long; it stands above the actions, so it is called by its name.
TASK = "accounts.schedule.carry_out_import"
REASON = 300  # characters
Tell = Callable[[int, int], None]


def _silence(_done: int, _total: int) -> None:
    """While the page itself waits, nobody has to be told."""


@transaction.atomic
def prepare_import(read: ReadRows, *, file_name: str, by: User) -> RegisterImport:
    """The dry run: every row with what it would do, for a long file in the background.

    Writes nothing but itself and clears away old dry runs.
    """
    return _begin(_new(file_name, by, rows=[row.as_plain() for row in read.rows], notes=list(read.notes)))


@transaction.atomic
def receive_import(data: bytes, *, file_name: str, by: User) -> RegisterImport:
    """Keep a long file as it came: a worker reads it and goes on with the dry run, while the page shows how far it is."""
    row = _new(file_name, by, data=data, state=ImportState.RECEIVED)
    transaction.on_commit(partial(wake_by_name, TASK, row.pk))
    return row


def _new(file_name: str, by: User, **facts: Any) -> RegisterImport:
    if not can_import_register(by):
        raise PermissionDenied
    RegisterImport.objects.outdated().delete()
    organization = next(post.organization for post in by.active_posts if post.role in REGISTER_ROLES)
    return RegisterImport.objects.create(
        uploaded_by=by, organization=organization, file_name=file_name[-200:], created_at=clock.now(), **facts
    )


def _begin(row: RegisterImport) -> RegisterImport:
    """At once, or by a worker: when its word does not arrive, the beat sends it again."""
    if len(row.rows) <= DIRECT_ROWS:
        return carry_out(row)
    transaction.on_commit(partial(wake_by_name, TASK, row.pk))
    return row


def carry_out(row: RegisterImport) -> RegisterImport:
    """Compare or write a short file while the page waits."""
    claimed = RegisterImport.objects.claim(row.pk)
    return _carry_out(claimed, tell=_silence) if claimed else RegisterImport.objects.get(pk=row.pk)


def carry_out_watched(row: RegisterImport) -> None:
    """The same for a worker, which says how far it is, and writes down why when it cannot go on. Raises AttemptLost."""
    claimed = RegisterImport.objects.claim(row.pk)
    if claimed is None:
        return
    with Progress(claimed) as progress:
        try:
            _carry_out(claimed, tell=progress.tell)
        except AttemptLost:
            raise
        except PermissionDenied:
            claimed.change("fail", reason="您已经没有导入名册的权限，没有写入任何内容。", data=None)
        except Exception:
            number = uuid.uuid4().hex[:8]
            logger.exception("Import %s failed (%s)", row.pk, number)
            claimed.change("fail", reason=f"处理时程序出错，已记录，编号 {number}。没有写入任何内容。", data=None)


def _carry_out(claimed: RegisterImport, *, tell: Tell) -> RegisterImport:
    """What is no longer what was looked at is not written but compared again."""
    if claimed.state == ImportState.READING and not _read(claimed, tell=tell):
        return claimed
    if claimed.state == ImportState.COMPARING:
        return _compare(claimed, by=claimed.uploaded_by)
    try:
        return _write(claimed, tell=tell, by=claimed.uploaded_by)
    except (RegisterChanged, IntegrityError, OrganizationLoop):
        claimed.change("look_again", reason=str(RegisterChanged()))
    again = RegisterImport.objects.claim(claimed.pk)
    return _compare(again, by=again.uploaded_by) if again else claimed


def confirm_import(register_import: RegisterImport, *, mark: str, by: User) -> RegisterImport:
    """Write what was shown under `mark`, in one transaction; a long file in the background.

    Raises RegisterChanged after comparing afresh where the register has moved on, NothingToImport, PermissionDenied.
    """
    row = _begin(_confirm(register_import, mark=mark, by=by))
    if row.state == ImportState.COMPARED:
        raise RegisterChanged
    return row


@transaction.atomic
def _confirm(register_import: RegisterImport, *, mark: str, by: User) -> RegisterImport:
    row = RegisterImport.objects.select_for_update().get(pk=register_import.pk)
    if row.uploaded_by_id != by.pk or not can_import_register(by):
        raise PermissionDenied
    if row.state != ImportState.COMPARED or not (row.is_sound and row.has_changes):
        raise NothingToImport
    if row.mark != mark:
        raise RegisterChanged
    row.state, row.reason, row.heard_at = IMPORT_FLOW.check(row.state, "confirm"), "", clock.now()
    row.save(update_fields=["state", "reason", "heard_at"])
    return row


@transaction.atomic
def _write(row: RegisterImport, *, tell: Tell, by: User) -> RegisterImport:
    """Whole or not at all: the last statement is the fence, so that a lost attempt's work is undone."""
    if not can_import_register(by):
        raise PermissionDenied
    plan = _locked_plan(row, by)
    if plan.mark != row.mark:
        raise RegisterChanged
    steps = [
        *((_write_organization, step) for step in plan.organizations.in_order()),
        *((_write_name, step) for step in plan.people.steps),
        *((_write_post, step) for step in plan.posts.in_order()),
    ]
    for done, (write, step) in enumerate(steps):
        tell(done, len(steps))
        write(step, plan, by)
    row.change("finish", confirmed_at=clock.now(), rows=[])
    record(row, "导入名册", by=by, after=row.counts)
    return row


def _read(row: RegisterImport, *, tell: Tell) -> bool:
    """From the file to its rows; whether they can be compared. Why not is said on the page of the upload."""
    try:
        read = read_file(bytes(row.data or b""), name=row.file_name, tell=lambda done: tell(done, 0))
        refusal = "".join(read.faults)
    except UnreadableWorkbook as error:
        refusal = str(error)
    if refusal:
        row.change("fail", reason=refusal if len(refusal) <= REASON else f"{refusal[: REASON - 2]}……", data=None)
        return False
    row.change("compare", rows=[each.as_plain() for each in read.rows], notes=list(read.notes), data=None)
    return True


def _compare(row: RegisterImport, *, by: User) -> RegisterImport:
    plan = Plan(_rows(row), by=by)
    row.change("show", lines=plan.lines, mark=plan.mark, compared_at=clock.now())
    return row


def _rows(register_import: RegisterImport) -> list[ImportRow]:
    return [ImportRow.from_plain(row) for row in register_import.rows]


def _locked_plan(register_import: RegisterImport, by: User) -> Plan:
    """Hold whatever the file may change, then compare: what is compared is what is written over."""
    rows = _rows(register_import)
    fields = ("code", "person", "organization")
    codes = {code for row in rows for field in fields if (code := row.values.get(field))}
    for model in (Organization, Person):
        list(model.objects.select_for_update(no_key=True).filter(code__in=codes).order_by("pk").values_list("pk"))
    return Plan(rows, by=by)


def _write_organization(step: Step, plan: Plan, by: User) -> None:
    """Each change by the action that a page would use, which asks for the right again and writes the trail."""
    code, facts, known = step.row.values["code"], dict(step.facts), plan.register.organizations
    if isinstance(step.subject, Organization):
        moved = facts.pop("parent", None)
        parent = known[moved] if moved else plan.register.by_id.get(step.subject.parent_id or 0)
        known[code] = edit_organization(step.subject, parent=parent, facts=facts, by=by)
    else:
        known[code] = create_organization(parent=known[plan.organizations.parents[code]], facts=facts, by=by)


def _write_name(step: Step, plan: Plan, by: User) -> None:
    if isinstance(step.subject, Person) and step.changes:
        code = step.subject.code
        plan.register.people[code] = rename_person(step.subject, code=code, name=step.facts["name"], by=by)


def _write_post(step: Step, plan: Plan, by: User) -> None:
    values, facts = step.row.values, dict(step.facts)
    if isinstance(step.subject, Post):
        if set(facts) == {"end"} and facts["end"]:
            end_post(step.subject, end=facts["end"], by=by)
        else:
            edit_post(step.subject, facts=facts, by=by)
        return
    new: dict[str, Any] = facts | {"organization": plan.register.organizations[values["organization"]]}
    if person := plan.register.people.get(values["person"]):
        start_post(person, **new, by=by)
    else:
        name = plan.people.by_code[values["person"]].row.values["name"]
        plan.register.people[values["person"]] = create_person(code=values["person"], name=name, **new, by=by)
