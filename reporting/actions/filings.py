"""The year's start: lists are asked for, written, filed, accepted or returned (S-38)."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from accounts.actions.audit import record, record_sitting, snapshot
from accounts.actions.notices import holders, notify
from accounts.models import Organization, User
from accounts.rules.roles import WRITING_ROLES, Role
from common import clock
from common.conflicts import check_revision
from common.deadlines import DueState
from reporting.actions.cycles import lock_open_cycle
from reporting.models import Cycle, FiledList, FiledRow, FilingCall
from reporting.permissions import (
    can_call_filing,
    can_screen_filed_list,
    can_submit_filed_list,
    can_write_filed_list,
)
from reporting.rules.autosaves import SaveMarks
from reporting.rules.filings import FILING_FLOW, FiledWords
from reporting.rules.refusals import FilingRefused


@dataclasses.dataclass(frozen=True)
class CallFacts:
    kinds: Sequence[str]  # ListKind values
    due_text: str = ""
    due_date: dt.date | None = None


@dataclasses.dataclass(frozen=True)
class RowChange:
    """A row as the form sends it; `id` is None for a new one, `name` is that of its hidden field."""

    words: FiledWords
    id: int | None = None
    name: str = ""
    is_deleted: bool = False


@transaction.atomic
def call_filing(
    cycle: Cycle, *, facts: CallFacts, organizations: Sequence[Organization], seen: int, by: User
) -> FilingCall:
    """Say which lists are due from whom, and by when. `seen` is the call's revision, 0 before the first.

    Whoever is no longer asked loses an empty list; raises FilingRefused where something was written already.
    """
    cycle = lock_open_cycle(cycle.pk)
    if not can_call_filing(by, cycle):
        raise PermissionDenied
    call, _created = FilingCall.objects.get_or_create(cycle=cycle)
    check_revision(call.revision, seen)
    if any(organization.parent_id != cycle.committee_id for organization in organizations):
        raise PermissionDenied
    before = snapshot(call)
    call.kinds, call.due_text, call.due_date = list(facts.kinds), facts.due_text, facts.due_date
    call.revision += 1
    call.save()
    _release(call, organizations)
    _ask(call, organizations)
    after = snapshot(call) | {"organizations": [organization.code for organization in organizations]}
    record(call, "布置年初清单", by=by, before=before, after=after)
    return call


def _release(call: FilingCall, organizations: Sequence[Organization]) -> None:
    kept = call.lists.filter(organization__in=organizations, kind__in=call.kinds)
    for filed in call.lists.exclude(pk__in=kept).select_related("organization"):
        if filed.rows.exists():
            raise FilingRefused(f"{filed.organization.label}已经填写{filed.get_kind_display()}，不能取消。")
        filed.delete()


def _ask(call: FilingCall, organizations: Sequence[Organization]) -> None:
    there = set(call.lists.values_list("organization", "kind"))
    new = [
        FiledList(call=call, organization=organization, kind=kind)
        for organization in organizations
        for kind in call.kinds
        if (organization.pk, kind) not in there
    ]
    FiledList.objects.bulk_create(new)
    for organization in dict.fromkeys(filed.organization for filed in new):
        kinds = "、".join(filed.get_kind_display() for filed in new if filed.organization == organization)
        due = f"，时限{call.deadline}" if call.deadline else ""
        notify(
            holders(organization, *WRITING_ROLES),
            f"请报送{call.cycle.year}年度{kinds}{due}。",
            url=f"{reverse('reporting:work_show', args=[organization.pk])}?year={call.cycle.year}",
        )


@transaction.atomic
def save_filed_list(filed: FiledList, *, rows: Sequence[RowChange], seen: int, by: User) -> FiledList:
    """Keep the rows in their order, finished or not. `seen` is the revision the form was made from."""
    filed = _writable(filed, by)
    check_revision(filed.revision, seen)
    stored = {row.pk: row for row in filed.rows.all()}
    kept = []
    for position, change in enumerate(rows, start=1):
        row = stored.get(change.id) if change.id is not None else None
        kept.append(_keep_row(row or FiledRow(list=filed), change.words, position).pk)
    filed.rows.exclude(pk__in=kept).delete()
    filed.last_save_id, filed.last_save_values = "", {}
    return _touch(filed, "保存清单", by=by)


@transaction.atomic
def draft_filed_list(
    filed: FiledList, *, rows: Sequence[RowChange], seen: int, marks: SaveMarks, by: User
) -> FiledList:
    """An automatic save: rows that the page does not know stay, only an explicit removal removes.

    The answer's `last_save_values` has the ids of new rows by the names of their hidden fields.
    """
    filed = _writable(filed, by)
    if marks.is_repeat_of(filed.last_save_id):
        return filed
    if not marks.follows(filed.last_save_id):
        check_revision(filed.revision, seen)
    earlier = filed.last_save_values if marks.after else {}
    stored = {row.pk: row for row in filed.rows.all()}
    values: dict[str, int] = {}
    for position, change in enumerate(rows, start=1):
        pk = change.id if change.id is not None else earlier.get(change.name)
        row = stored.pop(pk, None) if pk is not None else None
        if not (change.is_deleted or change.words.is_blank):
            kept = _keep_row(row or FiledRow(list=filed), change.words, position)
            values |= {} if kept.pk == change.id else {change.name: kept.pk}
        elif row is not None:
            row.delete()
    for position, row in enumerate(stored.values(), start=len(rows) + 1):
        FiledRow.objects.filter(pk=row.pk).update(position=position)
    filed.last_save_id, filed.last_save_values = marks.save_id, values
    return _touch(filed, "撰写清单", by=by)


def _keep_row(row: FiledRow, words: FiledWords, position: int) -> FiledRow:
    for name, value in dataclasses.asdict(words).items():
        setattr(row, name, value)
    row.position = position
    row.save()
    return row


@transaction.atomic
def add_filed_rows(filed: FiledList, *, rows: Sequence[tuple[int, FiledWords]], by: User) -> FiledList:
    """Start from what is known: each row with the id of the item it comes from, none twice."""
    filed = _writable(filed, by)
    there = set(filed.rows.values_list("origin", flat=True))
    position = filed.rows.count()
    for origin, words in rows:
        if origin not in there:
            position += 1
            filed.rows.create(position=position, origin=origin, **dataclasses.asdict(words))
    filed.last_save_id, filed.last_save_values = "", {}
    return _touch(filed, "从上年事项转入", by=by)


def _writable(filed: FiledList, by: User) -> FiledList:
    lock_open_cycle(filed.cycle.pk)
    filed = _locked(filed)
    if not can_write_filed_list(by, filed):
        raise PermissionDenied
    if not filed.is_writable:
        raise FilingRefused("清单已经报送，内容不能再改。需要修改的，请组织部门先退回清单。")
    return filed


def _touch(filed: FiledList, verb: str, *, by: User) -> FiledList:
    filed.revision += 1
    filed.saved_at, filed.saved_by = clock.now(), by
    filed.save(update_fields=["revision", "saved_at", "saved_by", "last_save_id", "last_save_values"])
    if filed.last_save_id:
        record_sitting(filed, verb, by=by)
    else:
        record(filed, verb, by=by, after={"rows": filed.rows.count()})
    return filed


@transaction.atomic
def submit_filed_list(filed: FiledList, *, by: User) -> FiledList:
    """File the list. Raises FilingRefused naming row by row what is missing; late is by the first time."""
    lock_open_cycle(filed.cycle.pk)
    filed = _locked(filed)
    if not can_submit_filed_list(by, filed):
        raise PermissionDenied
    state = FILING_FLOW.check(filed.state, "submit")
    if gaps := filed.gaps():
        raise FilingRefused(*gaps)
    before = snapshot(filed)
    if filed.submitted_at is None:
        filed.submitted_at = clock.now()
        filed.is_late = filed.call.deadline.state(clock.today()) == DueState.OVERDUE
    filed.state = state
    _save(filed)
    record(filed, "报送清单", by=by, before=before, after=snapshot(filed))
    notify(
        holders(filed.cycle.committee, Role.ORGANIZATION_DEPARTMENT), f"{filed}已报送，请审核。", url=_list_url(filed)
    )
    return filed


@transaction.atomic
def return_filed_list(filed: FiledList, *, reason: str, by: User) -> FiledList:
    filed = _screened(filed, by)
    before = snapshot(filed)
    filed.state = FILING_FLOW.check(filed.state, "return")
    if not reason.strip():
        raise FilingRefused("请写明退回的意见。")
    filed.return_reason = reason
    _save(filed)
    record(filed, "退回清单", by=by, before=before, after=snapshot(filed), note=reason)
    notify(
        holders(filed.organization, *WRITING_ROLES), f"{filed}被退回，请按意见修改后重新报送。", url=_list_url(filed)
    )
    return filed


@transaction.atomic
def accept_filed_list(filed: FiledList, *, by: User) -> FiledList:
    filed = _screened(filed, by)
    before = snapshot(filed)
    filed.state = FILING_FLOW.check(filed.state, "accept")
    filed.return_reason = ""
    _save(filed)
    record(filed, "审核通过清单", by=by, before=before, after=snapshot(filed))
    notify(holders(filed.organization, *WRITING_ROLES), f"{filed}已审核通过。", url=_list_url(filed))
    return filed


def _screened(filed: FiledList, by: User) -> FiledList:
    lock_open_cycle(filed.cycle.pk)
    filed = _locked(filed)
    if not can_screen_filed_list(by, filed):
        raise PermissionDenied
    return filed


def _locked(filed: FiledList) -> FiledList:
    rows = FiledList.objects.select_for_update(of=("self",)).select_related("organization", "call__cycle__committee")
    if (row := rows.filter(pk=filed.pk).first()) is None:
        raise FilingRefused("这份清单已经不用报送，请刷新页面。")
    return row


def _save(filed: FiledList) -> None:
    filed.revision += 1
    filed.save()


def _list_url(filed: FiledList) -> str:
    return reverse("reporting:filed_list_show", args=[filed.pk])
