"""Responsibility assessment, annual appraisal, vetoes (S-130, S-131, S-134)."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions.audit import record, snapshot
from accounts.models import User
from common import clock
from common.conflicts import check_revision
from reporting.models import Reporter, SchemeGrade
from reporting.rules.schemes import GradeCode
from reviews.models import Appraisal, Assessment, GradeCap, Result, Reward
from reviews.permissions import can_use_results
from reviews.rules.use_of_results import AppraisalGrade, Outcome, RewardKind, UseRefused, appraisal_fault


@dataclasses.dataclass(frozen=True)
class AssessmentFacts:
    """Score out of 100; satisfaction in percent."""

    outcome: str
    score: Decimal | None = None
    satisfaction: Decimal | None = None
    satisfied: int | None = None
    fairly_satisfied: int | None = None
    dissatisfied: int | None = None
    unknown: int | None = None
    is_unfunded: bool = False
    basis: str = ""
    decided_by: str = ""
    decided_on: dt.date | None = None


@dataclasses.dataclass(frozen=True)
class CapFacts:
    reason: str
    max_grade: SchemeGrade
    evidence: str
    approved_by: str
    approved_on: dt.date


@transaction.atomic
def save_assessment(reporter: Reporter, *, facts: AssessmentFacts, seen: int, by: User) -> Assessment:
    """Enter or change the result of a unit's responsibility assessment; `seen` is 0 for a first entry.

    不合格 is refused while an 优秀 or a reward of that year stands against it: those are put right first.
    """
    reporter = _lock_reporter(reporter)
    if not can_use_results(by, reporter.cycle):
        raise PermissionDenied
    row = Assessment.objects.select_for_update().filter(reporter=reporter).first()
    check_revision(row.revision if row else 0, seen)
    if facts.decided_on is not None and facts.decided_on > clock.today():
        raise UseRefused("审定日期不能晚于今天。")
    if facts.outcome == Outcome.FAILED:
        _refuse_contradictions(reporter)
    before = snapshot(row) if row else None
    row = row or Assessment(reporter=reporter, revision=0)
    for name, value in dataclasses.asdict(facts).items():
        setattr(row, name, value)
    row.recorded_by = by
    row.revision += 1
    row.save()
    record(row, "登记责任制考核结果", by=by, before=before, after=snapshot(row))
    return row


def _refuse_contradictions(reporter: Reporter) -> None:
    if Appraisal.objects.filter(reporter=reporter, grade=AppraisalGrade.EXCELLENT).exists():
        raise UseRefused("该同志年度考核已登记为优秀。责任制考核不合格实行一票否决，请先更正年度考核等次。")
    rewards = Reward.objects.filter(cycle=reporter.cycle_id, organization=reporter.organization_id)
    if rewards.filter(kind=RewardKind.REWARD).exists():
        raise UseRefused("该单位本年度已登记奖励。责任制考核不合格实行一票否决，请先删除奖励。")


@transaction.atomic
def save_appraisal(reporter: Reporter, *, grade: str, note: str, seen: int, by: User) -> Appraisal:
    """Enter the person's annual appraisal. Raises UseRefused for an 优秀 without 好, or against a veto (S-130)."""
    reporter = _lock_reporter(reporter)
    if not can_use_results(by, reporter.cycle):
        raise PermissionDenied
    row = Appraisal.objects.select_for_update().filter(reporter=reporter).first()
    check_revision(row.revision if row else 0, seen)
    fault = appraisal_fault(
        grade,
        decided=_decided_code(reporter),
        good_label=_good_label(reporter),
        outcome=_outcome(reporter),
    )
    if fault:
        raise UseRefused(fault)
    before = snapshot(row) if row else None
    row = row or Appraisal(reporter=reporter, revision=0)
    row.grade, row.note, row.recorded_by = grade, note, by
    row.revision += 1
    row.save()
    record(row, "登记年度考核等次", by=by, before=before, after=snapshot(row))
    return row


@transaction.atomic
def create_cap(reporter: Reporter, *, facts: CapFacts, by: User) -> GradeCap:
    """Enter an approved veto. A grade already decided above it has to be corrected first."""
    reporter = _lock_reporter(reporter)
    if not can_use_results(by, reporter.cycle) or facts.max_grade.scheme_id != reporter.cycle.scheme.pk:
        raise PermissionDenied
    if facts.approved_on > clock.today():
        raise UseRefused("批准日期不能晚于今天。")
    result = Result.objects.filter(reporter=reporter).select_related("decided_grade").first()
    decided = result.decided_grade if result else None
    if decided is not None and decided.position < facts.max_grade.position:
        raise UseRefused(f"已审定为“{decided}”，高于“{facts.max_grade}”。请先更正审定等次，再登记否决。")
    cap = GradeCap.objects.create(
        reporter=reporter,
        reason=facts.reason,
        max_grade=facts.max_grade,
        evidence=facts.evidence,
        approved_by=facts.approved_by,
        approved_on=facts.approved_on,
        recorded_by=by,
    )
    record(cap, "登记否决", by=by, after=snapshot(cap))
    return cap


@transaction.atomic
def lift_cap(cap: GradeCap, *, reason: str, by: User) -> GradeCap:
    """Take a veto back with a reason; it stays on record."""
    rows = GradeCap.objects.select_for_update(of=("self",)).select_related("reporter__cycle__committee")
    cap = rows.get(pk=cap.pk)
    if not can_use_results(by, cap.reporter.cycle):
        raise PermissionDenied
    if cap.lifted_on is not None:
        raise UseRefused("这一否决已经撤销。")
    if not reason.strip():
        raise UseRefused("请写明撤销理由。")
    before = snapshot(cap)
    cap.lifted_on, cap.lift_reason = clock.today(), reason
    cap.save(update_fields=["lifted_on", "lift_reason"])
    record(cap, "撤销否决", by=by, before=before, after=snapshot(cap), note=reason)
    return cap


def _lock_reporter(reporter: Reporter) -> Reporter:
    rows = Reporter.objects.select_for_update(of=("self",))
    return rows.select_related("cycle__committee", "cycle__scheme", "organization").get(pk=reporter.pk)


def _decided_code(reporter: Reporter) -> str:
    result = Result.objects.filter(reporter=reporter).select_related("decided_grade").first()
    return result.decided_grade.code if result and result.decided_grade else ""


def _good_label(reporter: Reporter) -> str:
    grade = reporter.cycle.scheme.grades.filter(code=GradeCode.GOOD).first()
    return grade.label if grade else str(GradeCode.GOOD.label)


def _outcome(reporter: Reporter) -> str:
    row = Assessment.objects.filter(reporter=reporter).first()
    return row.outcome if row else ""
