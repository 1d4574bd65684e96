"""2026's secretary-led projects, declared in spring and followed by quarter, in every state."""

import datetime as dt
from typing import Any

from accounts.models import Domain
from overview.demo.cast import account, clerk, on, organization
from overview.demo.indicators import typed_figures
from overview.demo.source import read
from reporting.actions.five_ones import save_five_ones
from reporting.actions.milestones import mark_milestone
from reporting.actions.projects import (
    Milestone,
    ScopeChoice,
    accept_project,
    close_project,
    create_project,
    declare_project,
    edit_project,
    push_project,
    record_project_progress,
    return_project,
    set_project_scope,
)
from reporting.actions.report_parts import PartChanges, PromiseRow
from reporting.actions.self_checks import save_self_check
from reporting.models import Cycle, DutyReport, Project, Reporter
from reporting.rules.projects import ScopeMode

WORDS = ("title", "background", "problem", "measures", "expected", "due_text")
UNITS = ("responsible_units", "supporting_units")
# The day on which each quarter was written down.
QUARTERS = ("2026-04-02", "2026-07-03", "2026-10-10", "2026-11-17")


def load_projects(cycle: Cycle) -> None:
    year = read("projects_2026")
    with on("2026-02-26"):
        scope = year["scope"]
        domains = list(Domain.objects.filter(code__in=scope["domains"]))
        choice = ScopeChoice(ScopeMode.DOMAINS, domains, (), scope["due_text"], scope["due_date"])
        set_project_scope(cycle, choice=choice, seen=0, by=clerk())
        _push(cycle, year["number_one"])
    for row in year["number_one"]["answers"]:
        project = cycle.projects.get(organization__code=row["organization"], is_number_one=True)
        with on("2026-03-10"):
            facts = {"measures": row["measures"]}
            rows = _milestones(row)
            project = edit_project(project, facts=facts, milestones=rows, seen=1, by=account(row["person"]))
        _carry_out(project, row)
    for row in year["projects"]:
        with on("2026-03-12"):
            facts = {name: row[name] for name in (*WORDS, *UNITS)} | {"due_date": row.get("due_date")}
            place = organization(row["organization"])
            by = account(row["person"])
            project = create_project(cycle, organization=place, facts=facts, milestones=_milestones(row), by=by)
        _carry_out(project, row)


def _push(cycle: Cycle, row: dict[str, Any]) -> None:
    facts = {name: row[name] for name in (*WORDS, "target", "due_date")}
    chosen = [organization(code) for code in row["organizations"]]
    push_project(cycle, organizations=chosen, facts=facts, is_mandatory=True, by=clerk())


def _milestones(row: dict[str, Any]) -> list[Milestone]:
    return [Milestone(text, due_text) for text, due_text in row["milestones"]]


def _carry_out(project: Project, row: dict[str, Any]) -> None:
    """Declared in March, screened a few days later, followed by quarter, as far as its state goes."""
    if row["state"] == "draft":
        return
    with on("2026-03-18", 16):
        project = declare_project(project, by=account(row["person"]))
    with on("2026-03-25", 10):
        if row["state"] == "returned":
            return_project(project, reason=row["return_reason"], by=clerk())
        elif row["state"] in {"accepted", "closed"}:
            project = accept_project(project, by=clerk())
    for number, (day, text) in enumerate(zip(QUARTERS, row["progress"], strict=False), start=1):
        with on(day, 17):
            by = account(row["person"])
            project = record_project_progress(project, quarter=number, text=text, seen=project.revision, by=by)
            # A stage a quarter, the last one open until the project is closed.
            for milestone in project.milestones.all()[number - 1 : number]:
                mark_milestone(milestone, done_on=dt.date.fromisoformat(day), by=by)
    if row["state"] == "closed":
        with on("2026-11-18", 11):
            close_project(project, outcome=row["outcome"], is_replicable=row["is_replicable"], by=clerk())


def report_parts(reporter: Reporter) -> PartChanges:
    """What the report says about each accepted project, and the figures that no log knows."""
    year = read("projects_2026")
    texts = {(row["organization"], True): row.get("report_text") for row in year["number_one"]["answers"]}
    texts |= {(row["organization"], False): row.get("report_text") for row in year["projects"]}
    projects = Project.objects.under_way().filter(cycle=reporter.cycle, organization=reporter.organization)
    return PartChanges(
        projects={each.pk: texts[reporter.organization.code, each.is_number_one] or "" for each in projects},
        figures=typed_figures(reporter, year["money"].get(reporter.organization.code, "")),
    )


def promise_rows(code: str) -> list[PromiseRow]:
    promises = read("projects_2026")["promises"].get(code, [])
    return [PromiseRow(index, None, index, text, due) for index, (text, due) in enumerate(promises, start=1)]


def load_five_ones(cycle: Cycle) -> None:
    tasks = list(cycle.scheme.tasks.all())
    for code, rows in read("projects_2026")["five_ones"].items():
        place = organization(code)
        records = {
            task.pk: {"text": text, "is_done": is_done, "evidence": evidence}
            for task, (text, is_done, evidence) in zip(tasks, rows, strict=True)
        }
        with on("2026-11-13", 9):
            leader = place.first_responsible
            by = account(leader.person.code if leader else "")
            save_five_ones(cycle, organization=place, records=records, seen=0, by=by)


def answer_self_check(report: DutyReport, code: str, person: str) -> None:
    answers = read("projects_2026")["self_checks"].get(code)
    if answers:
        questions = report.cycle.scheme.questions.all()
        texts = {question.pk: text for question, text in zip(questions, answers, strict=True)}
        save_self_check(report, answers=texts, seen=0, by=account(person))
