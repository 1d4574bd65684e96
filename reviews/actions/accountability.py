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
from rectification.actions.typical_cases import add_case
from rectification.models import Bulletin, RectificationItem, TypicalCase
from rectification.rules.bulletins import BulletinRefused
from reporting.models import BasisDocument, Cycle
from reviews.models import AccountabilityRecord, AccountabilityRule
from reviews.permissions import can_cite_record, can_use_results
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
    _check(facts, cycle)
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
    _check(facts, entry.cycle)
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


@transaction.atomic
def cite_record(entry: AccountabilityRecord, *, bulletin: Bulletin, text: str, by: User) -> TypicalCase:
    """Write a typical case down to a bulletin of the same committee that is being drawn up (S-142).

    Raises UseRefused for a record that is not marked typical, and once the bulletin is published.
    """
    rows = AccountabilityRecord.objects.select_for_update(of=("self",)).select_related("cycle__committee")
    entry = rows.get(pk=entry.pk)
    if not can_cite_record(by, entry) or bulletin.cycle.committee_id != entry.cycle.committee_id:
        raise PermissionDenied
    if not entry.is_typical:
        raise UseRefused("这条记录没有标为典型问题，不能写入通报。")
    try:
        case = add_case(bulletin, origin=entry.pk, text=text, by=by)
    except BulletinRefused as error:
        raise UseRefused(str(error)) from error
    record(entry, "写入通报", by=by, after={"bulletin": bulletin.pk})
    return case


def _check(facts: RecordFacts, cycle: Cycle) -> None:
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
    # The committee answers for an item of its subordinates (S-138); anybody else only for its own.
    answers = facts.organization.pk == cycle.committee_id
    if facts.item is not None and not answers and facts.item.list.reporter.organization_id != facts.organization.pk:
        faults["item"] = "所选整改事项不属于所选单位。"
    if faults:
        raise RecordIncomplete(faults)


def _values(facts: RecordFacts) -> dict[str, object]:
    return {field.name: getattr(facts, field.name) for field in dataclasses.fields(facts)}
