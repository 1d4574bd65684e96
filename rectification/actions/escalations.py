"""What an organization cannot solve itself goes up, and an answer comes back (S-160)."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from accounts.actions.audit import record
from accounts.actions.notices import holders, notify
from accounts.models import User
from accounts.rules.roles import WRITING_ROLES
from common import clock
from rectification.models import Escalation, RectificationItem
from rectification.permissions import ANSWERING_ROLES, can_answer_escalation, can_escalate_item
from rectification.rules.escalations import ESCALATION_FLOW, EscalationRefused
from rectification.rules.items import UNFINISHED
from reporting.actions.cycles import refuse_closed

from .items import locked_item


@transaction.atomic
def escalate_item(item: RectificationItem, *, reason: str, by: User) -> Escalation:
    """Ask the committee to coordinate. Raises EscalationRefused, CycleClosed."""
    item = locked_item(item)
    if not can_escalate_item(by, item):
        raise PermissionDenied
    refuse_closed(item.list.cycle)
    if not item.list.is_committed or item.state not in UNFINISHED:
        raise EscalationRefused("只有已经承诺、还没有办结的事项才能提请上级协调。")
    if item.escalations.asked().exists():
        raise EscalationRefused("这一项已经提请上级协调，正在等待答复。")
    if not reason.strip():
        raise EscalationRefused("请写明需要上级协调解决的问题。")
    escalation = Escalation.objects.create(item=item, reason=reason, asked_by=by, asked_at=clock.now())
    record(item, "提请上级协调", by=by, note=reason)
    notify(
        holders(item.list.cycle.committee, *ANSWERING_ROLES),
        f"{item.organization}提请协调解决{item.list.cycle.year}年度整改清单第{item.position}项，请答复。",
        url=reverse("rectification:escalation_list"),
    )
    return escalation


@transaction.atomic
def answer_escalation(escalation: Escalation, *, reply: str, by: User) -> Escalation:
    item = locked_item(escalation.item)
    escalation = item.escalations.select_for_update().get(pk=escalation.pk)
    if not can_answer_escalation(by, item):
        raise PermissionDenied
    escalation.state = ESCALATION_FLOW.check(escalation.state, "answer")
    if not reply.strip():
        raise EscalationRefused("请写明答复意见。")
    escalation.reply, escalation.answered_by, escalation.answered_at = reply, by, clock.now()
    escalation.save()
    record(item, "答复协调请求", by=by, note=reply)
    notify(
        holders(item.organization, *WRITING_ROLES),
        f"{item.list.cycle.committee}对{item.list.cycle.year}年度整改清单第{item.position}项的协调请求已有答复。",
        url=reverse("rectification:item_show", args=[item.pk]),
    )
    return escalation
