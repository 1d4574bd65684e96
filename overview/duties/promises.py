"""What waits after the promise: changes to decide, requests to answer, sheets to answer, marks of the year's end."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules.roles import WRITING_ROLES, Role
from common.deadlines import Deadline
from overview.duties.duty import Duty
from rectification.models import Amendment, Escalation, LadderStep, RectificationItem
from rectification.models.carrying import waiting_to_carry
from rectification.permissions import ANSWERING_ROLES
from rectification.rules.amendments import AmendmentState
from rectification.rules.escalations import EscalationState
from reporting.models import Cycle
from reporting.rules.cycles import CyclePhase

COMMITTEE = "item__list__reporter__cycle__committee__in"


def promises_to_decide(user: User) -> Iterator[Duty]:
    """For the committee: amendments, requests to coordinate, promises without a mark once the year is assessed."""
    committees = user.organizations_as(Role.ORGANIZATION_DEPARTMENT)
    amendments = Amendment.objects.proposed().filter(**{COMMITTEE: committees}).count()
    if amendments:
        text = _("有%(count)s件承诺事项调整申请待审批。") % {"count": amendments}
        url = f"{reverse('rectification:amendment_list')}?state={AmendmentState.PROPOSED}"
        yield Duty(_("调整审批"), text, url, _("去审批"), tone="urgent")
    answering = user.organizations_as(*ANSWERING_ROLES)
    escalations = Escalation.objects.asked().filter(**{COMMITTEE: answering}).count()
    if escalations:
        text = _("有%(count)s件提请上级协调的事项待答复。") % {"count": escalations}
        url = f"{reverse('rectification:escalation_list')}?state={EscalationState.ASKED}"
        yield Duty(_("协调请求"), text, url, _("去答复"), tone="urgent")
    assessed = Cycle.objects.filter(committee__in=committees, phase=CyclePhase.ASSESSMENT)
    unmarked = RectificationItem.objects.filter(fulfilment__isnull=True, list__reporter__cycle__in=assessed)
    cycle = assessed.filter(pk__in=unmarked.values("list__reporter__cycle")).order_by("year").first()
    if cycle is not None:
        text = _("有%(count)s项整改承诺还没有评定兑现情况。") % {
            "count": unmarked.filter(list__reporter__cycle=cycle).count()
        }
        url = reverse("rectification:fulfilment_board", args=[cycle.pk])
        yield Duty(_("%(year)s年度承诺兑现评定") % {"year": cycle.year}, text, url, _("去评定"))


def promises_to_carry(user: User) -> Iterator[Duty]:
    """For the committee: while reports are written, what last year left and no report form asks about yet (S-68)."""
    cycles = Cycle.objects.filter(
        committee__in=user.organizations_as(Role.ORGANIZATION_DEPARTMENT), phase=CyclePhase.REPORTING
    )
    for cycle in cycles.select_related("committee"):
        count = waiting_to_carry(cycle).count()
        if count:
            text = _("上年度有%(count)s项未完成或者长期坚持的事项还没有列入述职报告，各单位无法答复。") % {
                "count": count
            }
            url = reverse("rectification:carry_create", args=[cycle.pk])
            title = _("%(year)s年度结转上年度事项") % {"year": cycle.year}
            yield Duty(title, text, url, _("去结转"), tone="urgent")


def sheets_to_answer(user: User) -> Iterator[Duty]:
    """For the organization: sheets that ask for an answer."""
    own = user.organizations_as(*WRITING_ROLES)
    steps = LadderStep.objects.filter(
        Q(replied_at__isnull=True, reply_due__isnull=False), item__list__reporter__organization__in=own
    )
    for step in steps.select_related("item").order_by("reply_due", "pk")[:3]:
        text = _("第%(number)s项整改收到%(sheet)s，请按时反馈。") % {
            "number": step.item.position,
            "sheet": step.sheet_title,
        }
        url = reverse("rectification:step_reply", args=[step.pk])
        yield Duty(str(step.sheet_title), text, url, _("去反馈"), Deadline(date=step.reply_due), tone="urgent")
