from .agenda import AgendaItem, Slot
from .attendance import AttendanceGroup, Attendee
from .comments import Comment, CommentProblem
from .meetings import HostingScript, Meeting
from .results import ComponentScore, Result
from .score_sheets import Rater, ScoreMark, ScoreSheet

__all__ = [
    "AgendaItem",
    "AttendanceGroup",
    "Attendee",
    "Comment",
    "CommentProblem",
    "ComponentScore",
    "HostingScript",
    "Meeting",
    "Rater",
    "Result",
    "ScoreMark",
    "ScoreSheet",
    "Slot",
]
