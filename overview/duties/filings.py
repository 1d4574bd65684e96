"""Lists of the year's start: to file, and to screen (S-38)."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules.roles import WRITING_ROLES, Role
from common.deadlines import Deadline
from overview.duties.duty import Duty
from reporting.models import FiledList, FilingCall
from reporting.rules.cycles import CyclePhase
from reporting.rules.filings import WRITABLE, FilingState


def lists_to_file(user: User) -> Iterator[Duty]:
    lists = (
        FiledList.objects.filter(organization__in=user.organizations_as(*WRITING_ROLES), state__in=WRITABLE)
        .exclude(call__cycle__phase=CyclePhase.CLOSED)
        .for_table()
    )
    for filed in lists:
        returned = filed.state == FilingState.RETURNED
        text = _("已退回，请按意见修改后重新报送。") if returned else _("请逐项填写措施、责任人和时限，由书记报送。")
        deadline = Deadline() if filed.submitted_at else filed.call.deadline
        tone = "urgent" if returned or filed.due_state in {"overdue", "soon"} else "normal"
        action = _("修改清单") if returned else _("填写清单")
        yield Duty(str(filed), text, reverse("reporting:filed_list_edit", args=[filed.pk]), action, deadline, tone)


def lists_to_screen(user: User) -> Iterator[Duty]:
    committees = user.organizations_as(Role.ORGANIZATION_DEPARTMENT)
    calls = FilingCall.objects.filter(cycle__committee__in=committees).exclude(cycle__phase=CyclePhase.CLOSED)
    for call in calls.select_related("cycle__committee"):
        counts = call.counts()
        url = reverse("reporting:filing_board", args=[call.cycle_id])
        if counts[FilingState.SUBMITTED]:
            text = _("有%(count)s份清单待审核。") % {"count": counts[FilingState.SUBMITTED]}
            yield Duty(
                _("%(call)s审核") % {"call": call},
                text,
                f"{url}?state={FilingState.SUBMITTED}",
                _("去审核"),
                tone="urgent",
            )
        if counts["owing_units"]:
            text = _("还有%(owing_units)s个单位没有报齐（未报%(draft)s份，已退回%(returned)s份）。") % counts
            yield Duty(_("%(call)s收集") % {"call": call}, text, url, _("查看名单"), call.deadline)
