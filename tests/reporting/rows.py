"""Reports as a person would fill them, for the tests of this app."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import UploadedFile

from accounts.models import Organization, User
from reporting.actions.attachments import add_attachments
from reporting.actions.duty_entries import create_duty_entry
from reporting.actions.imports import create_import
from reporting.actions.key_tasks import TaskFacts, create_key_task
from reporting.actions.projects import Milestone, accept_project, create_project, declare_project
from reporting.actions.reports import ProblemRow, ReportChanges, save_report, start_report, submit_report
from reporting.actions.task_assignments import assign_tasks, report_task
from reporting.models import (
    Cycle,
    DutyEntry,
    DutyReport,
    KeyTask,
    Project,
    Reporter,
    ReportImport,
    TaskAssignment,
    TaskProgress,
)
from reporting.rules.imports import Line
from reporting.rules.key_tasks import TaskState
from tests.world import World

TEXTS = {
    "main_responsibility": "一、抓班子。研究党建12次，走访***户。",
    "personal_duty": "我带头讲党课3次。",
    "achievements": "建成党群服务中心**个。",
    "next_measures": "我承诺2027年6月底前建成。",
}


def problem(index: int = 0, text: str = "抓得不细。", cause: str = "我认识不足。", **facts: Any) -> ProblemRow:
    facts = {"id": None, "position": index + 1, "category": "", **facts}
    return ProblemRow(index=index, text=text, cause=cause, **facts)


def complete() -> ReportChanges:
    return ReportChanges(texts=dict(TEXTS), problems=[problem()])


def write(reporter: Reporter, changes: ReportChanges | None = None, *, by: User) -> DutyReport:
    """A saved draft, complete unless told otherwise."""
    report = start_report(reporter, by=by)
    return save_report(report, changes=changes or complete(), seen=report.revision, by=by)


def hand_in(reporter: Reporter, *, files: Sequence[UploadedFile] = (), by: User) -> DutyReport:
    """A complete report, with files beside what it says of achievements."""
    report = write(reporter, by=by)
    if files:
        add_attachments(report, place="section-achievements", files=files, by=by)
    return submit_report(report, by=by)


PROJECT_FACTS = {
    "title": "联建***个产业党支部",
    "background": "",
    "problem": "产业链上没有支部，党员XX名分散。",
    "measures": "一、摸底；二、建支部。",
    "expected": "年底建成***个。",
    "target": "",
    "due_text": "11月底前",
    "due_date": None,
    "responsible_units": "党建办",
    "supporting_units": "",
}


def declared_project(cycle: Cycle, organization: Organization, *, by: User, **facts: Any) -> Project:
    """A complete project that was declared; keyword arguments override its facts."""
    rows = [Milestone("摸底", "3月底前")]
    project = create_project(cycle, organization=organization, facts=PROJECT_FACTS | facts, milestones=rows, by=by)
    return declare_project(project, by=by)


def accepted_project(cycle: Cycle, organization: Organization, *, by: User, clerk: User, **facts: Any) -> Project:
    return accept_project(declared_project(cycle, organization, by=by, **facts), by=clerk)


def noon(year: int, month: int, day: int) -> dt.datetime:
    return dt.datetime(year, month, day, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


def make_task(world: World, organizations: Sequence[Organization] = (), **facts: Any) -> KeyTask:
    """A key task of the world's cycle, given to `organizations`."""
    clerk = world.user("clerk")
    task = create_key_task(world.cycle, facts=TaskFacts(**{"text": "建成党群服务中心", **facts}), by=clerk)
    assign_tasks(world.cycle, tasks=[task], organizations=organizations, by=clerk)
    return task


def tell(assignment: TaskAssignment, *, by: User, quarter: int = 1, state: str = TaskState.UNDER_WAY) -> TaskProgress:
    return report_task(assignment, quarter=quarter, state=state, text="已开工", by=by)


def read_in(report: DutyReport, *lines: str, by: User) -> ReportImport:
    """A Word file with these paragraphs, read and waiting to be confirmed."""
    return create_import(report, file_name="报告.docx", lines=[Line(line) for line in lines], notes=[], by=by)


def make_duty_entry(organization: Organization, *, by: User, **facts: Any) -> DutyEntry:
    facts = {"kind": "research", "subject": "到XX村调研", "year": 2026, "count_text": "", "date_text": "", **facts}
    facts.setdefault("date", None if facts["date_text"] else dt.date(2026, 5, 6))
    return create_duty_entry(organization, facts=facts, by=by)


def add_part_sections(cycle: Cycle) -> None:
    """Figures, projects, domains and promises after the sections of the factory; two figures."""
    for position, (kind, heading) in enumerate(
        (("figures", "履职数据"), ("projects", "领办项目"), ("domains", "分领域情况"), ("promises", "承诺事项")),
        start=7,
    ):
        cycle.scheme.sections.create(key=kind, heading=heading, kind=kind, required=False, position=position)
    cycle.scheme.figures.create(name="到基层调研", unit="次", source="research", position=1)
    cycle.scheme.figures.create(name="投入经费", unit="万元", position=2)
