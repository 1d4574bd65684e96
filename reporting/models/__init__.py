from .carried import CarriedItem
from .cycles import Cycle, Reporter
from .projects import Project, ProjectMilestone, ProjectProgress, ProjectScope
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

__all__ = [
    "CarriedItem",
    "Cycle",
    "DimensionSets",
    "DutyReport",
    "Project",
    "ProjectMilestone",
    "ProjectProgress",
    "ProjectScope",
    "RaterCategory",
    "ReportProblem",
    "ReportVersion",
    "Reporter",
    "Scheme",
    "SchemeGrade",
    "SchemeQuota",
    "SchemeSection",
    "ScoreComponent",
    "ScoreDimension",
    "SectionText",
]
