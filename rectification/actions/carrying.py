"""结转: last year's unfinished items and standing promises go into this year's report forms (S-68)."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from accounts.actions.audit import record
from accounts.actions.notices import holders, notify
from accounts.models import User
from accounts.rules.roles import WRITING_ROLES
from rectification.models import RectificationItem
from rectification.models.carrying import carry_rows
from rectification.models.fulfilments import fulfilment_before
from rectification.permissions import can_carry_items
from rectification.rules.fulfilments import kept_words
from reporting.actions.carried import write_carried_item, write_promises_kept
from reporting.actions.cycles import refuse_closed
from reporting.models import CarriedItem, Cycle, Reporter


@transaction.atomic
def carry_items(cycle: Cycle, *, by: User) -> list[CarriedItem]:
    """Write what last year left into every report form of the cycle; what is there already is left alone.

    Returns the rows written now. Last year's items stay as they are: they can still be closed until this year's
    list takes them over (`open_list`). Raises CycleClosed.
    """
    cycle = Cycle.objects.select_for_update(of=("self",)).select_related("committee").get(pk=cycle.pk)
    if not can_carry_items(by, cycle):
        raise PermissionDenied
    refuse_closed(cycle)
    written: list[CarriedItem] = []
    for row in carry_rows(cycle):
        written += [_write(row.reporter, item, by=by) for item in row.waiting]
        if row.waiting:
            notify(
                holders(row.reporter.organization, *WRITING_ROLES),
                f"上年度{len(row.waiting)}项整改事项和承诺已列入{cycle.year}年度述职报告，请逐项作答。",
                url=reverse("rectification:list_list"),
            )
    _write_rates(cycle, by=by)
    record(cycle, "结转上年度事项", by=by, after={"written": len(written)})
    return written


def _write_rates(cycle: Cycle, *, by: User) -> None:
    """How last year's promises were kept, in words, into the form of each who reports again (S-150)."""
    kept = fulfilment_before(cycle)
    for reporter in cycle.reporters.select_related("organization"):
        count = kept.get(reporter.organization_id)
        if count is not None and count.unmarked < count.total:
            write_promises_kept(reporter, words=kept_words(count, year=cycle.year - 1), by=by)


def _write(reporter: Reporter, item: RectificationItem, *, by: User) -> CarriedItem:
    return write_carried_item(
        reporter,
        origin=item.pk,
        origin_year=item.list.cycle.year,
        text=item.problem.text,
        measure="\n".join(measure.text for measure in item.measures.all()),
        due_text=str(item.deadline) or str(item.get_kind_display()),
        by=by,
    )
