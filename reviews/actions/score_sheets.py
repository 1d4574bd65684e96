"""Scoring at the meeting: raters, and their sheets for every reporter (S-118, S-121, S-128, S-191)."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from accounts.actions.audit import record
from accounts.actions.notices import notify
from accounts.models import Person, User
from common import clock
from common.conflicts import check_revision
from reporting.actions.schemes import freeze_scheme
from reporting.models import RaterCategory, Reporter, ScoreDimension
from reviews.models import Meeting, Rater, ScoreMark, ScoreSheet
from reviews.permissions import can_fill_sheet, can_key_in_sheet, can_manage_raters
from reviews.rules.meetings import MeetingState, SheetState
from reviews.rules.score_sheets import (
    HandedInByRaterError,
    MarkOutOfRangeError,
    NotLiveError,
    OwnOrganizationError,
    RaterHasSheetsError,
    SchemeIncompleteError,
    ScoringError,
    SheetIncompleteError,
    marks_off_scale,
    missing_marks,
    scheme_gaps,
)

Marks = Mapping[int, Decimal | None]
"""Mark by id of the dimension; None where nothing was typed."""


@transaction.atomic
def add_raters(meeting: Meeting, *, people: Iterable[Person], category: RaterCategory, by: User) -> list[Rater]:
    """Put people on the list of raters in one category; who is on it already stays as he is."""
    meeting = lock_meeting(meeting)
    if not can_manage_raters(by, meeting):
        raise PermissionDenied
    if meeting.state == MeetingState.CLOSED:
        raise ScoringError("会议已经结束，评分人名单不能再改。")
    if category.scheme.cycle_id != meeting.cycle_id:
        raise ScoringError("所选类别不属于本年度的考核方案。")
    known = set(meeting.raters.values_list("person_id", flat=True))
    chosen = {person.pk: person for person in people if person.pk not in known}
    added = [meeting.raters.create(person=person, category=category) for person in chosen.values()]
    names = [person.label for person in chosen.values()]
    record(meeting, "添加评分人", by=by, after={"category": category.name, "people": names})
    users = User.objects.filter(person__in=chosen.values(), is_active=True)
    url = reverse("reviews:sheet_list", args=[meeting.pk])
    notify(users, f"请您在{meeting}上评分，会议开始后打开本页逐一评分。", url=url)
    return added


@transaction.atomic
def remove_rater(rater: Rater, *, by: User) -> None:
    """Take a person off the list. Raises RaterHasSheetsError once one of the sheets is in."""
    meeting = lock_meeting(rater.meeting)
    if not can_manage_raters(by, meeting):
        raise PermissionDenied
    if meeting.state == MeetingState.CLOSED:
        raise ScoringError("会议已经结束，评分人名单不能再改。")
    if rater.sheets.submitted().exists():
        raise RaterHasSheetsError(rater.person.name)
    before = {"category": rater.category.name, "person": rater.person.label}
    rater.sheets.all().delete()
    rater.delete()
    record(meeting, "移除评分人", by=by, before=before, after={})


@transaction.atomic
def save_sheet(rater: Rater, reporter: Reporter, *, marks: Marks, revision: int, by: User) -> ScoreSheet:
    """Keep what has been marked so far; gaps are allowed while the sheet is a draft.

    A submitted sheet stays submitted and therefore complete: saving it is submitting it anew.
    `revision` is the one the page was made from, 0 when there was no sheet yet.
    """
    allowed = can_fill_sheet(by, rater)
    sheet, dimensions = _open_sheet(rater, reporter, revision=revision, allowed=allowed)
    _write(sheet, dimensions, marks, submit=sheet.is_submitted, by=by)
    return sheet


@transaction.atomic
def submit_sheet(rater: Rater, reporter: Reporter, *, marks: Marks, revision: int, by: User) -> ScoreSheet:
    """Hand the sheet in; it may be changed until the meeting closes. The first one freezes the scheme."""
    allowed = can_fill_sheet(by, rater)
    sheet, dimensions = _open_sheet(rater, reporter, revision=revision, allowed=allowed)
    _write(sheet, dimensions, marks, submit=True, by=by)
    return sheet


@transaction.atomic
def key_in_sheet(rater: Rater, reporter: Reporter, *, marks: Marks, revision: int, by: User) -> ScoreSheet:
    """Copy a paper form on behalf of a rater; who did it is kept with the sheet (S-191).

    What the rater handed in is the rater's own: nobody else changes it (HandedInByRaterError).
    """
    allowed = can_key_in_sheet(by, rater)
    sheet, dimensions = _open_sheet(rater, reporter, revision=revision, allowed=allowed)
    if sheet.is_by_rater:
        raise HandedInByRaterError(rater.person.name)
    _write(sheet, dimensions, marks, submit=True, by=by, keyed_in=True)
    return sheet


def lock_meeting(meeting: Meeting) -> Meeting:
    """Every submission and the closing take this lock: what is acknowledged counts, what is not does not."""
    return Meeting.objects.select_for_update(of=("self",)).select_related("cycle__committee").get(pk=meeting.pk)


def _open_sheet(
    rater: Rater, reporter: Reporter, *, revision: int, allowed: bool
) -> tuple[ScoreSheet, list[ScoreDimension]]:
    """The sheet under the meeting's lock, made when it is the first time."""
    meeting = lock_meeting(rater.meeting)
    if not allowed:
        raise PermissionDenied
    if meeting.state != MeetingState.LIVE:
        raise NotLiveError
    if not meeting.reporters.filter(pk=reporter.pk).exists():
        raise PermissionDenied
    if not rater.may_score(reporter):
        raise OwnOrganizationError
    sheet = rater.sheets.filter(reporter=reporter).first()
    check_revision(sheet.revision if sheet else 0, revision)
    sheet = sheet or ScoreSheet(rater=rater, reporter=reporter, revision=0)
    return sheet, meeting.cycle.scheme.dimension_sets().of(reporter.organization)


