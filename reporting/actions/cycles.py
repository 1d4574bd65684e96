"""Open a year, change its facts, move it on (S-28 to S-30)."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions.audit import record, snapshot
from accounts.models import Organization, User
from common import clock
from common.conflicts import check_revision
from reporting.actions.schemes import SchemeSource, start_scheme
from reporting.models import Cycle
from reporting.permissions import can_advance_cycle, can_create_cycle, can_edit_cycle
from reporting.rules.cycles import CYCLE_FLOW
from reporting.rules.refusals import CycleClosed, CycleExists


def lock_open_cycle(pk: int) -> Cycle:
    """The cycle under a row lock. Raises CycleClosed when the year is closed (S-28)."""
    cycle = Cycle.objects.select_for_update().get(pk=pk)
    refuse_closed(cycle)
    return cycle


def refuse_closed(cycle: Cycle) -> None:
    if cycle.is_closed:
        raise CycleClosed


@transaction.atomic
def create_cycle(committee: Organization, *, year: int, theme: str = "", source: SchemeSource, by: User) -> Cycle:
    """Open the committee's cycle for an assessed year with a scheme copied from `source` (S-28, S-29).

    Raises CycleExists when the committee already has that year.
    """
    committee = Organization.objects.select_for_update().get(pk=committee.pk)
    if not can_create_cycle(by, committee):
        raise PermissionDenied
    _refuse_second(committee, year)
    cycle = Cycle.objects.create(committee=committee, year=year, theme=theme, opened_on=clock.today())
    start_scheme(cycle, source=source)
    record(cycle, "新建年度", by=by, after=snapshot(cycle))
    return cycle


@transaction.atomic
def edit_cycle(cycle: Cycle, *, year: int, theme: str, seen: int, by: User) -> Cycle:
    """Change the year or theme. `seen` is the revision the form was made from (StaleRevision)."""
    cycle = lock_open_cycle(cycle.pk)
    if not can_edit_cycle(by, cycle):
        raise PermissionDenied
    check_revision(cycle.revision, seen)
    if year != cycle.year:
        _refuse_second(cycle.committee, year)
    before = snapshot(cycle)
    cycle.year, cycle.theme = year, theme
    cycle.revision += 1
    cycle.save()
    record(cycle, "修改年度", by=by, before=before, after=snapshot(cycle))
    return cycle


@transaction.atomic
def set_phase(cycle: Cycle, verb: str, *, by: User) -> Cycle:
    """Move the cycle by a verb of CYCLE_FLOW. What a phase asks for first is checked by `reviews` (S-30)."""
    cycle = Cycle.objects.select_for_update().get(pk=cycle.pk)
    if not can_advance_cycle(by, cycle):
        raise PermissionDenied
    target = CYCLE_FLOW.check(cycle.phase, verb)
    before = snapshot(cycle)
    cycle.phase = target
    cycle.revision += 1
    cycle.save()
    record(cycle, "进入下一阶段", by=by, before=before, after=snapshot(cycle))
    return cycle


@transaction.atomic
def fix_order(cycle: Cycle, *, by: User) -> Cycle:
    """The agenda is final: who speaks and in which order no longer changes (S-65). Twice is once."""
    cycle = lock_open_cycle(cycle.pk)
    if not can_edit_cycle(by, cycle):
        raise PermissionDenied
    if cycle.order_fixed_at is None:
        cycle.order_fixed_at = clock.now()
        cycle.save(update_fields=["order_fixed_at"])
        record(cycle, "确定述职顺序", by=by)
    return cycle


@transaction.atomic
def release_order(cycle: Cycle, *, by: User) -> Cycle:
    """Take `fix_order` back while the agenda is changed."""
    cycle = lock_open_cycle(cycle.pk)
    if not can_edit_cycle(by, cycle):
        raise PermissionDenied
    if cycle.order_fixed_at is not None:
        cycle.order_fixed_at = None
        cycle.save(update_fields=["order_fixed_at"])
        record(cycle, "重新调整述职顺序", by=by)
    return cycle


def _refuse_second(committee: Organization, year: int) -> None:
    if Cycle.objects.filter(committee=committee, year=year).exists():
        raise CycleExists(f"{committee}{year}年度的述职评议已经建立，请直接打开。")
