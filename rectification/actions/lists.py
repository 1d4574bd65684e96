"""Lists: opened when the meeting closes, completed, screened, promised (S-147 to S-149)."""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from accounts.actions.audit import record, snapshot
from accounts.actions.notices import holders, notify
from accounts.models import Post, User
from accounts.rules.roles import SUBMITTING_ROLES, WRITING_ROLES, Role
from common import clock
from rectification.models import Commitment, Problem, RectificationItem, RectificationList
from rectification.models.plans import plan_of
from rectification.permissions import (
    can_commit_list,
    can_open_list,
    can_review_list,
    can_submit_list,
    can_take_promises,
)
from rectification.rules.items import ITEM_FLOW, LIST_FLOW, ItemKind, ProblemSource
from rectification.rules.lists import (
    ListAlreadyOpen,
    ListIncomplete,
    ListNotWritable,
    ReasonMissing,
)
from reporting.models import CarriedItem, Reporter

from .items import write_plan
from .problems import ProblemDraft, place, write_problem, write_share


@transaction.atomic
def open_list(
    reporter: Reporter,
    *,
    drafts: Sequence[ProblemDraft],
    due_text: str,
    due_date: dt.date | None,
    by: User,
) -> RectificationList:
    """Open the list of one reporting organization: one item per draft, in the drafts' order, then what waits (S-147).

    What waits are problems entered by hand and the year's common issues that concern the organization.
    Last year's item that a draft carries on is marked 已结转下年: from here on the new item stands for it.
    Raises ListAlreadyOpen when the organization has its list; nothing is added then.
    """
    reporter = (
        Reporter.objects.select_for_update(of=("self",))
        .select_related("cycle__committee", "organization")
        .get(pk=reporter.pk)
    )
    if not can_open_list(by, reporter):
        raise PermissionDenied
    if RectificationList.objects.filter(reporter=reporter).exists():
        raise ListAlreadyOpen(str(reporter.organization))
    opened = RectificationList.objects.create(reporter=reporter, due_text=due_text, due_date=due_date)
    waiting = _waiting(reporter)
    problems = [write_problem(reporter.cycle, draft=draft, organization=reporter.organization) for draft in drafts]
    for problem in [*problems, *waiting]:
        item = place(opened, problem)
        if problem.carried_item is not None:
            _hand_over(problem.carried_item, reporter, by=by)
            _keep_up(item)
    record(opened, "形成清单", by=by, after={"items": len(problems) + len(waiting), "due": str(opened.deadline)})
    notify(
        holders(reporter.organization, *WRITING_ROLES),
        f"{opened}已形成，共{len(problems) + len(waiting)}项。请逐项填写整改措施、责任人和整改时限，报组织部门审定。",
        url=_list_url(opened),
    )
    return opened


def _waiting(reporter: Reporter) -> list[Problem]:
    """What was named of the organization besides, and what all have in common: each gets its item too (S-147)."""
    own = list(Problem.objects.waiting().filter(cycle=reporter.cycle_id, organization=reporter.organization_id))
    common = Problem.objects.common().filter(cycle=reporter.cycle_id, merged_into__isnull=True)
    common = common.exclude(parts__organization=reporter.organization_id)
    named = Q(named_organizations__isnull=True) | Q(named_organizations=reporter.organization_id)
    return own + [write_share(problem, reporter=reporter) for problem in common.filter(named).distinct()]


def _hand_over(carried: CarriedItem, reporter: Reporter, *, by: User) -> None:
    """End last year's item where it is still unfinished; the chain stays readable through `origin`."""
    if carried.origin is None:
        return
    item = (
        RectificationItem.objects.select_for_update()
        .filter(pk=carried.origin, list__reporter__organization=reporter.organization)
        .first()
    )
    if item is None or not ITEM_FLOW.allows(item.state, "carry"):
        return
    before = snapshot(item)
    item.state = ITEM_FLOW.check(item.state, "carry")
    item.revision += 1
    item.save(update_fields=["state", "revision"])
    record(item, "结转下年", by=by, before=before, after=snapshot(item))


def _keep_up(item: RectificationItem) -> None:
    """长期坚持 goes on as it was promised, to be checked each quarter; anything else is planned anew (S-157, S-162)."""
    previous = item.problem.previous
    if previous is None or previous.kind != ItemKind.STANDING:
        return
    plan = plan_of(previous)
    owner = plan.owner_post if plan.owner_post and plan.owner_post.is_current else None
    write_plan(item, plan=dataclasses.replace(plan, owner_post=owner))


