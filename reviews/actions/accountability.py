"""问责: enter a record, correct it, hold the superior to account jointly (S-136 to S-140)."""

from __future__ import annotations

import dataclasses
import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions.audit import record, snapshot
from accounts.actions.people import end_post
from accounts.models import Organization, Post, User
from common import clock
from common.conflicts import check_revision
from rectification.models import RectificationItem
from reporting.models import BasisDocument, Cycle
from reviews.models import AccountabilityRecord, AccountabilityRule
from reviews.permissions import can_use_results
from reviews.rules.use_of_results import Measure, UseRefused, record_faults


@dataclasses.dataclass(frozen=True)
class RecordFacts:
    organization: Organization
    responsibility: str
    measure: str
    date: dt.date
    reason: str
    decided_by: str
    post: Post | None = None
    replacement_reason: str = ""
    item: RectificationItem | None = None
    rule: AccountabilityRule | None = None
    handled_by: str = ""
    document: str = ""
    basis: BasisDocument | None = None
    is_typical: bool = False
    is_masked: bool = True
    joint_of: AccountabilityRecord | None = None


class RecordIncomplete(UseRefused):
    """`faults` maps a field of the form to what is wrong with it."""

    def __init__(self, faults: dict[str, str]) -> None:
        self.faults = faults
        super().__init__(*faults.values())


@transaction.atomic
def create_record(cycle: Cycle, *, facts: RecordFacts, by: User) -> AccountabilityRecord:
    """Enter what was decided. 撤换 ends the post with the day of the record (S-140). Nothing is ever automatic."""
    cycle = Cycle.objects.select_for_update(of=("self",)).select_related("committee").get(pk=cycle.pk)
    if not can_use_results(by, cycle) or not facts.organization.is_under(cycle.committee):
        raise PermissionDenied
    _check(facts)
    entry = AccountabilityRecord.objects.create(
        cycle=cycle, recorded_by=by, level=facts.organization.level, **_values(facts)
    )
    if facts.measure == Measure.REPLACEMENT and facts.post is not None and facts.post.end is None:
        end_post(facts.post, end=facts.date, by=by)
    record(entry, "登记问责", by=by, after=snapshot(entry))
    return entry


@transaction.atomic
def edit_record(entry: AccountabilityRecord, *, facts: RecordFacts, seen: int, by: User) -> AccountabilityRecord:
    """Correct an entry; what it was stays in the trail. A 撤换 is entered anew, because it ends a post."""
    rows = AccountabilityRecord.objects.select_for_update(of=("self",)).select_related("cycle__committee")
    entry = rows.get(pk=entry.pk)
    if not can_use_results(by, entry.cycle) or not facts.organization.is_under(entry.cycle.committee):
        raise PermissionDenied
    check_revision(entry.revision, seen)
    _check(facts)
    if Measure.REPLACEMENT in (facts.measure, entry.measure) and facts.measure != entry.measure:
        raise UseRefused("撤换与其他措施不能互相改换，请另行登记。")
    before = snapshot(entry)
    for name, value in _values(facts).items():
        setattr(entry, name, value)
    entry.level = facts.organization.level
    entry.revision += 1
    entry.save()
    record(entry, "更正问责记录", by=by, before=before, after=snapshot(entry))
    return entry


def _check(facts: RecordFacts) -> None:
    faults = record_faults(
        measure=facts.measure,
        has_post=facts.post is not None,
        replacement_reason=facts.replacement_reason,
        date=facts.date,
        today=clock.today(),
        reason=facts.reason,
    )
    if facts.post is not None and facts.post.organization_id != facts.organization.pk:
        faults["post"] = "所选人员不在所选单位任职。"
    if facts.item is not None and facts.item.list.reporter.organization_id != facts.organization.pk:
        faults["item"] = "所选整改事项不属于所选单位。"
    if faults:
        raise RecordIncomplete(faults)


def _values(facts: RecordFacts) -> dict[str, object]:
    return {field.name: getattr(facts, field.name) for field in dataclasses.fields(facts)}
