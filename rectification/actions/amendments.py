"""After the promise: a change is asked for with a reason, and agreed to by somebody else (S-149)."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from accounts.actions.audit import record
from accounts.actions.notices import holders, notify
from accounts.models import User
from accounts.rules.roles import WRITING_ROLES, Role
from common import clock
from rectification.models import Amendment, RectificationItem
from rectification.models.plans import ItemPlan, plan_data, plan_from, plan_of, words_of_plan
from rectification.permissions import can_decide_amendment, can_propose_amendment
from rectification.rules.amendments import AMENDMENT_FLOW, AmendmentRefused, plan_changes
from rectification.rules.items import UNFINISHED
from rectification.rules.lists import missing_parts
from reporting.actions.cycles import refuse_closed

from .items import check_owner, locked_item, write_plan


@transaction.atomic
def propose_amendment(item: RectificationItem, *, plan: ItemPlan, reason: str, by: User) -> Amendment:
    """Ask for another plan of a promised item. Raises AmendmentRefused, OwnerNotHere, CycleClosed."""
    item = locked_item(item)
    if not can_propose_amendment(by, item):
        raise PermissionDenied
    refuse_closed(item.list.cycle)
    if not item.list.is_committed or item.state not in UNFINISHED:
        raise AmendmentRefused("只有已经承诺、还没有办结的事项才能申请调整。")
    if item.amendments.proposed().exists():
        raise AmendmentRefused("这一项已有待审批的调整申请，请等待审批，或者先撤回。")
    if not reason.strip():
        raise AmendmentRefused("请写明调整的理由。")
    check_owner(item, plan.owner_post)
    before, after = words_of_plan(plan_of(item)), words_of_plan(plan)
    _check(plan, changed=bool(plan_changes(before, after)))
    amendment = Amendment.objects.create(
        item=item,
        before=before,
        after=after,
        plan=plan_data(plan),
        reason=reason,
        proposed_by=by,
        proposed_at=clock.now(),
    )
    record(item, "申请调整", by=by, before=before, after=after, note=reason)
    text = f"{item.organization}申请调整{item.list.cycle.year}年度整改清单第{item.position}项，请审批。"
    users = holders(item.list.cycle.committee, Role.ORGANIZATION_DEPARTMENT)
    notify(users, text, url=reverse("rectification:amendment_show", args=[amendment.pk]))
    return amendment


def _check(plan: ItemPlan, *, changed: bool) -> None:
    if not changed:
        raise AmendmentRefused("内容没有变化，不需要申请调整。")
    lacking = missing_parts(
        measures=[measure.text for measure in plan.measures],
        has_owner=bool(plan.owner_post or plan.owner_text.strip()),
        kind=plan.kind,
        due_text=plan.due_text,
        due_date=plan.due_date,
    )
    if lacking:
        raise AmendmentRefused(f"调整后的内容缺{'、'.join(lacking)}。")


@transaction.atomic
def approve_amendment(amendment: Amendment, *, opinion: str, by: User) -> Amendment:
    """Agree: the plan is written to the item, the promise of the day stays as it was.

    Raises AmendmentRefused when the item has changed since it was asked for.
    """
    amendment = _decided(amendment, "approve", opinion=opinion, by=by)
    item = amendment.item
    if words_of_plan(plan_of(item)) != amendment.before:
        raise AmendmentRefused("申请之后，该事项的内容已经变化，请退回后由单位重新申请。")
    plan = plan_from(amendment.plan)
    check_owner(item, plan.owner_post)
    write_plan(item, plan=plan)
    record(item, "同意调整", by=by, before=amendment.before, after=amendment.after, note=opinion)
    _tell(amendment, "已经同意，请按调整后的内容整改。")
    return amendment


@transaction.atomic
def refuse_amendment(amendment: Amendment, *, opinion: str, by: User) -> Amendment:
    if not opinion.strip():
        raise AmendmentRefused("不同意调整的，请写明意见。")
    amendment = _decided(amendment, "refuse", opinion=opinion, by=by)
    record(amendment.item, "不同意调整", by=by, note=opinion)
    _tell(amendment, "没有同意，仍按原承诺整改。")
    return amendment


@transaction.atomic
def withdraw_amendment(amendment: Amendment, *, by: User) -> Amendment:
    """Taken back by those who asked."""
    item = locked_item(amendment.item)
    amendment = item.amendments.select_for_update().get(pk=amendment.pk)
    if not can_propose_amendment(by, item):
        raise PermissionDenied
    amendment.state = AMENDMENT_FLOW.check(amendment.state, "withdraw")
    amendment.decided_by, amendment.decided_at = by, clock.now()
    amendment.save()
    record(item, "撤回调整申请", by=by)
    return amendment


def _decided(amendment: Amendment, verb: str, *, opinion: str, by: User) -> Amendment:
    item = locked_item(amendment.item)
    amendment = item.amendments.select_for_update().get(pk=amendment.pk)
    amendment.item = item
    if not can_decide_amendment(by, amendment):
        raise PermissionDenied
    amendment.state = AMENDMENT_FLOW.check(amendment.state, verb)
    amendment.opinion, amendment.decided_by, amendment.decided_at = opinion, by, clock.now()
    amendment.save()
    return amendment


def _tell(amendment: Amendment, answer: str) -> None:
    item = amendment.item
    notify(
        holders(item.organization, *WRITING_ROLES),
        f"{item.list.cycle.year}年度整改清单第{item.position}项的调整申请{answer}",
        url=reverse("rectification:item_show", args=[item.pk]),
    )
