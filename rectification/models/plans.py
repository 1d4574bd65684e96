"""How an item will be put right, as a value: typed in a form, written to an item, kept in an amendment, told in words."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import Any

from accounts.models import Post
from common.deadlines import chinese_date
from rectification.rules.items import ItemKind
from rectification.rules.parties import PartyKind
from rectification.rules.targets import target_words

from .items import RectificationItem

# Columns of an item that a plan writes.
COLUMNS = (
    "kind",
    "owner_post",
    "owner_text",
    "lead_unit",
    "co_units",
    "due_text",
    "due_date",
    "target",
    "target_operator",
    "target_value",
    "target_unit",
)


@dataclasses.dataclass(frozen=True)
class MeasurePlan:
    text: str
    owner: str = ""


@dataclasses.dataclass(frozen=True)
class PartyPlan:
    kind: str
    unit: str


@dataclasses.dataclass(frozen=True)
class ItemPlan:
    """`owner_post` must be a current post of the organization; texts are kept as typed."""

    kind: str
    owner_post: Post | None
    owner_text: str
    lead_unit: str
    co_units: str
    due_text: str
    due_date: dt.date | None
    target: str
    measures: Sequence[MeasurePlan]
    target_operator: str = ""
    target_value: str = ""
    target_unit: str = ""
    parties: Sequence[PartyPlan] = ()


def plan_of(item: RectificationItem) -> ItemPlan:
    return ItemPlan(
        **{name: getattr(item, name) for name in COLUMNS},
        measures=[MeasurePlan(each.text, each.owner_text) for each in item.measures.all()],
        parties=[PartyPlan(each.kind, each.unit) for each in item.parties.all()],
    )


def plan_data(plan: ItemPlan) -> dict[str, Any]:
    """The plan as JSON; `plan_from` reads it back."""
    facts = {name: getattr(plan, name) for name in COLUMNS}
    facts["owner_post"] = plan.owner_post.pk if plan.owner_post else None
    facts["due_date"] = plan.due_date.isoformat() if plan.due_date else None
    facts["measures"] = [dataclasses.asdict(each) for each in plan.measures]
    facts["parties"] = [dataclasses.asdict(each) for each in plan.parties]
    return facts


def plan_from(data: dict[str, Any]) -> ItemPlan:
    facts = dict(data)
    facts["owner_post"] = Post.objects.select_related("person").filter(pk=data["owner_post"]).first()
    facts["due_date"] = dt.date.fromisoformat(data["due_date"]) if data["due_date"] else None
    facts["measures"] = [MeasurePlan(**each) for each in data["measures"]]
    facts["parties"] = [PartyPlan(**each) for each in data["parties"]]
    return ItemPlan(**facts)


def words_of_plan(plan: ItemPlan) -> dict[str, Any]:
    """The plan as people read it, by the keys of `rules.amendments.LABELS`."""
    due = plan.due_text
    if plan.due_date:
        due = f"{due}（{chinese_date(plan.due_date)}）" if due else chinese_date(plan.due_date)
    return {
        "kind": str(ItemKind(plan.kind).label),
        "measures": [f"{each.text}（{each.owner}）" if each.owner.strip() else each.text for each in plan.measures],
        "owner": plan.owner_post.person.name if plan.owner_post else plan.owner_text,
        "due": due,
        "lead_unit": plan.lead_unit,
        "co_units": plan.co_units,
        "target": plan.target,
        "quantity": target_words(plan.target_operator, plan.target_value, plan.target_unit),
        "parties": [f"{PartyKind(each.kind).label}：{each.unit}" for each in plan.parties],
    }
