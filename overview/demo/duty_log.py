"""2026's duty log of three secretaries, with masked days and counts."""

import datetime as dt
from typing import Any

from overview.demo.cast import account, on, organization
from overview.demo.source import read
from reporting.actions.duty_entries import create_duty_entry

YEAR = 2026


def load_duty_log() -> None:
    for log in read("duty_log_2026")["logs"]:
        place, by = organization(log["organization"]), account(log["person"])
        with on("2026-11-14", 16):
            for entry in log["entries"]:
                create_duty_entry(place, facts=_facts(*entry), by=by)


def _facts(kind: str, when: str, subject: str, count: str) -> dict[str, Any]:
    """A day where it can be read as one, words where it cannot."""
    facts = {"kind": kind, "subject": subject, "count_text": count, "year": YEAR, "date": None, "date_text": ""}
    try:
        return facts | {"date": dt.date.fromisoformat(when)}
    except ValueError:
        return facts | {"date_text": when}
