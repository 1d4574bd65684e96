from .attachments import ReportAttachment
from .basis_documents import BasisDocument
from .carried import CarriedItem
from .categories import ProblemCategory
from .cycles import Cycle, Reporter
from .due_reports import DueReport
from .duty_entries import DutyEntry
from .evidence import WorkEvidence
from .filings import FiledList, FiledRow, FilingCall
from .five_ones import FiveOneSheet
from .imports import ReportImport
from .key_tasks import KeyTask
from .letters import ResponsibilityLetter
from .notes import ReportNote
from .projects import Project, ProjectMilestone, ProjectProgress, ProjectScope
from .reminders import Reminder, Robot
from .report_parts import ReportDomain, ReportFigure, ReportProject, ReportPromise
from .reports import DutyReport, ReportProblem, ReportVersion, SectionText
from .scheme_lists import SchemeFigure, SchemeQuestion, SchemeTask
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
from .self_checks import SelfCheck
from .similarity import SimilarityMatch, SimilarityRun
from .task_assignments import TaskAssignment, TaskProgress

__all__ = [
    "BasisDocument",
    "CarriedItem",
    "Cycle",
    "DimensionSets",
    "DueReport",
    "DutyEntry",
    "DutyReport",
    "FiledList",
    "FiledRow",
    "FilingCall",
    "FiveOneSheet",
    "KeyTask",
    "ProblemCategory",
    "Project",
    "ProjectMilestone",
    "ProjectProgress",
    "ProjectScope",
    "RaterCategory",
    "Reminder",
    "ReportAttachment",
    "ReportDomain",
    "ReportFigure",
    "ReportImport",
    "ReportNote",
    "ReportProblem",
    "ReportProject",
    "ReportPromise",
    "ReportVersion",
    "Reporter",
    "ResponsibilityLetter",
    "Robot",
    "Scheme",
    "SchemeFigure",
    "SchemeGrade",
    "SchemeQuestion",
    "SchemeQuota",
    "SchemeSection",
    "SchemeTask",
    "ScoreComponent",
    "ScoreDimension",
    "SectionText",
    "SelfCheck",
    "SimilarityMatch",
    "SimilarityRun",
    "TaskAssignment",
    "TaskProgress",
    "WorkEvidence",
]
