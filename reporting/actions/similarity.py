"""Ask for a comparison of a cycle's reports (S-76)."""

from __future__ import annotations

from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.actions.audit import record
from accounts.models import User
from common import clock
from reporting.models import Cycle, DutyReport, SimilarityRun
from reporting.permissions import can_compare_reports
from reporting.tasks.similarity import wake_worker


def compare_again(cycle: Cycle, *, by: None = None) -> SimilarityRun | None:
    """For the clock: compare once more when reports were handed in since the last time, but not without a rest.

    However many are handed in at once, one comparison takes them all. None: there is nothing to do now.
    """
    last = cycle.similarity_runs.first()
    handed_in = DutyReport.objects.filter(reporter__cycle=cycle, submitted_at__isnull=False)
    if last is not None:
        if last.is_unfinished or not last.has_rested(clock.now()):
            return None
        handed_in = handed_in.filter(submitted_at__gte=last.requested_at)
    return request_comparison(cycle, by=by) if handed_in.exists() else None


@transaction.atomic
def request_comparison(cycle: Cycle, *, by: User | None) -> SimilarityRun:
    """A new comparison in the background; while one is under way, that one. `by` nobody is the clock."""
    if by is not None and not can_compare_reports(by, cycle):
        raise PermissionDenied
    try:
        with transaction.atomic():
            run = SimilarityRun.objects.create(cycle=cycle, by=by)
    except IntegrityError:
        # Only one may be unfinished: somebody has just asked for the same.
        return SimilarityRun.objects.unfinished().get(cycle=cycle)
    if by is not None:
        record(run, "开始相似比对", by=by)
    transaction.on_commit(partial(wake_worker, run.pk))
    return run
