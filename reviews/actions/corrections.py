"""Change a decided result that is frozen: one proposes, another approves, the old version stays (issue of two people)."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.actions.audit import record, snapshot
from accounts.actions.notices import holders, notify
from accounts.models import User
from accounts.rules.roles import SUBMITTING_ROLES, Role
from common import clock
from reporting.models import Reporter, SchemeGrade
from reporting.rules.schemes import ComponentInput
from reviews.actions.results import Decision, check_caps, is_frozen, store_decision
from reviews.models import ComponentScore, Correction, Result
from reviews.models.result_inputs import inputs_of
from reviews.permissions import can_answer_correction, can_propose_correction
from reviews.rules.corrections import CORRECTION_FLOW
from reviews.rules.figures import mark_in_range
from reviews.rules.use_of_results import UseRefused


@dataclasses.dataclass(frozen=True)
class CorrectionFacts:
    """`scores` are the typed parts that change, by id of the component."""

    grade: SchemeGrade
    deciding_meeting: str
    decided_on: dt.date
    reason: str
    scores: Mapping[int, Decimal] = dataclasses.field(default_factory=dict)


@transaction.atomic
def propose_correction(reporter: Reporter, *, facts: CorrectionFacts, by: User) -> Correction:
    """Raises UseRefused while the result can still be changed directly, or another proposal waits."""
    result = _lock_result(reporter)
    cycle = result.reporter.cycle
    if not can_propose_correction(by, cycle) or facts.grade.scheme_id != cycle.scheme.pk:
        raise PermissionDenied
    if not result.is_decided or not is_frozen(result):
        raise UseRefused("等次还没有公布或反馈，可以直接改动，不需要办理更正。")
    if not facts.reason.strip():
        raise UseRefused("请写明更正理由。")
    if facts.decided_on > clock.today():
        raise UseRefused("审定日期不能晚于今天。")
    typed = set(cycle.scheme.components.filter(input=ComponentInput.TYPED).values_list("pk", flat=True))
    if not set(facts.scores) <= typed or not all(mark_in_range(s, Decimal(100)) for s in facts.scores.values()):
        raise UseRefused("得分应在0到100之间，最多两位小数。")
    correction = Correction(
        result=result,
        grade=facts.grade,
        deciding_meeting=facts.deciding_meeting,
        decided_on=facts.decided_on,
        reason=facts.reason,
        scores={str(pk): str(score) for pk, score in facts.scores.items()},
        proposed_by=by,
        proposed_at=clock.now(),
    )
    try:
        with transaction.atomic():
            correction.save()
    except IntegrityError:
        raise UseRefused("这一结果已有一项更正等待批准。") from None
    record(correction, "提出更正", by=by, after=snapshot(correction), note=facts.reason)
    approvers = [u for u in holders(cycle.committee, Role.ORGANIZATION_DEPARTMENT, Role.LEADER) if u.pk != by.pk]
    url = reverse("reviews:result_show", args=[result.reporter_id])
    notify(approvers, f"{result.reporter}的考核结果有一项更正等待批准。", url=url)
    return correction


@transaction.atomic
def approve_correction(correction: Correction, *, answer: str, by: User) -> Result:
    """Carry it out: scores, derivation, grade and a new version; the secretary is told. Never by who proposed it."""
    correction = _lock_correction(correction)
    result = _lock_result(correction.result.reporter)
    if not can_answer_correction(by, correction):
        raise PermissionDenied
    correction.state = CORRECTION_FLOW.check(correction.state, "approve")
    check_caps(result.reporter, correction.grade)
    if correction.scores:
        _change_scores(result, {int(pk): Decimal(score) for pk, score in correction.scores.items()})
    _answer(correction, answer, by=by)
    decision = Decision(correction.grade, correction.deciding_meeting, correction.decided_on, correction.reason)
    store_decision(result, decision, approved_by=by, by=correction.proposed_by)
    record(correction, "批准更正", by=by, note=answer)
    reporter = result.reporter
    notify(
        holders(reporter.organization, *SUBMITTING_ROLES),
        f"{reporter.cycle.year}年度综合评价等次有更正，请查看。",
        url=reverse("reviews:result_show", args=[reporter.pk]),
    )
    return result


@transaction.atomic
def refuse_correction(correction: Correction, *, answer: str, by: User) -> Correction:
    correction = _lock_correction(correction)
    if not can_answer_correction(by, correction):
        raise PermissionDenied
    correction.state = CORRECTION_FLOW.check(correction.state, "refuse")
    _answer(correction, answer, by=by)
    record(correction, "不批准更正", by=by, note=answer)
    url = reverse("reviews:result_show", args=[correction.result.reporter_id])
    notify([correction.proposed_by], f"{correction.result.reporter}的更正没有批准。", url=url)
    return correction


@transaction.atomic
def withdraw_correction(correction: Correction, *, by: User) -> Correction:
    """Only by who proposed it."""
    correction = _lock_correction(correction)
    if correction.proposed_by_id != by.pk:
        raise PermissionDenied
    correction.state = CORRECTION_FLOW.check(correction.state, "withdraw")
    _answer(correction, "", by=by)
    record(correction, "撤回更正", by=by)
    return correction


def _change_scores(result: Result, scores: Mapping[int, Decimal]) -> None:
    """Type the parts anew and work the result out again, from all there is now."""
    reporter = result.reporter
    for component, score in scores.items():
        ComponentScore.objects.update_or_create(reporter=reporter, component_id=component, defaults={"score": score})
    inputs = inputs_of(reporter.cycle)[reporter.pk]
    derivation = inputs.derive()
    result.composite = derivation.composite
    result.derivation, result.inputs = derivation.as_json(), inputs.as_json()
    result.proposed_grade = reporter.cycle.scheme.grades.filter(code=derivation.grade_code).first()
    result.computed_at = clock.now()


def _answer(correction: Correction, answer: str, *, by: User) -> None:
    correction.answered_by, correction.answered_at, correction.answer = by, clock.now(), answer
    correction.save()


def _lock_result(reporter: Reporter) -> Result:
    rows = Result.objects.select_for_update(of=("self",)).select_related(
        "reporter__cycle__committee", "reporter__cycle__scheme", "reporter__organization", "reporter__post__person"
    )
    if (result := rows.filter(reporter=reporter).first()) is None:
        raise UseRefused("还没有结果，不能更正。")
    return result


def _lock_correction(correction: Correction) -> Correction:
    rows = Correction.objects.select_for_update(of=("self",)).select_related(
        "grade", "proposed_by", "result__reporter__cycle__committee"
    )
    return rows.get(pk=correction.pk)
