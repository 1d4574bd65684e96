"""Whether a meeting was set up by mistake: nothing has come of it that anybody may want to look up."""

from __future__ import annotations

from collections.abc import Iterator

from reviews.rules.meetings import MeetingState

from .attendance import Attendee
from .meetings import Meeting
from .score_sheets import ScoreSheet


def deletion_faults(meeting: Meeting) -> list[str]:
    """Why the meeting must stay, in sentences; empty while it may go."""
    return list(_faults(meeting))


def _faults(meeting: Meeting) -> Iterator[str]:
    if meeting.rehearsing:
        yield "正在演练，请先结束演练。"
    elif meeting.state != MeetingState.PREPARING:
        yield "会议已经开过。"
    if meeting.agenda_versions.exists():
        yield "议程已经发布，有关人员已经收到通知。"
    if Attendee.objects.filter(group__meeting=meeting, present__isnull=False).exists():
        yield "已经登记到会情况。"
    if meeting.ballot_rounds.exists():
        yield "已有无记名测评。"
    if ScoreSheet.objects.filter(rater__meeting=meeting).exists():
        yield "已有评分表。"
    if meeting.comments.exists() or meeting.questions.exists() or meeting.speeches.exists():
        yield "已有点评、提问或者讲话记录。"
    others = meeting.cycle.meetings.judging().exclude(pk=meeting.pk)
    if meeting.places.exists() and others.exists():
        yield "已有述职人列入这次会议，请先调整到其他会议。"
