"""What the people of an organization have to write: their report, their list."""

from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules.roles import WRITING_ROLES
from common import clock
from common.deadlines import Deadline
from overview.duties.duty import Duty
from rectification.models import RectificationItem, RectificationList
from rectification.rules.items import ItemState, ListState
from reporting.models import DutyReport, Reporter
from reporting.rules.cycles import CyclePhase
from reporting.rules.reports import READY_FOR_PRINT, ReportState


def reports_to_write(user: User) -> Iterator[Duty]:
    """The report of each organization the user writes for, whatever its state."""
    reporters = (
        Reporter.objects.filter(organization__in=user.organizations_as(*WRITING_ROLES), report__isnull=False)
        .exclude(cycle__phase__in=[CyclePhase.PREPARATION, CyclePhase.CLOSED])
        .select_related("cycle__committee", "cycle__scheme", "organization", "post__person", "report")
    )
    for reporter in reporters:
        report: DutyReport = reporter.report
        state = report.state
        year = reporter.cycle.year
        deadline = reporter.cycle.scheme.report_deadline
        title = _("%(organization)s%(year)s年度述职报告") % {"organization": reporter.organization.name, "year": year}
        if state in READY_FOR_PRINT:
            shown = reverse("reporting:report_show", args=[reporter.pk])
            yield Duty(title, _("已采用，无需再改。"), shown, _("查看报告"), tone="done")
        elif state == ReportState.SUBMITTED:
            shown = reverse("reporting:report_show", args=[reporter.pk])
            yield Duty(title, _("已报送，等待组织部门审核。"), shown, _("查看报告"), tone="done")
        else:
            returned = state == ReportState.RETURNED
            if returned:
                text = _("已退回，请按意见修改后重新报送。\n%(reason)s") % {"reason": report.return_reason}
            else:
                text = _("已经写了一部分，请写完并报送。") if report.saved_at else _("请填写并报送。")
            # The deadline is that of handing in for the first time; a return says its own (S-75).
            deadline = Deadline() if report.submitted_at else deadline
            late = deadline.state(clock.today()) in {"overdue", "soon"}
            tone = "urgent" if returned or late else "normal"
            action = _("修改报告") if returned else _("撰写报告")
            yield Duty(title, text, reverse("reporting:report_edit", args=[reporter.pk]), action, deadline, tone)


def lists_to_keep(user: User) -> Iterator[Duty]:
    """The own organization's lists: to draw up, to promise, to work on."""
    today = clock.today()
    lists = (
        RectificationList.objects.filter(reporter__organization__in=user.organizations_as(*WRITING_ROLES))
        .exclude(reporter__cycle__phase=CyclePhase.CLOSED, state=ListState.COMMITTED)
        .select_related("reporter__organization", "reporter__cycle__committee")
        .annotate(
            open_count=Count("items", filter=Q(items__state=ItemState.OPEN)),
            overdue_count=Count("items", filter=Q(items__in=RectificationItem.objects.overdue(today))),
        )
    )
    for each in lists:
        url = reverse("rectification:list_show", args=[each.pk])
        title = _("%(organization)s%(year)s年度整改清单") % {
            "organization": each.organization.name,
            "year": each.cycle.year,
        }
        if each.is_writable:
            text = _("逐项写明整改措施、责任人和时限，然后报审。")
            yield Duty(title, text, url, _("完善清单"), each.deadline, "urgent")
        elif each.state == ListState.APPROVED:
            yield Duty(title, _("清单已审定，请书记向上级党委作出承诺。"), url, _("去承诺"), tone="urgent")
        elif each.state == ListState.COMMITTED and each.open_count:
            text = _("整改中%(open)s项，其中逾期%(overdue)s项。") % {
                "open": each.open_count,
                "overdue": each.overdue_count,
            }
            yield Duty(title, text, url, _("填报进展"), tone="urgent" if each.overdue_count else "normal")
