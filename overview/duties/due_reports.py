"""Other reports that are due, and those of the subordinates that are late (S-48)."""

from collections.abc import Iterator

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules.roles import WRITING_ROLES, Role
from common import clock
from overview.duties.duty import Duty
from reporting.models import DueReport
from reporting.rules.cycles import CyclePhase


def reports_due(user: User) -> Iterator[Duty]:
    reports = DueReport.objects.unfiled().filter(organization__in=user.organizations_as(*WRITING_ROLES))
    for report in reports.exclude(cycle__phase=CyclePhase.CLOSED).for_table():
        url = reverse("reporting:due_report_file", args=[report.pk])
        tone = "urgent" if report.due_state in {"overdue", "soon"} else "normal"
        yield Duty(str(report), _("请按时报告并上传文件。"), url, _("报告"), report.deadline, tone)


def reports_overdue(user: User) -> Iterator[Duty]:
    """For the organization department, year by year."""
    committees = user.organizations_as(Role.ORGANIZATION_DEPARTMENT)
    overdue = DueReport.objects.filter(cycle__committee__in=committees).overdue(clock.today())
    overdue = overdue.exclude(cycle__phase=CyclePhase.CLOSED)
    for row in overdue.order_by().values("cycle", "cycle__year").annotate(count=Count("pk")):
        url = f"{reverse('reporting:due_report_list', args=[row['cycle']])}?state=overdue"
        title = _("%(year)s年度应报事项") % {"year": row["cycle__year"]}
        yield Duty(title, _("有%(count)s项逾期未报。") % {"count": row["count"]}, url, _("查看名单"))
