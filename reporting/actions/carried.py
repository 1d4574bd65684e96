"""Last year's unfinished items, written down into this year's report form (S-68)."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions.audit import record
from accounts.models import User
from reporting.actions.cycles import lock_open_cycle
from reporting.models import CarriedItem, Reporter
from reporting.permissions import can_edit_cycle


@transaction.atomic
def write_carried_item(
    reporter: Reporter,
    *,
    origin: int | None,
    origin_year: int | None,
    text: str,
    measure: str = "",
    due_text: str = "",
    by: User,
) -> CarriedItem:
    """Add an item of last year to the reporter's form, where it stays as it was when handed down.

    `origin` is the id of last year's item; the same origin twice gives the row that is there.
    """
    cycle = lock_open_cycle(reporter.cycle_id)
    if not can_edit_cycle(by, cycle):
        raise PermissionDenied
    if origin is not None:
        existing = reporter.carried_items.filter(origin=origin).first()
        if existing is not None:
            return existing
    item = reporter.carried_items.create(
        position=reporter.carried_items.count() + 1,
        origin=origin,
        origin_year=origin_year,
        text=text,
        measure=measure,
        due_text=due_text[:60],
    )
    record(reporter, "结转上年度事项", by=by, after={"text": text, "origin": origin})
    return item


@transaction.atomic
def write_promises_kept(reporter: Reporter, *, words: str, by: User) -> Reporter:
    """Write down how last year's promises were kept; the form shows the sentence, the latest one stands (S-150)."""
    cycle = lock_open_cycle(reporter.cycle_id)
    if not can_edit_cycle(by, cycle):
        raise PermissionDenied
    reporter = Reporter.objects.select_for_update(of=("self",)).get(pk=reporter.pk)
    if reporter.promises_kept != words:
        before = {"promises_kept": reporter.promises_kept}
        reporter.promises_kept = words
        reporter.save(update_fields=["promises_kept"])
        record(reporter, "写入承诺兑现情况", by=by, before=before, after={"promises_kept": words})
    return reporter
