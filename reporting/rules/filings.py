"""The lists that every first responsible person files at the year's start: kinds, states, what a list lacks (S-38)."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.flow import Flow


class ListKind(models.TextChoices):
    PROBLEMS = "problems", _("问题清单")
    RESPONSIBILITIES = "responsibilities", _("责任清单")
    TASKS = "tasks", _("任务清单")


def all_list_kinds() -> list[str]:
    return [kind.value for kind in (ListKind.PROBLEMS, ListKind.TASKS, ListKind.RESPONSIBILITIES)]


# What the first column of each list is called.
MATTERS = {
    ListKind.PROBLEMS: _("问题"),
    ListKind.RESPONSIBILITIES: _("责任事项"),
    ListKind.TASKS: _("任务"),
}


class FilingState(models.TextChoices):
    DRAFT = "draft", _("未报")
    SUBMITTED = "submitted", _("已报，待审核")
    RETURNED = "returned", _("已退回")
    ACCEPTED = "accepted", _("已审核")


FILING_FLOW = Flow(
    "filed_list",
    {
        "submit": ([FilingState.DRAFT, FilingState.RETURNED], FilingState.SUBMITTED),
        "return": ([FilingState.SUBMITTED, FilingState.ACCEPTED], FilingState.RETURNED),
        "accept": ([FilingState.SUBMITTED], FilingState.ACCEPTED),
    },
)

WRITABLE = frozenset({FilingState.DRAFT, FilingState.RETURNED})


@dataclasses.dataclass(frozen=True)
class FiledWords:
    """One row as it is typed; texts are kept exactly."""

    matter: str
    measure: str = ""
    owner: str = ""
    lead_unit: str = ""
    co_units: str = ""
    due_text: str = ""
    due_date: dt.date | None = None

    @property
    def is_blank(self) -> bool:
        return not any(str(value).strip() for value in dataclasses.astuple(self) if value is not None)


def find_gaps(rows: Sequence[FiledWords], matter: str) -> list[str]:
    """What keeps a list from being filed, row by row, each as a sentence."""
    if not rows:
        return ["清单里还没有内容，请至少填写一项。"]
    found = []
    for number, row in enumerate(rows, start=1):
        wanted = {matter: row.matter, "措施": row.measure, "责任人": row.owner, "时限": row.due_text or row.due_date}
        missing = [name for name, value in wanted.items() if not str(value or "").strip()]
        if missing:
            found.append(f"第{number}项缺{'、'.join(missing)}。")
    return found
