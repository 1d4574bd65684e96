"""Responsibility letters of 2026, most of them signed, and other reports that were due in the year."""

import datetime as dt
from typing import Any

from overview.demo.cast import account, clerk, on, organization
from overview.demo.source import read
from reporting.actions.due_reports import DueFacts, add_due_reports, file_due_report
from reporting.actions.letters import draw_letters, record_signings
from reporting.models import Cycle, DueReport


def load_letters(cycle: Cycle) -> None:
    plan = read("work_2026")["letters"]
    with on(plan["drawn"]):
        letters = draw_letters(cycle, by=clerk())
    with on(plan["signed"], 17):
        signed = [letter for letter in letters if letter.organization.code not in plan["unsigned"]]
        day = dt.date.fromisoformat(plan["signed"])
        record_signings(cycle, letters=signed, signed_on=day, by=clerk())


def load_due_reports(cycle: Cycle) -> None:
    for row in read("work_2026")["due_reports"]:
        date = dt.date.fromisoformat(row["due_date"]) if "due_date" in row else None
        facts = DueFacts(row["kind"], row["recipient"], row["due_text"], date)
        with on(row["entered"]):
            organizations = [organization(code) for code in row["organizations"]]
            reports = add_due_reports(cycle, facts=facts, organizations=organizations, by=clerk())
        for report in reports:
            _file(report, row)


def _file(report: DueReport, row: dict[str, Any]) -> None:
    code = report.organization.code
    if code not in row["unfiled"]:
        day = row["late"].get(code, row["filed"])
        with on(day, 16):
            head = report.organization.posts.current().get(is_first_responsible=True)
            by = account(head.person.code)
            file_due_report(report, filed_on=dt.date.fromisoformat(day), upload=None, by=by)
