"""From sheets to decided grades: typed parts, computing, deciding (S-124, S-125, S-129)."""

import dataclasses
import datetime as dt
import zlib
from collections.abc import Mapping
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from accounts.actions.audit import record, snapshot
from accounts.models import User
from common import clock
from common.conflicts import check_revision
from reporting.models import Cycle, Reporter, SchemeGrade
from reporting.rules.schemes import ComponentInput
from reviews.models import ComponentScore, FeedbackLetter, GradeCap, Publication, Result, ResultVersion
from reviews.models.result_inputs import inputs_of
from reviews.models.results import typed_scores
from reviews.permissions import can_manage_results
from reviews.rules.closing import JUDGING_KINDS
from reviews.rules.figures import mark_in_range
from reviews.rules.meetings import MeetingState
from reviews.rules.results import ResultsError, decision_faults

Scores = Mapping[tuple[int, int], Decimal | None]
"""Score out of 100 by (id of reporter, id of component); None where nothing is typed."""


class DecisionIncompleteError(ResultsError):
    """`faults` maps a field of the form to what is wrong with it."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = dict(faults)
        super().__init__("".join(self.faults.values()))


def component_revision(cycle: Cycle) -> int:
    """A number that changes whenever a typed score of the cycle does; the table carries it."""
    rows = ComponentScore.objects.filter(reporter__cycle=cycle).order_by("reporter_id", "component_id")
    return zlib.crc32(repr(list(rows.values_list("reporter_id", "component_id", "score"))).encode())


@transaction.atomic
def save_component_scores(cycle: Cycle, *, scores: Scores, revision: int, by: User) -> int:
    """Store the whole table of typed parts; an emptied cell is taken away. Returns how many cells changed.

    Raises StaleRevision when somebody else changed the table since the page was made.
    """
    cycle = _lock_cycle(cycle)
    if not can_manage_results(by, cycle):
        raise PermissionDenied
    check_revision(component_revision(cycle), revision)
    reporters = set(cycle.reporters.values_list("pk", flat=True))
    components = set(cycle.scheme.components.filter(input=ComponentInput.TYPED).values_list("pk", flat=True))
    stored = typed_scores(cycle)
    changed = {key: score for key, score in scores.items() if stored.get(key) != score}
    decided = {pk for pk, _ in changed} & set(
        Result.objects.filter(reporter__cycle=cycle, decided_grade__isnull=False).values_list("reporter", flat=True)
    )
    if decided:
        raise ResultsError("等次已经审定的述职人，得分不能再改；确需更正的，请在其结果页面提出更正。")
    for (reporter, component), score in changed.items():
        if reporter not in reporters or component not in components:
            raise PermissionDenied
        if score is not None and not mark_in_range(score, Decimal(100)):
            raise ResultsError("得分应在0到100之间，最多两位小数。")
        _store_component(reporter, component, score)
    if changed:
        before = {f"{r}/{c}": stored.get((r, c)) for r, c in changed}
        after = {f"{r}/{c}": score for (r, c), score in changed.items()}
        record(cycle, "录入综合评价得分", by=by, before=before, after=after)
    return len(changed)


def _store_component(reporter: int, component: int, score: Decimal | None) -> None:
    row = ComponentScore.objects.filter(reporter=reporter, component=component)
    if score is None:
        row.delete()
    elif not row.update(score=score):
        ComponentScore.objects.create(reporter_id=reporter, component_id=component, score=score)


@transaction.atomic
def compute_results(cycle: Cycle, *, by: User) -> list[Result]:
    """Work out and store composite, derivation and proposed grade of every reporter not yet decided.

    Refused while a meeting of the year is still to be held or going on. Who lacks a part gets no
    composite; the derivation names what is missing. What is decided stays as it was decided upon.
    """
    cycle = _lock_cycle(cycle)
    if not can_manage_results(by, cycle):
        raise PermissionDenied
    _check_meetings(cycle)
    grades = {grade.code: grade for grade in cycle.scheme.grades.all()}
    results = []
    decided = Result.objects.filter(reporter__cycle=cycle, decided_grade__isnull=False)
    pending = cycle.reporters.exclude(pk__in=decided.values("reporter"))
    inputs = inputs_of(cycle)
    for reporter in pending.in_order():
        derivation = inputs[reporter.pk].derive()
        result, _ = Result.objects.select_for_update().get_or_create(reporter=reporter)
        result.composite = derivation.composite
        result.derivation = derivation.as_json()
        result.inputs = inputs[reporter.pk].as_json()
        result.proposed_grade = grades.get(derivation.grade_code)
        result.computed_at = clock.now()
        result.revision += 1
        result.save()
        results.append(result)
    after = {str(r.reporter.organization.label): str(r.composite) for r in results}
    record(cycle, "计算综合得分", by=by, after=after)
    return results


def _check_meetings(cycle: Cycle) -> None:
    meetings = cycle.meetings.filter(kind__in=JUDGING_KINDS)
    states = set(meetings.values_list("state", flat=True))
    if not states:
        raise ResultsError("本年度还没有召开述职评议会，不能计算综合得分。")
    if states != {MeetingState.CLOSED}:
        raise ResultsError("述职评议会还没有结束，结束以后才能计算综合得分。")


@transaction.atomic
def decide_grade(
    reporter: Reporter,
    *,
    grade: SchemeGrade,
    deciding_meeting: str,
    decided_on: dt.date | None,
    reason: str,
    revision: int,
    by: User,
) -> Result:
    """Enter the grade the committee decided; the proposed one stays beside it.

    Raises DecisionIncompleteError by field, StaleRevision when another clerk entered one meanwhile.
    """
    cycle = _lock_cycle(reporter.cycle)
    if not can_manage_results(by, cycle):
        raise PermissionDenied
    result = Result.objects.select_for_update().filter(reporter=reporter).first()
    if result is None:
        raise ResultsError("请先计算综合得分，再录入审定等次。")
    check_revision(result.revision, revision)
    if result.is_decided and is_frozen(result):
        raise ResultsError("等次已经公布或反馈，不能直接改动。确需更正的，请提出更正，由另一人批准。")
    if grade.scheme_id != cycle.scheme.pk:
        raise ResultsError("所选等次不属于本年度的考核方案。")
    faults = decision_faults(
        proposed=result.proposed_grade_id,
        decided=grade.pk,
        deciding_meeting=deciding_meeting,
        decided_on=decided_on,
        reason=reason,
        today=clock.today(),
        held_on=_held_on(cycle),
    )
    if faults:
        raise DecisionIncompleteError(faults)
    check_caps(reporter, grade)
    return store_decision(result, Decision(grade, deciding_meeting, decided_on, reason), by=by)


def is_frozen(result: Result) -> bool:
    """Made known to somebody below, or of a closed year: from then on it takes two people to change it."""
    cycle = result.reporter.cycle
    if cycle.is_closed or Publication.objects.filter(cycle=cycle).exists():
        return True
    return FeedbackLetter.objects.issued().filter(reporter=result.reporter).exists()


def check_caps(reporter: Reporter, grade: SchemeGrade) -> None:
    """Raises ResultsError when a veto in force allows no grade as good as that."""
    for cap in GradeCap.objects.in_force().filter(reporter=reporter).select_related("max_grade"):
        if grade.position < cap.max_grade.position:
            raise ResultsError(
                f"有否决“{cap.reason}”，等次最高为“{cap.max_grade}”，不能审定为“{grade}”。否决确有不当的，请先撤销否决。"
            )


def _held_on(cycle: Cycle) -> dt.date | None:
    """The day on which the first review meeting of the year ended."""
    closed = cycle.meetings.filter(kind__in=JUDGING_KINDS).aggregate(first=Min("closed_at"))["first"]
    return timezone.localdate(closed) if closed else None


@transaction.atomic
def decide_as_proposed(cycle: Cycle, *, deciding_meeting: str, decided_on: dt.date | None, by: User) -> list[Result]:
    """Enter the proposed grade as decided for everybody who has one and none decided."""
    cycle = _lock_cycle(cycle)
    if not can_manage_results(by, cycle):
        raise PermissionDenied
    faults = decision_faults(
        proposed=None,
        decided=0,
        deciding_meeting=deciding_meeting,
        decided_on=decided_on,
        reason="",
        today=clock.today(),
        held_on=_held_on(cycle),
    )
    if faults:
        raise DecisionIncompleteError(faults)
    rows = Result.objects.select_for_update(of=("self",)).filter(reporter__cycle=cycle, decided_grade__isnull=True)
    rows = rows.filter(proposed_grade__isnull=False).select_related("proposed_grade", "reporter__organization")
    decided = []
    for result in rows:
        if result.proposed_grade is not None:
            grade = result.proposed_grade
            check_caps(result.reporter, grade)
            decided.append(store_decision(result, Decision(grade, deciding_meeting, decided_on), by=by))
    return decided


@dataclasses.dataclass(frozen=True)
class Decision:
    """What a meeting decided on one person, and the reason where one is needed."""

    grade: SchemeGrade
    deciding_meeting: str
    decided_on: dt.date | None
    reason: str = ""


def store_decision(result: Result, decision: Decision, *, approved_by: User | None = None, by: User) -> Result:
    """Make it the result that stands, and keep it as a version for ever. Part of deeds that ask who may."""
    before = snapshot(result)
    verb = "更正审定等次" if result.is_decided else "审定等次"
    result.decided_grade = decision.grade
    result.deciding_meeting = decision.deciding_meeting
    result.decided_on = decision.decided_on
    result.reason = decision.reason
    result.decided_by = by
    result.revision += 1
    result.save()
    ResultVersion.objects.create(
        result=result,
        number=result.versions.count() + 1,
        composite=result.composite,
        derivation=result.derivation,
        inputs=result.inputs,
        proposed_grade=result.proposed_grade,
        decided_grade=decision.grade,
        deciding_meeting=decision.deciding_meeting,
        decided_on=decision.decided_on,
        reason=decision.reason,
        decided_by=by,
        approved_by=approved_by,
        at=clock.now(),
    )
    record(result, verb, by=approved_by or by, before=before, after=snapshot(result), note=decision.reason)
    return result


def _lock_cycle(cycle: Cycle) -> Cycle:
    return Cycle.objects.select_for_update(of=("self",)).select_related("committee", "scheme").get(pk=cycle.pk)
