"""Deeds on an uploaded workbook: compare it with the register, then write it as it was shown, whole or not at all."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.actions.audit import record
from accounts.actions.organizations import OrganizationLoop, create_organization, edit_organization
from accounts.actions.people import create_person, edit_post, end_post, rename_person, start_post
from accounts.importing.plan import Plan
from accounts.importing.steps import Step
from accounts.models import Organization, Person, Post, RegisterImport, User
from accounts.permissions import can_import_register
from accounts.rules.imports import ImportRow, ReadRows
from accounts.rules.roles import REGISTER_ROLES
from common import clock


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


@transaction.atomic
def prepare_import(read: ReadRows, *, file_name: str, by: User) -> RegisterImport:
    """The dry run: every row with what it would do. Writes nothing but itself and clears away old dry runs."""
    if not can_import_register(by):
        raise PermissionDenied
    RegisterImport.objects.outdated().delete()
    plan = Plan(read.rows, by=by)
    return RegisterImport.objects.create(
        uploaded_by=by,
        organization=next(post.organization for post in by.active_posts if post.role in REGISTER_ROLES),
        file_name=file_name[-200:],
        created_at=clock.now(),
        rows=[row.as_plain() for row in read.rows],
        notes=list(read.notes),
        lines=plan.lines,
        mark=plan.mark,
        compared_at=clock.now(),
    )


def confirm_import(register_import: RegisterImport, *, mark: str, by: User) -> RegisterImport:
    """Write what was shown under `mark`, in one transaction.

    Raises RegisterChanged after comparing afresh where the register has moved on, NothingToImport, PermissionDenied.
    """
    try:
        return _write(register_import, mark=mark, by=by)
    except (RegisterChanged, IntegrityError, OrganizationLoop) as error:
        _compare_again(register_import, by=by)
        raise RegisterChanged from error


@transaction.atomic
def _write(register_import: RegisterImport, *, mark: str, by: User) -> RegisterImport:
    register_import = RegisterImport.objects.select_for_update().get(pk=register_import.pk)
    if register_import.uploaded_by_id != by.pk or not can_import_register(by):
        raise PermissionDenied
    if register_import.confirmed_at or not (register_import.is_sound and register_import.has_changes):
        raise NothingToImport
    plan = _locked_plan(register_import, by)
    if not plan.mark == register_import.mark == mark:
        raise RegisterChanged
    for step in plan.organizations.in_order():
        _write_organization(step, plan, by)
    for step in plan.people.steps:
        _write_name(step, plan, by)
    for step in plan.posts.in_order():
        _write_post(step, plan, by)
    register_import.confirmed_at = clock.now()
    register_import.rows = []
    register_import.save()
    record(register_import, "导入名册", by=by, after=register_import.counts)
    return register_import


@transaction.atomic
def _compare_again(register_import: RegisterImport, *, by: User) -> None:
    register_import = RegisterImport.objects.select_for_update().get(pk=register_import.pk)
    plan = Plan(_rows(register_import), by=by)
    register_import.lines, register_import.mark, register_import.compared_at = plan.lines, plan.mark, clock.now()
    register_import.save(update_fields=["lines", "mark", "compared_at"])


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
