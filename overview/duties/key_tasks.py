"""Key tasks: what the own organization has to carry out, and who of the subordinates is behind."""

from collections import defaultdict
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules.roles import WRITING_ROLES, Role
from common import clock
from common.deadlines import Deadline
from overview.duties.duty import Duty
from reporting.actions.task_assignments import work_url
from reporting.models import Cycle, TaskAssignment
from reporting.rules.cycles import CyclePhase
from reporting.rules.key_tasks import Lag


def tasks_to_carry_out(user: User) -> Iterator[Duty]:
    """One duty for each organization and year with anything left to do, under its nearest deadline."""
    assignments = (
        TaskAssignment.objects.unfinished()
        .filter(organization__in=user.organizations_as(*WRITING_ROLES))
        .exclude(task__cycle__phase=CyclePhase.CLOSED)
        .for_table()
    )
    shares = defaultdict(list)
    for each in assignments:
        shares[each.organization, each.cycle.year].append(each)
    for (organization, year), left in shares.items():
        lags = [each.lag for each in left]
        text = _("还有%(left)s项没有完成") % {"left": len(left)}
        if overdue := lags.count(Lag.OVERDUE):
            text += _("，逾期%(count)s项") % {"count": overdue}
        if unreported := lags.count(Lag.UNREPORTED):
            text += _("，缺季度进展%(count)s项") % {"count": unreported}
        dates = [each.deadline for each in left if each.deadline.date]
        nearest = min(dates, key=lambda deadline: deadline.date) if dates else Deadline()
        title = _("%(organization)s%(year)s年度重点任务") % {"organization": organization.name, "year": year}
        tone = "urgent" if any(lags) else "normal"
        yield Duty(title, text + "。", work_url(organization, year), _("填报进展"), nearest, tone)


def tasks_behind(user: User) -> Iterator[Duty]:
    """For the organization department: how many subordinates are behind, year by year."""
    committees = user.organizations_as(Role.ORGANIZATION_DEPARTMENT)
    for cycle in Cycle.objects.filter(committee__in=committees).running():
        behind = TaskAssignment.objects.filter(task__cycle=cycle).behind(cycle.year, clock.today())
        count = behind.values("organization").distinct().count()
        if count:
            title = _("%(year)s年度重点任务") % {"year": cycle.year}
            url = f"{reverse('reporting:key_task_matrix', args=[cycle.pk])}?behind=on"
            yield Duty(title, _("有%(count)s个单位滞后。") % {"count": count}, url, _("查看单位"))
