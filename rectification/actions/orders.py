"""责令限期整改: the organization department puts an item with a deadline on the list of who answers for it (S-10)."""

import dataclasses
import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from accounts.actions.audit import record
from accounts.actions.notices import holders, notify
from accounts.models import User
from accounts.rules.roles import WRITING_ROLES
from rectification.models import Problem, RectificationItem, RectificationList
from rectification.permissions import can_order_item
from rectification.rules.items import ORDERABLE, ProblemSource
from rectification.rules.lists import ListNotWritable


@dataclasses.dataclass(frozen=True)
class Order:
    """What is wrong, what is to be done by when, and who leads; texts are kept as they stand."""

    text: str
    measure: str
    due_date: dt.date
    lead_unit: str


@transaction.atomic
def order_item(rectification_list: RectificationList, *, order: Order, by: User) -> RectificationItem:
    """Add the item to a list that is being written or is promised already. Raises ListNotWritable in between."""
    rectification_list = (
        RectificationList.objects.select_for_update(of=("self",))
        .select_related("reporter__organization", "reporter__cycle__committee")
        .get(pk=rectification_list.pk)
    )
    if not can_order_item(by, rectification_list):
        raise PermissionDenied
    if rectification_list.state not in ORDERABLE:
        raise ListNotWritable
    problem = Problem.objects.create(
        cycle=rectification_list.cycle,
        organization=rectification_list.organization,
        source=ProblemSource.SUPERVISION,
        text=order.text,
    )
    last = rectification_list.items.aggregate(last=Max("position"))["last"] or 0
    item = RectificationItem.objects.create(
        list=rectification_list,
        problem=problem,
        position=last + 1,
        owner_text=order.lead_unit,
        lead_unit=order.lead_unit,
        due_date=order.due_date,
    )
    item.measures.create(text=order.measure, position=1)
    record(item, "责令限期整改", by=by, after=dataclasses.asdict(order))
    notify(
        holders(rectification_list.organization, *WRITING_ROLES),
        f"{order.lead_unit}责令限期整改，已列入{rectification_list}第{item.position}项，时限{item.deadline}。",
        url=reverse("rectification:item_show", args=[item.pk]),
    )
    return item
