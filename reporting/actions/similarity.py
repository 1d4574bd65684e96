"""Ask for a comparison of a cycle's reports (S-76)."""

from __future__ import annotations

from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.actions.audit import record
from accounts.models import User
from reporting.models import Cycle, SimilarityRun
from reporting.permissions import can_compare_reports
from reporting.tasks.similarity import wake_worker


@transaction.atomic
def request_comparison(cycle: Cycle, *, by: User) -> SimilarityRun:
    """A new comparison in the background; while one is under way, that one."""
    if not can_compare_reports(by, cycle):
        raise PermissionDenied
    try:
        with transaction.atomic():
            run = SimilarityRun.objects.create(cycle=cycle, by=by)
    except IntegrityError:
        # Only one may be unfinished: somebody has just asked for the same.
        return SimilarityRun.objects.unfinished().get(cycle=cycle)
    record(run, "开始相似比对", by=by)
    transaction.on_commit(partial(wake_worker, run.pk))
    return run
