from .accountability import AccountabilityRecord
from .accountability_rules import AccountabilityRule
from .agenda import AgendaItem, Slot
from .agenda_versions import AgendaVersion
from .assessments import Appraisal, Assessment, GradeCap
from .attendance import AttendanceGroup, Attendee
from .attendance_imports import AttendanceImport
from .ballot_remarks import BallotRemark
from .ballot_rounds import BallotRound, SlipPile
from .booth import SealedBallot
from .briefings import Briefing
from .comments import Comment, CommentProblem
from .corrections import Correction
from .draws import Draw
from .feedback_letters import FeedbackLetter
from .meetings import HostingScript, Meeting
from .minutes import Minutes
from .paper_ballots import PaperEntry
from .places import Place, Venue
from .promotion_bars import PromotionBar
from .publications import Publication
from .questions import Question
from .rehearsals import Rehearsal
from .results import ComponentScore, Result, ResultVersion
from .rewards import Reward
from .score_sheets import Rater, ScoreMark, ScoreSheet, SheetSubmission
from .slips import Slip
from .speeches import Speech, SpeechProblem
from .tallies import SealedOutput, TallyLine

__all__ = [
    "AccountabilityRecord",
    "AccountabilityRule",
    "AgendaItem",
    "AgendaVersion",
    "Appraisal",
    "Assessment",
    "AttendanceGroup",
    "AttendanceImport",
    "Attendee",
    "BallotRemark",
    "BallotRound",
    "Briefing",
    "Comment",
    "CommentProblem",
    "ComponentScore",
    "Correction",
    "Draw",
    "FeedbackLetter",
    "GradeCap",
    "HostingScript",
    "Meeting",
    "Minutes",
    "PaperEntry",
    "Place",
    "PromotionBar",
    "Publication",
    "Question",
    "Rater",
    "Rehearsal",
    "Result",
    "ResultVersion",
    "Reward",
    "ScoreMark",
    "ScoreSheet",
    "SealedBallot",
    "SealedOutput",
    "SheetSubmission",
    "Slip",
    "SlipPile",
    "Slot",
    "Speech",
    "SpeechProblem",
    "TallyLine",
    "Venue",
]
