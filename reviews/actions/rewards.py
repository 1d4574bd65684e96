"""兑现奖罚: enter, settle, take back (S-135)."""

from __future__ import annotations

import dataclasses
import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions.audit import record, snapshot
from accounts.models import Organization, Post, User
from common import clock
from reporting.models import BasisDocument, Cycle
from reviews.models import Assessment, Reward
from reviews.permissions import can_use_results
from reviews.rules.use_of_results import UseRefused, reward_fault


@dataclasses.dataclass(frozen=True)
class RewardFacts:
    organization: Organization
    kind: str
    matter: str
    post: Post | None = None
    amount: str = ""
    basis: BasisDocument | None = None
    note: str = ""


@transaction.atomic
def create_reward(cycle: Cycle, *, facts: RewardFacts, by: User) -> Reward:
    """Raises UseRefused when the unit's responsibility assessment of the year was failed (S-131)."""
    cycle = Cycle.objects.select_for_update(of=("self",)).select_related("committee").get(pk=cycle.pk)
    if not can_use_results(by, cycle) or not facts.organization.is_under(cycle.committee):
        raise PermissionDenied
    assessment = Assessment.objects.filter(reporter__cycle=cycle, reporter__organization=facts.organization).first()
    fault = reward_fault(facts.kind, outcome=assessment.outcome if assessment else "")
    if fault:
        raise UseRefused(fault)
    if facts.post is not None and facts.post.organization_id != facts.organization.pk:
        raise UseRefused("所选人员不在所选单位任职。")
    values = {field.name: getattr(facts, field.name) for field in dataclasses.fields(facts)}
    reward = Reward.objects.create(cycle=cycle, recorded_by=by, **values)
    record(reward, "登记奖罚", by=by, after=snapshot(reward))
    return reward


@transaction.atomic
def settle_reward(reward: Reward, *, settled_on: dt.date, by: User) -> Reward:
    reward = _locked(reward)
    if not can_use_results(by, reward.cycle):
        raise PermissionDenied
    if reward.settled_on is not None:
        raise UseRefused("这一项已经兑现。")
    if settled_on > clock.today():
        raise UseRefused("兑现日期不能晚于今天。")
    before = snapshot(reward)
    reward.settled_on = settled_on
    reward.save(update_fields=["settled_on"])
    record(reward, "兑现奖罚", by=by, before=before, after=snapshot(reward))
    return reward


@transaction.atomic
def remove_reward(reward: Reward, *, by: User) -> None:
    """Only what was not paid yet."""
    reward = _locked(reward)
    if not can_use_results(by, reward.cycle):
        raise PermissionDenied
    if reward.settled_on is not None:
        raise UseRefused("已经兑现的不能删除。")
    record(reward, "删除奖罚", by=by, before=snapshot(reward))
    reward.delete()


def _locked(reward: Reward) -> Reward:
    rows = Reward.objects.select_for_update(of=("self",)).select_related("cycle__committee", "organization")
    if (row := rows.filter(pk=reward.pk).first()) is None:
        raise UseRefused("这一项刚刚已被删除，请刷新页面。")
    return row
