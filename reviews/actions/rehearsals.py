"""Run a meeting through with made-up marks and comments, then put everything back (issue of the meeting, 演练)."""

import dataclasses
import secrets
from decimal import Decimal

from django.db import transaction

from accounts.actions.audit import record
from accounts.models import Notice, User
from common import clock
from documents.models import Document
from reporting.models import Reporter
from reviews.actions.agenda import lock_for_edit
from reviews.actions.live import comment_slot, finish_slot, hear_slot, show_item, start_slot
from reviews.actions.screens import forget_screens, move_on
from reviews.models import Comment, CommentProblem, Meeting, Rater, Rehearsal, ScoreMark, ScoreSheet
from reviews.models.agenda import needed_slot_changes
from reviews.models.meeting_facts import gather_facts
from reviews.models.rehearsals import all_counts, collect_rows, restore_rows, table_labels
from reviews.models.sheets import grades_of
from reviews.rules.meetings import MEETING_FLOW, UNDER_WAY, CommentState, MeetingError, SheetState, SlotState
from reviews.rules.rehearsals import check_tables, verdict

MARK = "（演练）"


@transaction.atomic
def begin_rehearsal(meeting: Meeting, *, by: User) -> Rehearsal:
    """Keep every row of the meeting as it is, then hold it as if it were on; the year does not move.

    Raises MeetingError while the meeting lacks host, agenda or slots.
    """
    meeting = lock_for_edit(meeting, by=by)
    target = MEETING_FLOW.check(meeting.state, "open")
    if meeting.host is None or not meeting.agenda_items.exists() or needed_slot_changes(meeting):
        raise MeetingError("请先确定主持人、编好议程并同步述职人，再开始演练。")
    counts = all_counts()
    row = meeting.rehearsals.create(
        begun_at=clock.now(),
        begun_by=by,
        snapshot={"rows": collect_rows(meeting), "counts": counts},
        last_notice=_last(Notice),
        last_document=_last(Document),
    )
    meeting.state, meeting.rehearsing, meeting.opened_at = target, True, clock.now()
    meeting.current_item = meeting.agenda_items.first()
    meeting.save()
    move_on(meeting)
    record(meeting, "开始演练", by=by)
    return row


def _last(model: type[Notice] | type[Document]) -> int:
    newest = model.objects.order_by("-pk").values_list("pk", flat=True).first()
    return newest or 0


@transaction.atomic
def fill_rehearsal(meeting: Meeting, *, by: User) -> None:
    """A made-up sheet from every rater who has handed in none, and a final comment from every commenter."""
    meeting = _locked(meeting, by)
    for rater in meeting.raters.select_related("person", "meeting__cycle"):
        _fill_sheets(meeting, rater)
    for line in gather_facts(Meeting.objects.with_facts().get(pk=meeting.pk)).slots:
        for commenter in line.commenters:
            _fill_comment(meeting, line.slot.reporter, commenter.pk, by)
    move_on(meeting)


def _fill_sheets(meeting: Meeting, rater: Rater) -> None:
    scheme = meeting.cycle.scheme
    sets, grades = scheme.dimension_sets(), grades_of(scheme)
    done = set(rater.sheets.values_list("reporter", flat=True))
    for reporter in meeting.reporters:
        if reporter.pk in done or not rater.may_score(reporter):
            continue
        sheet = ScoreSheet.objects.create(
            rater=rater,
            reporter=reporter,
            state=SheetState.SUBMITTED,
            submitted_at=clock.now(),
            overall=secrets.choice(grades).code if scheme.asks_overall and grades else "",
        )
        marks = []
        for line in sets.of(reporter.organization):
            mark = ScoreMark(sheet=sheet, dimension=line)
            if scheme.scoring_mode == "points":
                mark.score = Decimal(secrets.randbelow(41) + 60) * scheme.full_mark_of(line) / 100
            else:
                grade = secrets.choice(grades)
                mark.grade = grade.code
                mark.score = grade.points if scheme.scoring_mode == "grade" else grade.lowest
            marks.append(mark)
        ScoreMark.objects.bulk_create(marks)


def _fill_comment(meeting: Meeting, reporter: Reporter, commenter: int, by: User) -> None:
    if meeting.is_own_organization(meeting.possible_commenters.get(pk=commenter), reporter):
        return
    comment, is_new = Comment.objects.get_or_create(
        meeting=meeting,
        reporter=reporter,
        commenter_id=commenter,
        defaults={"written_by": by, "praise": f"{MARK}模拟的肯定成绩", "demand": f"{MARK}模拟的要求"},
    )
    if is_new:
        CommentProblem.objects.create(comment=comment, position=1, text=f"{MARK}模拟的问题")
    if comment.state != CommentState.FINAL:
        comment.state, comment.finalized_at = CommentState.FINAL, clock.now()
        comment.save()


@transaction.atomic
def run_rehearsal(meeting: Meeting, *, by: User) -> None:
    """Every turn and item by the deeds of the control page, from where it stands to the last item."""
    meeting = _locked(meeting, by)
    for slot in meeting.slots.filter(state__in=UNDER_WAY):
        finish_slot(slot, by=by)
    for slot in meeting.slots.filter(state=SlotState.WAITING, absent=False):
        start_slot(slot, by=by)
        if meeting.is_together:
            hear_slot(slot, by=by)
        else:
            comment_slot(slot, by=by)
            finish_slot(slot, by=by)
    for slot in meeting.slots.filter(state=SlotState.HEARD):
        comment_slot(slot, by=by)
        finish_slot(slot, by=by)
    for item in meeting.agenda_items.all():
        show_item(item, by=by)


def end_rehearsal(meeting: Meeting, *, by: User) -> Rehearsal:
    """Put every row back as it was, clear away the papers, and keep what a second look finds."""
    row = _wipe(meeting, by=by)
    # A second transaction looks at what the first one left in the tables.
    return _look(row, by=by)


@transaction.atomic
def _wipe(meeting: Meeting, *, by: User) -> Rehearsal:
    meeting = _locked(meeting, by)
    row = meeting.rehearsals.select_for_update().get(ended_at__isnull=True)
    row.outcome = {"during": {label: list(rows) for label, rows in collect_rows(meeting).items()}}
    for document in row.documents:
        if document.file:
            document.file.delete(save=False)
        document.delete()
    restore_rows(meeting, row.snapshot["rows"])
    row.ended_at, row.ended_by = clock.now(), by
    row.save()
    forget_screens(meeting)
    return row


@transaction.atomic
def _look(row: Rehearsal, *, by: User) -> Rehearsal:
    meeting = Meeting.objects.locked(row.meeting_id)
    before, after = row.snapshot["rows"], collect_rows(meeting)
    during = {label: dict.fromkeys(keys, "") for label, keys in row.outcome["during"].items()}
    checks = check_tables(before, during, after, table_labels())
    left = verdict(checks, documents_left=row.documents.count(), notices=row.notices.count())
    row.outcome = {
        "checks": [dataclasses.asdict(check) for check in checks],
        "left": left,
        "counts": [row.snapshot["counts"], all_counts()],
    }
    row.snapshot = {}
    row.save()
    record(meeting, "结束演练", by=by, after={"left": left}, note="演练数据已经清除" if not left else "")
    return row


def _locked(meeting: Meeting, by: User) -> Meeting:
    meeting = lock_for_edit(meeting, by=by)
    if not meeting.rehearsing:
        raise MeetingError("这次会议现在没有在演练。")
    return meeting