@transaction.atomic
def take_promises(rectification_list: RectificationList, *, by: User) -> list[RectificationItem]:
    """Take every promise of the report into the list as an item of its own, with its deadline as worded (S-69).

    Promises that are there already stay; a second time nothing is added.
    """
    rectification_list = _locked(rectification_list)
    if not can_take_promises(by, rectification_list):
        raise PermissionDenied
    if not rectification_list.is_writable:
        raise ListNotWritable
    items = []
    for promise in rectification_list.open_promises():
        draft = ProblemDraft(ProblemSource.PROMISE, promise.text, report_promise=promise)
        problem = write_problem(rectification_list.cycle, draft=draft, organization=rectification_list.organization)
        item = place(rectification_list, problem)
        item.due_text = promise.due_text
        item.save(update_fields=["due_text"])
        record(item, "列入承诺", by=by, after={"text": promise.text, "due": promise.due_text})
        items.append(item)
    return items


@transaction.atomic
def submit_list(rectification_list: RectificationList, *, by: User) -> RectificationList:
    """Hand the list in for screening. Raises ListIncomplete naming item by item what is missing (S-148)."""
    rectification_list = _locked(rectification_list)
    if not can_submit_list(by, rectification_list):
        raise PermissionDenied
    before = snapshot(rectification_list)
    state = LIST_FLOW.check(rectification_list.state, "submit")
    missing = rectification_list.missing_parts()
    if missing or not rectification_list.items.exists():
        raise ListIncomplete(missing)
    rectification_list.state = state
    rectification_list.submitted_at = clock.now()
    _save(rectification_list, "报审", before=before, by=by)
    notify(
        holders(rectification_list.cycle.committee, Role.ORGANIZATION_DEPARTMENT),
        f"{rectification_list}已报审，请审核。",
        url=_list_url(rectification_list),
    )
    return rectification_list


@transaction.atomic
def return_list(rectification_list: RectificationList, *, reason: str, by: User) -> RectificationList:
    rectification_list = _locked(rectification_list)
    if not can_review_list(by, rectification_list):
        raise PermissionDenied
    before = snapshot(rectification_list)
    state = LIST_FLOW.check(rectification_list.state, "return")
    if not reason.strip():
        raise ReasonMissing
    rectification_list.state = state
    rectification_list.return_reason = reason
    _save(rectification_list, "退回", before=before, by=by, note=reason)
    notify(
        holders(rectification_list.organization, *WRITING_ROLES),
        f"{rectification_list}被退回，请按意见修改后重新报审。",
        url=_list_url(rectification_list),
    )
    return rectification_list


@transaction.atomic
def approve_list(rectification_list: RectificationList, *, by: User) -> RectificationList:
    rectification_list = _locked(rectification_list)
    if not can_review_list(by, rectification_list):
        raise PermissionDenied
    before = snapshot(rectification_list)
    rectification_list.state = LIST_FLOW.check(rectification_list.state, "approve")
    rectification_list.return_reason = ""
    _save(rectification_list, "审定", before=before, by=by)
    notify(
        holders(rectification_list.organization, *SUBMITTING_ROLES),
        f"{rectification_list}已经审定，请向{rectification_list.cycle.committee}作出承诺。",
        url=_list_url(rectification_list),
    )
    return rectification_list


@transaction.atomic
def commit_list(rectification_list: RectificationList, *, text: str, by: User) -> Commitment:
    """The secretary promises: the words, who, when, and every item word for word as it stands (S-149)."""
    rectification_list = _locked(rectification_list)
    if not can_commit_list(by, rectification_list):
        raise PermissionDenied
    before = snapshot(rectification_list)
    rectification_list.state = LIST_FLOW.check(rectification_list.state, "commit")
    commitment = Commitment.objects.create(
        list=rectification_list,
        post=_promising_post(by, rectification_list),
        text=text,
        content=rectification_list.promised_content(),
        confirmed_by=by,
        confirmed_at=clock.now(),
    )
    _save(rectification_list, "作出承诺", before=before, by=by, note=text)
    notify(
        holders(rectification_list.cycle.committee, Role.ORGANIZATION_DEPARTMENT),
        f"{commitment.post.person.name}已就{rectification_list}作出承诺。",
        url=_list_url(rectification_list),
    )
    return commitment


def _promising_post(user: User, rectification_list: RectificationList) -> Post:
    posts = [
        post
        for post in user.active_posts
        if post.role in SUBMITTING_ROLES and post.organization_id == rectification_list.organization.pk
    ]
    return min(posts, key=lambda post: (post.role != Role.SECRETARY, not post.is_first_responsible, post.pk))


def _locked(rectification_list: RectificationList) -> RectificationList:
    """The row under lock, with what permissions and notices ask of it."""
    return (
        RectificationList.objects.select_for_update(of=("self",))
        .select_related("reporter__organization", "reporter__cycle__committee")
        .get(pk=rectification_list.pk)
    )


def _save(
    rectification_list: RectificationList, verb: str, *, before: dict[str, Any], by: User, note: str = ""
) -> None:
    rectification_list.revision += 1
    rectification_list.save()
    record(rectification_list, verb, by=by, before=before, after=snapshot(rectification_list), note=note)


def _list_url(rectification_list: RectificationList) -> str:
    return reverse("rectification:list_show", args=[rectification_list.pk])
