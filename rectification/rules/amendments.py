"""After the promise an item changes only by an amendment that somebody else approves (S-149)."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.flow import Flow


class AmendmentState(models.TextChoices):
    PROPOSED = "proposed", _("待审批")
    APPROVED = "approved", _("已同意")
    REFUSED = "refused", _("不同意")
    WITHDRAWN = "withdrawn", _("已撤回")


AMENDMENT_FLOW = Flow(
    "rectification_amendment",
    {
        "approve": ([AmendmentState.PROPOSED], AmendmentState.APPROVED),
        "refuse": ([AmendmentState.PROPOSED], AmendmentState.REFUSED),
        "withdraw": ([AmendmentState.PROPOSED], AmendmentState.WITHDRAWN),
    },
)


class AmendmentRefused(Exception):
    """The change cannot be asked for or decided; `str(error)` says why."""


# Keys of a plan in the order in which changes are shown.
LABELS = {
    "kind": "整改类型",
    "measures": "整改措施",
    "owner": "责任人",
    "due": "整改时限",
    "lead_unit": "牵头单位",
    "co_units": "责任单位",
    "target": "整改目标",
    "quantity": "量化目标",
    "parties": "责任分工",
}


@dataclasses.dataclass(frozen=True)
class Change:
    label: str
    before: str
    after: str


def plan_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """What differs between two plans in words (`words_of_plan`), in the order of `LABELS`; lists one entry a line."""
    return [
        Change(label, _text(before.get(key)), _text(after.get(key)))
        for key, label in LABELS.items()
        if _text(before.get(key)) != _text(after.get(key))
    ]


def _text(value: Any) -> str:
    return "\n".join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")
