"""Scoring at the meeting: raters, and their sheets for every reporter (S-118, S-121, S-128, S-191)."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from accounts.actions.audit import record
from accounts.models import Person, User
from common import clock
from common.conflicts import check_revision
from reporting.actions.schemes import freeze_scheme
from reporting.models import RaterCategory, Reporter
from reviews.actions.screens import tell
from reviews.models import Meeting, Rater, ScoreMark, ScoreSheet
from reviews.models.sheets import sheet_for
from reviews.permissions import can_fill_sheet, can_key_in_sheet, can_manage_raters
from reviews.rules.marks import Mark, PersonMarks, mark_value, missing_lines, read_marks
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
    SheetsClosedError,
    marks_off_scale,
    scheme_gaps,
)
from reviews.rules.sheets import Sheet

Marks = Mapping[int, Decimal | Mark | None]
"""Mark by id of the dimension; None where nothing was given. Bare points are a mark of a scheme that uses points."""


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
    if category.is_anonymous:
        raise ScoringError(f"“{category}”投无记名测评票，不登记评分人姓名。")
    known = set(meeting.raters.values_list("person_id", flat=True))
    chosen = {person.pk: person for person in people if person.pk not in known}
    added = [meeting.raters.create(person=person, category=category) for person in chosen.values()]
    names = [person.label for person in chosen.values()]
    record(meeting, "添加评分人", by=by, after={"category": category.name, "people": names})
    users = User.objects.filter(person__in=chosen.values(), is_active=True)
    url = reverse("reviews:sheet_list", args=[meeting.pk])
    tell(meeting, users=users, text=f"请您在{meeting}上评分，会议开始后打开本页逐一评分。", url=url)
    return added


@transaction.atomic
def take_raters(meeting: Meeting, *, categories: Mapping[int, RaterCategory], by: User) -> list[Rater]:
    """Raters from the attendance list in one action: everybody of a group who is in the register (S-118, S-121).

    `categories` by id of the attendance group. Who stands in two groups becomes a rater of the first one only.
    """
    added = []
    for group in meeting.attendance_groups.filter(pk__in=categories).order_by("position", "pk"):
        people = Person.objects.filter(pk__in=group.attendees.exclude(person=None).values("person"))
        added += add_raters(meeting, people=people, category=categories[group.pk], by=by)
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
def save_sheet(
    rater: Rater,
    reporter: Reporter,
    *,
    marks: Marks,
    revision: int,
    overall: str = "",
    remark: str = "",
    by: User,
) -> ScoreSheet:
    """Keep what has been marked so far; gaps are allowed while the sheet is a draft.

    A submitted sheet stays submitted and therefore complete: saving it is submitting it anew.
    `revision` is the one the page was made from, 0 when there was no sheet yet.
    """
    allowed = can_fill_sheet(by, rater)
    sheet, form = _open_sheet(rater, reporter, revision=revision, allowed=allowed)
    given = _checked(form, marks, overall, remark, complete=sheet.is_submitted)
    _write(sheet, form, given, submit=sheet.is_submitted, by=by)
    return sheet


@transaction.atomic
def submit_sheet(
    rater: Rater,
    reporter: Reporter,
    *,
    marks: Marks,
    revision: int,
    overall: str = "",
    remark: str = "",
    by: User,
) -> ScoreSheet:
    """Hand the sheet in; it may be changed until the meeting closes. The first one freezes the scheme."""
    allowed = can_fill_sheet(by, rater)
    sheet, form = _open_sheet(rater, reporter, revision=revision, allowed=allowed)
    _write(sheet, form, _checked(form, marks, overall, remark, complete=True), submit=True, by=by)
    return sheet


@transaction.atomic
def key_in_sheet(
    rater: Rater,
    reporter: Reporter,
    *,
    marks: Marks,
    revision: int,
    overall: str = "",
    remark: str = "",
    by: User,
) -> ScoreSheet:
    """Copy a paper form on behalf of a rater; who did it is kept with the sheet (S-191).

    What the rater handed in is the rater's own: nobody else changes it (HandedInByRaterError).
    """
    allowed = can_key_in_sheet(by, rater)
    sheet, form = _open_sheet(rater, reporter, revision=revision, allowed=allowed)
    if sheet.is_by_rater:
        raise HandedInByRaterError(rater.person.name)
    _write(sheet, form, _checked(form, marks, overall, remark, complete=True), submit=True, by=by, keyed_in=True)
    return sheet


def lock_meeting(meeting: Meeting) -> Meeting:
    """Every submission and the closing take this lock: what is acknowledged counts, what is not does not."""
    return Meeting.objects.select_for_update(of=("self",)).select_related("cycle__committee").get(pk=meeting.pk)


def check_open(meeting: Meeting) -> None:
    """Sheets are taken while the meeting lasts, and until the call to hand in has run out by the database's clock."""
    if meeting.state != MeetingState.LIVE:
        raise NotLiveError
    if Meeting.objects.filter(pk=meeting.pk, sheets_close_at__lt=Now()).exists():
        raise SheetsClosedError(f"{timezone.localtime(meeting.sheets_close_at):%H:%M}")


