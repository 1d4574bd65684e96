from .agenda import AgendaItem, Slot
from .attendance import AttendanceGroup, Attendee
from .ballot_remarks import BallotRemark
from .ballot_rounds import BallotRound, SlipPile
from .booth import SealedBallot
from .comments import Comment, CommentProblem
from .meetings import HostingScript, Meeting
from .questions import Question
from .results import ComponentScore, Result
from .score_sheets import Rater, ScoreMark, ScoreSheet
from .slips import Slip
from .tallies import SealedOutput, TallyLine

__all__ = [
    "AgendaItem",
    "AttendanceGroup",
    "Attendee",
    "BallotRemark",
    "BallotRound",
    "Comment",
    "CommentProblem",
    "ComponentScore",
    "HostingScript",
    "Meeting",
    "Question",
    "Rater",
    "Result",
    "ScoreMark",
    "ScoreSheet",
    "SealedBallot",
    "SealedOutput",
    "Slip",
    "SlipPile",
    "Slot",
    "TallyLine",
]
