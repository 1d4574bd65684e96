"""What the committee's own rules point to, and what has not been done about it (S-136, S-138, S-139)."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import defaultdict

from django.db.models import Count
from django.utils import timezone

from rectification.models import Inquiry, Inspection, LadderStep, RectificationItem, Verification
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
    """An overdue serious item nobody above has urged for `days` days; `urged_on` is the last time, if there was one."""

    item: RectificationItem
    days: int
    urged_on: dt.date | None
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
    rows = found.values_list("reporter", "decided_grade__code", "decided_grade__label")
    grades = {reporter: Facts(code, grade_label=label) for reporter, code, label in rows}
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
        pk: _facts(grades.get(pk, Facts()), assessments.get(pk), overdue[pk], sent_back.get(pk, 0), today)
        for pk in cycle.reporters.values_list("pk", flat=True)
    }


def _facts(
    graded: Facts, assessment: Assessment | None, overdue: list[dt.date], sent_back: int, today: dt.date
) -> Facts:
    longest = max(((today - due).days for due in overdue), default=0)
    facts = dataclasses.replace(graded, overdue_items=len(overdue), longest_overdue_days=longest, sent_back=sent_back)
    if assessment is None:
        return facts
    return dataclasses.replace(
        facts,
        outcome=assessment.outcome,
        satisfaction=assessment.satisfaction,
        is_unfunded=assessment.is_unfunded,
    )


def unurged_of(cycle: Cycle, today: dt.date) -> list[Unurged]:
    """Overdue serious items for which the committee itself has to answer, longest first (S-138).

    The number of queries does not grow with the items; a joint record against the committee is shown beside each.
    """
    rules = [rule for rule in rules_in_force(cycle, today) if rule.situation == Situation.UNURGED]
    if not rules:
        return []
    rule = min(rules, key=lambda each: each.threshold or 0)
    items = RectificationItem.objects.overdue(today).filter(list__reporter__cycle=cycle, problem__is_serious=True)
    urged, inspected = urgings_of(cycle)
    records = {entry.item_id: entry for entry in cycle.accountability.filter(organization=cycle.committee_id)}
    found = []
    for item in items.for_table():
        dates = [*urged[item.pk], *inspected[item.organization.pk]]
        days = unurged_days(item.due_date, dates, today) if item.due_date is not None else 0
        if days > (rule.threshold or 0):
            found.append(Unurged(item, days, max(dates, default=None), rule, records.get(item.pk)))
    return sorted(found, key=lambda each: -each.days)


def urgings_of(cycle: Cycle) -> tuple[dict[int, list[dt.date]], dict[int, list[dt.date]]]:
    """When the committee urged, by item and by unit: a sheet of the ladder, a talk or letter, an inspection."""
    items: dict[int, list[dt.date]] = defaultdict(list)
    steps = LadderStep.objects.filter(item__list__reporter__cycle=cycle).order_by()
    inquiries = Inquiry.objects.filter(item__list__reporter__cycle=cycle, committee=cycle.committee_id).order_by()
    for item, moment in [*steps.values_list("item", "at"), *inquiries.values_list("item", "issued_at")]:
        items[item].append(timezone.localtime(moment).date())
    units: dict[int, list[dt.date]] = defaultdict(list)
    for unit, date in Inspection.objects.filter(committee=cycle.committee_id).values_list("organization", "date"):
        units[unit].append(date)
    return items, units