def _open_sheet(rater: Rater, reporter: Reporter, *, revision: int, allowed: bool) -> tuple[ScoreSheet, Sheet]:
    """The sheet under the meeting's lock, made when it is the first time, and what may be marked on it."""
    meeting = lock_meeting(rater.meeting)
    if not allowed:
        raise PermissionDenied
    check_open(meeting)
    if not meeting.reporters.filter(pk=reporter.pk).exists():
        raise PermissionDenied
    if not rater.may_score(reporter):
        raise OwnOrganizationError
    sheet = rater.sheets.filter(reporter=reporter).first()
    check_revision(sheet.revision if sheet else 0, revision)
    sheet = sheet or ScoreSheet(rater=rater, reporter=reporter, revision=0)
    return sheet, sheet_for(meeting, [reporter], anonymous=False)


def _write(
    sheet: ScoreSheet, form: Sheet, given: PersonMarks, *, submit: bool, by: User, keyed_in: bool = False
) -> None:
    if submit:
        freeze_for_scoring(sheet.rater.meeting, by=by)
    was_submitted = sheet.is_submitted
    before = _marks_of(sheet) if was_submitted else None
    sheet.state = SheetState.SUBMITTED if submit else SheetState.DRAFT
    sheet.submitted_at = clock.now() if submit else None
    sheet.keyed_in_by = by if keyed_in else None
    sheet.overall, sheet.remark, sheet.shortcut = given.overall, given.remark, ""
    sheet.revision += 1
    sheet.save()
    sheet.marks.all().delete()
    ScoreMark.objects.bulk_create(
        ScoreMark(sheet=sheet, dimension_id=int(item), grade=mark.grade, score=mark_value(form, mark))
        for item, mark in given.items.items()
    )
    if submit:
        verb = "代录评分表" if keyed_in else "修改评分表" if was_submitted else "提交评分表"
        record(sheet, verb, by=by, before=before, after=_marks_of(sheet))


def _checked(form: Sheet, marks: Marks, overall: str, remark: str, *, complete: bool) -> PersonMarks:
    """Marks of the one reporter on `form`, on their scale and, where it is asked, without a gap."""
    person = form.people[0]
    items = form.items_of(person)
    given = {item.id: _mark(marks.get(int(item.id))) for item in items}
    points = [given[item.id].points for item in items]
    if form.mode == "points" and (wrong := marks_off_scale([i.name for i in items], [i.max for i in items], points)):
        raise MarkOutOfRangeError(wrong)
    raw = {"items": {key: mark.as_json() for key, mark in given.items()}, "overall": {"grade": overall}}
    found = read_marks(form, {person.id: raw | {"remark": remark}}).get(person.id, PersonMarks({}))
    missing = missing_lines(form, person, found)
    if complete and missing:
        raise SheetIncompleteError(missing)
    return found


def _mark(given: Decimal | Mark | None) -> Mark:
    return given if isinstance(given, Mark) else Mark("", given)


def freeze_for_scoring(meeting: Meeting, *, by: User) -> None:
    """The first sheet that counts freezes the scheme, which must be whole by then. Raises SchemeIncompleteError."""
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
    rows = sheet.marks.select_related("dimension")
    marks = {
        mark.dimension.name: " ".join(filter(None, [mark.grade, "" if mark.score is None else str(mark.score)]))
        for mark in rows
    }
    return marks | {name: text for name, text in (("总体评价", sheet.overall), ("意见建议", sheet.remark)) if text}
