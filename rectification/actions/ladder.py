"""提示, 催办, 通报, 约谈, 预警 of an item: by hand and by the clock, each once for a deadline (S-155, S-171)."""

import datetime as dt
from collections.abc import Sequence
from typing import cast

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from accounts.actions.audit import record
from accounts.actions.notices import holders, notify
from accounts.models import User
from accounts.rules.roles import WRITING_ROLES
from common import clock
from common.conflicts import check_revision
from rectification.models import LadderStep, RectificationItem, RectificationScheme
from rectification.models.ladder import ladder_of
from rectification.permissions import can_edit_ladder, can_report_progress, can_urge_item
from rectification.rules.items import UNFINISHED
from rectification.rules.ladder import LadderLevel, LadderRefused, Rung, check_order, due_rung, sheet_title
from reporting.actions.cycles import refuse_closed
from reporting.models import Cycle

from .items import locked_item


@transaction.atomic
def edit_ladder(
    cycle: Cycle, *, rungs: Sequence[Rung], basic_percent: int, revision: int, by: User
) -> RectificationScheme:
    """Write the year's ladder; steps already taken stay. `revision` is 0 while there is none.

    Raises LadderRefused, StaleRevision, CycleClosed.
    """
    cycle = Cycle.objects.select_for_update(of=("self",)).select_related("committee").get(pk=cycle.pk)
    if not can_edit_ladder(by, cycle):
        raise PermissionDenied
    refuse_closed(cycle)
    scheme = RectificationScheme.objects.filter(cycle=cycle).first() or RectificationScheme(cycle=cycle, revision=0)
    check_revision(scheme.revision, revision)
    faults = check_order(rungs)
    if faults:
        raise LadderRefused("".join(faults))
    before = {"rungs": [str(rung) for rung in ladder_of(cycle)], "basic_percent": scheme.basic_percent}
    scheme.basic_percent = basic_percent
    scheme.revision += 1
    scheme.save()
    scheme.rungs.all().delete()
    for rung in rungs:
        scheme.rungs.create(
            level=rung.level, days=rung.days, reply_days=rung.reply_days, text=rung.text, automatic=rung.automatic
        )
    after = {"rungs": [str(rung) for rung in rungs], "basic_percent": basic_percent}
    record(scheme, "修改督促规则", by=by, before=before, after=after)
    return scheme


@transaction.atomic
def send_step(item: RectificationItem, *, level: int, text: str, by: User) -> LadderStep:
    """Send a sheet of this level by hand. Raises LadderRefused when it was sent for this deadline already."""
    item = locked_item(item)
    if not can_urge_item(by, item):
        raise PermissionDenied
    refuse_closed(item.list.cycle)
    if not item.list.is_committed or item.state not in UNFINISHED:
        raise LadderRefused("该事项已经办结，或者还没有承诺，不需要督促。")
    if item.due_date is None:
        raise LadderRefused("该事项没有日期时限。请先明确时限，再按时限督促。")
    if item.ladder_steps.filter(due_date=item.due_date, level=level).exists():
        raise LadderRefused(f"这一时限的{sheet_title(level)}已经发过，不再重复发。")
    if not text.strip():
        raise LadderRefused("请写明内容。")
    rung = next((rung for rung in ladder_of(item.list.cycle) if rung.level == level), None)
    return _send(item, level, text, rung.reply_days if rung else None, by=by)


@transaction.atomic
def take_due_step(item: RectificationItem, *, rungs: Sequence[Rung], by: None = None) -> LadderStep | None:
    """What the clock does today with one item, decided anew under its lock: at most one sheet, none twice."""
    item = locked_item(item)
    if item.state not in UNFINISHED or not item.list.is_committed or item.due_date is None:
        return None
    taken = list(item.ladder_steps.filter(due_date=item.due_date).values_list("level", flat=True))
    rung = due_rung(rungs, due_date=item.due_date, today=clock.today(), taken=taken)
    return _send(item, rung.level, rung.text, rung.reply_days, by=by) if rung else None


def _send(item: RectificationItem, level: int, text: str, reply_days: int | None, *, by: User | None) -> LadderStep:
    reply_due = clock.today() + dt.timedelta(days=reply_days) if reply_days is not None else None
    users = holders(item.organization, *WRITING_ROLES)
    step = LadderStep.objects.create(
        item=item,
        level=level,
        due_date=cast("dt.date", item.due_date),
        text=text,
        at=clock.now(),
        by=by,
        reply_due=reply_due,
        told=len(users),
    )
    title = sheet_title(level)
    record(item, str(LadderLevel(level).label), by=by, note=text)
    notify(
        users,
        f"{title}：{item.list.cycle.year}年度整改清单第{item.position}项（时限{item.deadline}）。{text}",
        url=reverse("rectification:item_show", args=[item.pk]),
    )
    return step


@transaction.atomic
def reply_step(step: LadderStep, *, reply: str, by: User) -> LadderStep:
    """The organization answers a sheet, once."""
    item = locked_item(step.item)
    step = item.ladder_steps.select_for_update(of=("self",)).get(pk=step.pk)
    if not can_report_progress(by, item):
        raise PermissionDenied
    if step.replied_at is not None:
        raise LadderRefused("这张督促单已经反馈过。有新情况的，请填报进展。")
    if not reply.strip():
        raise LadderRefused("请写明整改情况。")
    step.reply, step.replied_by, step.replied_at = reply, by, clock.now()
    step.save()
    record(item, f"反馈{step.sheet_title}", by=by, note=reply)
    sender = [step.by] if step.by else []
    notify(sender, f"{item.organization}已反馈{step.sheet_title}（第{item.position}项）。", url=_url(item))
    return step


def _url(item: RectificationItem) -> str:
    return reverse("rectification:item_show", args=[item.pk])
