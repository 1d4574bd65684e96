"""Set and lift 不得提拔重用 (S-132)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions.audit import record, snapshot
from accounts.models import User
from common import clock
from reporting.models import BasisDocument, Reporter
from reviews.models import PromotionBar
from reviews.permissions import can_use_results
from reviews.rules.use_of_results import UseRefused


@transaction.atomic
def create_bar(
    reporter: Reporter,
    *,
    reason: str,
    basis: BasisDocument | None,
    start: dt.date,
    until: dt.date | None,
    by: User,
) -> PromotionBar:
    """Mark the person who reported, for the days from `start` to `until` (None: until it is lifted)."""
    reporter = Reporter.objects.select_for_update(of=("self",)).select_related("cycle__committee").get(pk=reporter.pk)
    if not can_use_results(by, reporter.cycle):
        raise PermissionDenied
    if not reason.strip():
        raise UseRefused("请写明理由。")
    if until is not None and until < start:
        raise UseRefused("截止日期不能早于起始日期。")
    bar = PromotionBar.objects.create(
        cycle=reporter.cycle,
        person=reporter.post.person,
        reason=reason,
        basis=basis,
        start=start,
        until=until,
        set_by=by,
    )
    record(bar, "标注不得提拔重用", by=by, after=snapshot(bar), note=reason)
    return bar


@transaction.atomic
def lift_bar(bar: PromotionBar, *, reason: str, by: User) -> PromotionBar:
    """From today on it no longer holds; it stays on record with its reason."""
    rows = PromotionBar.objects.select_for_update(of=("self",)).select_related("cycle__committee", "person")
    bar = rows.get(pk=bar.pk)
    if not can_use_results(by, bar.cycle):
        raise PermissionDenied
    if not bar.is_in_force:
        raise UseRefused("这一标注已经失效或者解除。")
    if not reason.strip():
        raise UseRefused("请写明解除理由。")
    before = snapshot(bar)
    bar.lifted_on, bar.lift_reason = clock.today(), reason
    bar.save(update_fields=["lifted_on", "lift_reason"])
    record(bar, "解除不得提拔重用", by=by, before=before, after=snapshot(bar), note=reason)
    return bar
