"""Reports as a person would fill them, for the tests of this app."""

from typing import Any

from accounts.models import User
from reporting.actions.reports import ProblemRow, ReportChanges, save_report, start_report, submit_report
from reporting.models import DutyReport, Reporter

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
    return ReportChanges(texts=TEXTS, problems=[problem()])


def write(reporter: Reporter, changes: ReportChanges | None = None, *, by: User) -> DutyReport:
    """A saved draft, complete unless told otherwise."""
    report = start_report(reporter, by=by)
    return save_report(report, changes=changes or complete(), seen=report.revision, by=by)


def hand_in(reporter: Reporter, *, by: User) -> DutyReport:
    return submit_report(write(reporter, by=by), by=by)
