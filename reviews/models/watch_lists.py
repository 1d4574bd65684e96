"""What the committee's own rules point to, and what has not been done about it (S-136, S-138, S-139)."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import defaultdict

from django.db.models import Count

from rectification.models import Inspection, RectificationItem, Verification
from reporting.models import Cycle, Reporter
from reviews.rules.accountability_rules import Facts, Situation, unurged_days, why

from .accountability import AccountabilityRecord
from .accountability_rules import AccountabilityRule
from .assessments import Assessment
from .results import Result


@dataclasses.dataclass(frozen=True)
class Suggestion:
    """`reason` is the fact that meets the rule; `record` is what was entered about it, if anything."""

    reporter: Reporter
    rule: AccountabilityRule
    reason: str
    record: AccountabilityRecord | None


@dataclasses.dataclass(frozen=True)
class Unurged:
    """An overdue item nobody above has urged for `days` days."""

    item: RectificationItem
    days: int
    rule: AccountabilityRule
    record: AccountabilityRecord | None


def rules_in_force(cycle: Cycle, today: dt.date) -> list[AccountabilityRule]:
    rules = AccountabilityRule.objects.filter(committee=cycle.committee_id, is_active=True, effective_from__lte=today)
    return list(rules.select_related("basis"))


def suggestions_of(cycle: Cycle, today: dt.date) -> list[Suggestion]:
    """Every rule that a unit's facts meet, in speaking order; the number of queries does not grow with the units."""
    rules = [rule for rule in rules_in_force(cycle, today) if rule.situation != Situation.UNURGED]
    if not rules:
        return []
    facts = facts_of(cycle, today)
    records = {(entry.organization_id, entry.rule_id): entry for entry in cycle.accountability.for_table()}
    return [
        Suggestion(reporter, rule, reason, records.get((reporter.organization_id, rule.pk)))
        for reporter in cycle.reporters.in_order()
        for rule in rules
        if (reason := why(rule.situation, rule.threshold, facts[reporter.pk]))
    ]


def facts_of(cycle: Cycle, today: dt.date) -> dict[int, Facts]:
    """By reporter; five queries."""
    found = Result.objects.filter(reporter__cycle=cycle, decided_grade__isnull=False)
    grades = dict(found.values_list("reporter", "decided_grade__code"))
    assessments = {row.reporter_id: row for row in Assessment.objects.filter(reporter__cycle=cycle)}
    overdue: dict[int, list[dt.date]] = defaultdict(list)
    items = RectificationItem.objects.overdue(today).filter(list__reporter__cycle=cycle)
    for reporter, due in items.values_list("list__reporter", "due_date"):
        overdue[reporter].append(due)
    returned = Verification.objects.filter(
        item__list__reporter__cycle=cycle, outcome=Verification.Outcome.RETURNED
    ).order_by()
    sent_back = dict(returned.values_list("item__list__reporter").annotate(Count("pk")))
    return {
        pk: _facts(grades.get(pk, ""), assessments.get(pk), overdue[pk], sent_back.get(pk, 0), today)
        for pk in cycle.reporters.values_list("pk", flat=True)
    }


def _facts(grade: str, assessment: Assessment | None, overdue: list[dt.date], sent_back: int, today: dt.date) -> Facts:
    longest = max(((today - due).days for due in overdue), default=0)
    if assessment is None:
        return Facts(grade, overdue_items=len(overdue), longest_overdue_days=longest, sent_back=sent_back)
    return Facts(
        grade,
        assessment.outcome,
        assessment.satisfaction,
        len(overdue),
        longest,
        sent_back,
        assessment.is_unfunded,
    )


def unurged_of(cycle: Cycle, today: dt.date) -> list[Unurged]:
    """Overdue items for which the committee itself has to answer, longest first (S-138).

    An inspection of the unit counts as urging; a joint record against the committee is shown beside the item.
    """
    rules = [rule for rule in rules_in_force(cycle, today) if rule.situation == Situation.UNURGED]
    if not rules:
        return []
    rule = min(rules, key=lambda each: each.threshold or 0)
    urged: dict[int, list[dt.date]] = defaultdict(list)
    for unit, date in Inspection.objects.filter(committee=cycle.committee_id).values_list("organization", "date"):
        urged[unit].append(date)
    records = {entry.item_id: entry for entry in cycle.accountability.filter(organization=cycle.committee_id)}
    found = []
    for item in RectificationItem.objects.overdue(today).filter(list__reporter__cycle=cycle).for_table():
        if item.due_date is not None:
            days = unurged_days(item.due_date, urged[item.organization.pk], today)
            if days > (rule.threshold or 0):
                found.append(Unurged(item, days, rule, records.get(item.pk)))
    return sorted(found, key=lambda each: -each.days)