def _write(
    sheet: ScoreSheet,
    dimensions: list[ScoreDimension],
    marks: Marks,
    *,
    submit: bool,
    by: User,
    keyed_in: bool = False,
) -> None:
    _check_marks(dimensions, marks, complete=submit)
    if submit:
        _freeze(sheet.rater.meeting, by=by)
    was_submitted = sheet.is_submitted
    before = _marks_of(sheet) if was_submitted else None
    sheet.state = SheetState.SUBMITTED if submit else SheetState.DRAFT
    sheet.submitted_at = clock.now() if submit else None
    sheet.keyed_in_by = by if keyed_in else None
    sheet.revision += 1
    sheet.save()
    sheet.marks.all().delete()
    given = [(d, marks.get(d.pk)) for d in dimensions]
    ScoreMark.objects.bulk_create(
        ScoreMark(sheet=sheet, dimension=d, score=mark) for d, mark in given if mark is not None
    )
    if submit:
        verb = "代录评分表" if keyed_in else "修改评分表" if was_submitted else "提交评分表"
        record(sheet, verb, by=by, before=before, after=_marks_of(sheet))


def _check_marks(dimensions: list[ScoreDimension], marks: Marks, *, complete: bool) -> None:
    names = [dimension.name for dimension in dimensions]
    given = [marks.get(dimension.pk) for dimension in dimensions]
    wrong = marks_off_scale(names, [dimension.max_score for dimension in dimensions], given)
    if wrong:
        raise MarkOutOfRangeError(wrong)
    missing = missing_marks(names, given)
    if complete and missing:
        raise SheetIncompleteError(missing)


def _freeze(meeting: Meeting, *, by: User) -> None:
    scheme = meeting.cycle.scheme
    if scheme.is_frozen:
        return
    gaps = scheme_gaps(
        {name: [line.weight for line in lines] for name, lines in scheme.dimension_sets().all},
        [category.weight for category in scheme.categories.all()],
        [component.weight for component in scheme.components.all()],
    )
    if gaps:
        raise SchemeIncompleteError(gaps)
    freeze_scheme(scheme, "已提交第一份评分表。", by=by)


def _marks_of(sheet: ScoreSheet) -> dict[str, str]:
    return {mark.dimension.name: str(mark.score) for mark in sheet.marks.select_related("dimension")}
