"""The committee's own table of situations and consequences (S-143)."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions.audit import record, snapshot
from accounts.models import Organization, User
from common.conflicts import check_revision
from reporting.models import BasisDocument
from reviews.models import AccountabilityRule
from reviews.permissions import can_edit_accountability_rules
from reviews.rules.accountability_rules import NEEDS_THRESHOLD
from reviews.rules.use_of_results import UseRefused


@dataclasses.dataclass(frozen=True)
class RuleFacts:
    situation: str
    text: str
    effective_from: dt.date
    basis: BasisDocument
    threshold: Decimal | None = None
    measure: str = ""
    consequence: str = ""
    is_active: bool = True


@transaction.atomic
def create_rule(committee: Organization, *, facts: RuleFacts, by: User) -> AccountabilityRule:
    if not can_edit_accountability_rules(by, committee):
        raise PermissionDenied
    _check(facts)
    rule = AccountabilityRule.objects.create(committee=committee, **_values(facts))
    record(rule, "登记奖惩问责条款", by=by, after=snapshot(rule))
    return rule


@transaction.atomic
def edit_rule(rule: AccountabilityRule, *, facts: RuleFacts, seen: int, by: User) -> AccountabilityRule:
    rule = AccountabilityRule.objects.select_for_update(of=("self",)).select_related("committee").get(pk=rule.pk)
    if not can_edit_accountability_rules(by, rule.committee):
        raise PermissionDenied
    check_revision(rule.revision, seen)
    _check(facts)
    before = snapshot(rule)
    for name, value in _values(facts).items():
        setattr(rule, name, value)
    rule.revision += 1
    rule.save()
    record(rule, "修改奖惩问责条款", by=by, before=before, after=snapshot(rule))
    return rule


def _check(facts: RuleFacts) -> None:
    if facts.situation in NEEDS_THRESHOLD and facts.threshold is None:
        raise UseRefused("这种情形须填写界限，如“2”项、“30”天、“60”%。")
    if not facts.measure and not facts.consequence.strip():
        raise UseRefused("问责措施和处理（激励）内容至少填写一项。")


def _values(facts: RuleFacts) -> dict[str, object]:
    return {field.name: getattr(facts, field.name) for field in dataclasses.fields(facts)}
