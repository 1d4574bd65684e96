"""Rows for the tests of scoring, results and closing."""

from decimal import Decimal

from accounts.models import User
from common import clock
from reporting.models import Cycle, DutyReport, Reporter
from reporting.rules.reports import ReportState
from reviews.models import Comment, CommentProblem, Meeting, Rater, ScoreSheet
from reviews.rules.meetings import CommentState, MeetingState, SheetState, SlotState
from tests.factories import make_post
from tests.world import World


def make_meeting(cycle: Cycle, state: str = MeetingState.LIVE, title: str = "述职评议会") -> Meeting:
    """A review meeting with a finished slot for each oral reporter of the cycle."""
    meeting = Meeting.objects.create(cycle=cycle, title=title, state=state)
    for position, reporter in enumerate(cycle.reporters.oral(), start=1):
        meeting.slots.create(reporter=reporter, position=position, state=SlotState.DONE)
    return meeting


def make_rater(meeting: Meeting, user: User, category: int = 0) -> Rater:
    return Rater.objects.create(
        meeting=meeting, person=user.person, category=meeting.cycle.scheme.categories.all()[category]
    )


def marks_for(cycle: Cycle, *marks: str | None) -> dict[int, Decimal | None]:
    """Marks for the dimensions of the cycle, in order."""
    dimensions = cycle.scheme.dimensions.all()
    return {d.pk: None if m is None else Decimal(m) for d, m in zip(dimensions, marks, strict=True)}


def make_sheet(rater: Rater, reporter: Reporter, *marks: str) -> ScoreSheet:
    sheet = ScoreSheet.objects.create(
        rater=rater, reporter=reporter, state=SheetState.SUBMITTED, submitted_at=clock.now()
    )
    for dimension, mark in marks_for(rater.meeting.cycle, *marks).items():
        sheet.marks.create(dimension_id=dimension, score=mark)
    return sheet


def make_report(reporter: Reporter, *problems: str, state: str = ReportState.ACCEPTED) -> DutyReport:
    report = DutyReport.objects.create(reporter=reporter, state=state)
    if state != ReportState.DRAFT:
        report.submitted_at = clock.now()
        report.save()
    for position, text in enumerate(problems, start=1):
        report.problems.create(position=position, text=text, cause="原因")
    return report


def make_comment(
    world: World, meeting: Meeting, reporter: Reporter, *problems: str, state: str = CommentState.FINAL
) -> Comment:
    leader = world.user("leader")
    comment = Comment.objects.create(
        meeting=meeting,
        reporter=reporter,
        commenter=leader.person.posts.get(),
        praise="成绩",
        demand="要求",
        state=state,
        written_by=leader,
    )
    for position, text in enumerate(problems, start=1):
        CommentProblem.objects.create(comment=comment, position=position, text=text)
    return comment


def make_attending_post(world: World, username: str) -> None:
    """Let a user hold a post in the department as well, as attendees often do."""
    make_post(world.department, "member", world.user(username).person)
