from .carried import CarriedItem
from .cycles import Cycle, Reporter
from .due_reports import DueReport
from .filings import FiledList, FiledRow, FilingCall
from .imports import ReportImport
from .key_tasks import KeyTask
from .letters import ResponsibilityLetter
from .notes import ReportNote
from .projects import Project, ProjectMilestone, ProjectProgress, ProjectScope
from .reminders import Reminder, Robot
from .reports import DutyReport, ReportProblem, ReportVersion, SectionText
from .schemes import (
    DimensionSets,
    RaterCategory,
    Scheme,
    SchemeGrade,
    SchemeQuota,
    SchemeSection,
    ScoreComponent,
    ScoreDimension,
)
from .similarity import SimilarityMatch, SimilarityRun
from .task_assignments import TaskAssignment, TaskProgress

__all__ = [
    "CarriedItem",
    "Cycle",
    "DimensionSets",
    "DueReport",
    "DutyReport",
    "FiledList",
    "FiledRow",
    "FilingCall",
    "KeyTask",
    "Project",
    "ProjectMilestone",
    "ProjectProgress",
    "ProjectScope",
    "RaterCategory",
    "Reminder",
    "ReportImport",
    "ReportNote",
    "ReportProblem",
    "ReportVersion",
    "Reporter",
    "ResponsibilityLetter",
    "Robot",
    "Scheme",
    "SchemeGrade",
    "SchemeQuota",
    "SchemeSection",
    "ScoreComponent",
    "ScoreDimension",
    "SectionText",
    "SimilarityMatch",
    "SimilarityRun",
    "TaskAssignment",
    "TaskProgress",
]
