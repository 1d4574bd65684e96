"""Items: measures, owner and deadline while the list is written; a new owner at any time (S-148, S-153)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions.audit import record, snapshot
from accounts.models import Post, User
from accounts.permissions import can_manage_organization
from common.conflicts import check_revision
from common.flow import TransitionNotAllowed
from rectification.models import ItemParty, Measure, RectificationItem, RectificationList
from rectification.models.plans import COLUMNS, ItemPlan
from rectification.permissions import can_edit_item
from rectification.rules.items import UNFINISHED
from rectification.rules.lists import ListNotWritable, OwnerNotHere


@transaction.atomic
def edit_item(item: RectificationItem, *, plan: ItemPlan, revision: int, by: User) -> RectificationItem:
    """Write the plan of an item. Raises ListNotWritable, OwnerNotHere or StaleRevision; measures keep their order."""
    item = locked_item(item)
    if not can_edit_item(by, item):
        raise PermissionDenied
    if not item.list.is_writable:
        raise ListNotWritable
    check_revision(item.revision, revision)
    check_owner(item, plan.owner_post)
    before = _snapshot(item)
    write_plan(item, plan=plan)
    record(item, "修改整改事项", by=by, before=before, after=_snapshot(item))
    return item


@transaction.atomic
def reassign_owner(item: RectificationItem, *, owner_post: Post | None, owner_text: str, by: User) -> RectificationItem:
    """Name another owner of an unfinished item, also after the promise; the promised words stay as they were (S-153)."""
    item = locked_item(item)
    if not can_edit_item(by, item):
        raise PermissionDenied
    if item.state not in UNFINISHED:
        raise TransitionNotAllowed(item.state, "reassign", "该事项已经办结，不需要再明确责任人。")
    check_owner(item, owner_post)
    before = snapshot(item)
    item.owner_post = owner_post
    item.owner_text = owner_text
    item.revision += 1
    item.save(update_fields=["owner_post", "owner_text", "revision"])
    record(item, "重新明确责任人", by=by, before=before, after=snapshot(item))
    return item


@transaction.atomic
def hand_over_items(outgoing: Post, *, successor: Post, by: User) -> int:
    """Unfinished items of who leaves the post are the successor's from now on; the promised words stay (S-08).

    Done by whoever keeps the register, as the post itself is; returns how many. `successor` may begin on a later day.
    """
    if outgoing.organization_id != successor.organization_id:
        raise OwnerNotHere
    if not can_manage_organization(by, outgoing.organization):
        raise PermissionDenied
    owned = RectificationItem.objects.unfinished().filter(owner_post=outgoing).order_by("list_id", "pk")
    for item in [locked_item(item) for item in owned]:
        before = snapshot(item)
        item.owner_post = successor
        item.revision += 1
        item.save(update_fields=["owner_post", "revision"])
        record(item, "责任人更换", by=by, before=before, after=snapshot(item), note=f"{outgoing}→{successor}")
    return len(owned)


@transaction.atomic
def edit_case(item: RectificationItem, *, group: str, report: str, revision: int, by: User) -> RectificationItem:
    """一事一案: the work group of an item and its closing report, at any time before it is closed (S-161)."""
    item = locked_item(item)
    if not can_edit_item(by, item):
        raise PermissionDenied
    if item.state not in UNFINISHED:
        raise TransitionNotAllowed(item.state, "edit_case", "该事项已经办结，不能再修改专班和办结报告。")
    check_revision(item.revision, revision)
    before = snapshot(item)
    item.case_group, item.case_report = group, report
    item.revision += 1
    item.save(update_fields=["case_group", "case_report", "revision"])
    record(item, "填写专班和办结报告", by=by, before=before, after=snapshot(item))
    return item


def write_plan(item: RectificationItem, *, plan: ItemPlan) -> None:
    """Write the plan to an item that the caller has locked."""
    for name in COLUMNS:
        setattr(item, name, getattr(plan, name))
    item.revision += 1
    item.save()
    item.measures.all().delete()
    Measure.objects.bulk_create(
        Measure(item=item, position=position, text=each.text, owner_text=each.owner)
        for position, each in enumerate(plan.measures, start=1)
    )
    item.parties.all().delete()
    ItemParty.objects.bulk_create(
        ItemParty(item=item, position=position, kind=each.kind, unit=each.unit)
        for position, each in enumerate(plan.parties, start=1)
    )


def locked_item(item: RectificationItem) -> RectificationItem:
    """List first, then item: the order in which every action of this app locks."""
    RectificationList.objects.select_for_update().get(pk=item.list_id)
    return (
        RectificationItem.objects.select_for_update(of=("self",))
        .select_related("list__reporter__organization", "list__reporter__cycle__committee", "problem")
        .get(pk=item.pk)
    )


def check_owner(item: RectificationItem, owner_post: Post | None) -> None:
    if owner_post is None:
        return
    if owner_post.organization_id != item.organization.pk or not owner_post.is_current:
        raise OwnerNotHere


def _snapshot(item: RectificationItem) -> dict[str, Any]:
    measures = [measure.words for measure in item.measures.all()]
    return {**snapshot(item), "measures": measures, "parties": [str(party) for party in item.parties.all()]}
