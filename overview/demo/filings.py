"""The lists filed at the start of 2026, in every state; problem lists begin with what 2025 left open."""

import datetime as dt
from typing import Any

from overview.demo.cast import account, clerk, on, organization
from overview.demo.source import read
from rectification.models.filed_lists import items_left, words_of
from reporting.actions.filings import (
    CallFacts,
    RowChange,
    accept_filed_list,
    add_filed_rows,
    call_filing,
    return_filed_list,
    save_filed_list,
    submit_filed_list,
)
from reporting.models import Cycle, FiledList
from reporting.rules.filings import FiledWords, ListKind


def load_filings(cycle: Cycle, codes: list[str]) -> None:
    """`codes` are those of the organizations that report in the year."""
    plan = read("work_2026")["filing"]
    facts = CallFacts(
        [ListKind.PROBLEMS, ListKind.RESPONSIBILITIES], plan["due_text"], dt.date.fromisoformat(plan["due_date"])
    )
    with on(plan["called"]):
        organizations = [organization(code) for code in codes]
        call = call_filing(cycle, facts=facts, organizations=organizations, seen=0, by=clerk())
    for filed in call.lists.select_related("organization", "call__cycle__committee"):
        if _is_filed(filed, plan):
            _file(filed, plan)


def _is_filed(filed: FiledList, plan: dict[str, Any]) -> bool:
    code = filed.organization.code
    skips = filed.kind == ListKind.RESPONSIBILITIES and code in plan["missing_responsibilities"]
    return code not in plan["missing"] and not skips


def _file(filed: FiledList, plan: dict[str, Any]) -> None:
    code = filed.organization.code
    with on(plan["late"].get(code, plan["filed"]), 17):
        head = filed.organization.posts.current().get(is_first_responsible=True).person
        by = account(head.code)
        left = [(item.pk, words_of(item)) for item in items_left(filed)] if filed.kind == ListKind.PROBLEMS else []
        if left:
            filed = add_filed_rows(filed, rows=left, by=by)
        else:
            rows = [RowChange(_words(row, head.name)) for row in plan[filed.kind]]
            filed = save_filed_list(filed, rows=rows, seen=filed.revision, by=by)
        submit_filed_list(filed, by=by)
    with on(plan["screened"], 10):
        if code in plan["returned"] and filed.kind == ListKind.RESPONSIBILITIES:
            return_filed_list(filed, reason=plan["returned"][code], by=clerk())
        elif code not in plan["waiting"]:
            accept_filed_list(filed, by=clerk())


def _words(row: dict[str, Any], owner: str) -> FiledWords:
    date = dt.date.fromisoformat(row["due_date"]) if "due_date" in row else None
    return FiledWords(row["matter"], row["measure"], owner=owner, due_text=row["due_text"], due_date=date)
