"""Figures of the world's cycle with what is asked of them, and reports that give them."""

import dataclasses

from accounts.models import User
from reporting.actions.report_parts import PartChanges
from reporting.actions.reports import submit_report
from reporting.models import Cycle, DutyReport, Reporter
from tests.reporting.rows import complete, write

STANDARDS = {
    "到基层调研": {"operator": "at_least", "threshold": "12", "definition": "书记本人"},
    "投入经费": {"operator": "last_year"},
}


def set_standards(cycle: Cycle) -> None:
    for name, facts in STANDARDS.items():
        cycle.scheme.figures.filter(name=name).update(**facts)


def give(reporter: Reporter, values: dict[str, str], *, by: User) -> DutyReport:
    """Handed in with these figures by name."""
    ids = {figure.name: figure.pk for figure in reporter.cycle.scheme.figures.all()}
    parts = PartChanges(figures={ids[name]: value for name, value in values.items()})
    report = write(reporter, dataclasses.replace(complete(), parts=parts), by=by)
    return submit_report(report, by=by)
