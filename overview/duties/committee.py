"""What waits for the organization department of a committee, and what its leaders watch."""

from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.forms.activations import SlipFilterForm
from accounts.models import Organization, User
from accounts.rules.roles import Role
from common import clock
from overview.duties.duty import Duty
from rectification.models import RectificationItem, RectificationList
from rectification.rules.items import ItemState, ListState
from reporting.models import Cycle
from reporting.rules.cycles import CyclePhase
from reporting.rules.reports import ReportState
from reviews.models import Meeting
from reviews.rules.meetings import MeetingState


def committee_work(user: User) -> Iterator[Duty]:
    """Year by year what the committee's own year asks for, then what its subordinates handed in."""
    committees = user.organizations_as(Role.ORGANIZATION_DEPARTMENT)
    for cycle in _counted(Cycle.objects.filter(committee__in=committees).running()):
        yield from _reports_of(cycle)
        yield from _results_of(cycle)
    yield from _handed_in(committees)


def _counted(cycles: QuerySet[Cycle]) -> QuerySet[Cycle]:
    meetings = Meeting.objects.filter(cycle=OuterRef("pk"))
    return cycles.select_related("committee", "scheme").annotate(
        submitted=Count("reporters", filter=Q(reporters__report__state=ReportState.SUBMITTED)),
        missing=Count(
            "reporters",
            filter=Q(reporters__report__isnull=True) | Q(reporters__report__state=ReportState.DRAFT),
        ),
        returned=Count("reporters", filter=Q(reporters__report__state=ReportState.RETURNED)),
        without_account=Count(
            "reporters",
            filter=Q(reporters__post__person__user__isnull=True) | Q(reporters__post__person__user__is_active=False),
        ),
        undecided=Count("reporters", filter=Q(reporters__result__decided_grade__isnull=True)),
        has_met=Exists(meetings.filter(state=MeetingState.CLOSED)),
        has_meeting_ahead=Exists(meetings.exclude(state=MeetingState.CLOSED)),
    )


def _reports_of(cycle: Cycle) -> Iterator[Duty]:
    board = reverse("reporting:cycle_show", args=[cycle.pk])
    year = {"year": cycle.year}
    if cycle.phase == CyclePhase.PREPARATION:
        yield Duty(_("%(year)s年度筹备") % year, _("请核对方案和述职人名单。"), board, _("继续筹备"))
    if cycle.phase == CyclePhase.REPORTING and cycle.without_account:
        # The guide of the first year is left when the year is open; whoever cannot sign in cannot write.
        text = _("还有%(count)s名述职人没有登录账号，不能登录撰写报告。") % {"count": cycle.without_account}
        page = f"{reverse('accounts:slip_list')}?who={SlipFilterForm.HEADS}"
        yield Duty(_("%(year)s年度述职人账号") % year, text, page, _("制作激活单"), tone="urgent")
    if cycle.submitted:
        text = _("有%(count)s份报告待审核。") % {"count": cycle.submitted}
        queue = f"{reverse('reporting:screening_list')}?cycle={cycle.pk}"
        yield Duty(_("%(year)s年度报告审核") % year, text, queue, _("去审核"), tone="urgent")
    if cycle.phase == CyclePhase.REPORTING and (cycle.missing or cycle.returned):
        counts = {"missing": cycle.missing, "returned": cycle.returned}
        if not cycle.returned:
            text = _("还有%(missing)s个单位未报送。") % counts
        elif not cycle.missing:
            text = _("还有%(returned)s个单位退回待重报。") % counts
        else:
            text = _("还有%(missing)s个单位未报送，%(returned)s个单位退回待重报。") % counts
        deadline = cycle.scheme.report_deadline
        yield Duty(_("%(year)s年度报告收集") % year, text, board, _("查看名单"), deadline)


def _results_of(cycle: Cycle) -> Iterator[Duty]:
    """After the last meeting: scores to type, grades to enter, the next phase to open."""
    if not cycle.has_met or cycle.has_meeting_ahead:
        return
    year = {"year": cycle.year}
    if cycle.undecided:
        text = _("会议已结束，还有%(count)s名述职人没有审定等次。请录入各项得分、计算综合评价，报党委审定后录入等次。")
        url = reverse("reviews:result_list", args=[cycle.pk])
        title = _("%(year)s年度综合评价") % year
        yield Duty(title, text % {"count": cycle.undecided}, url, _("去办理"), tone="urgent")
    if cycle.phase == CyclePhase.MEETING:
        url = reverse("reviews:cycle_advance", args=[cycle.pk])
        text = _("会议已结束，可进入“列清单、作承诺”阶段。")
        yield Duty(_("%(year)s年度下一阶段") % year, text, url, _("进入下一阶段"))


def _handed_in(committees: QuerySet[Organization]) -> Iterator[Duty]:
    lists = RectificationList.objects.filter(
        reporter__cycle__committee__in=committees, state=ListState.SUBMITTED
    ).count()
    if lists:
        url = f"{reverse('rectification:list_list')}?state={ListState.SUBMITTED}"
        text = _("有%(count)s份整改清单待审定。") % {"count": lists}
        yield Duty(_("整改清单审定"), text, url, _("去审定"), tone="urgent")
    items = RectificationItem.objects.filter(list__reporter__cycle__committee__in=committees)
    applied = items.filter(state=ItemState.APPLIED).count()
    if applied:
        url = f"{reverse('rectification:item_list')}?state={ItemState.APPLIED}"
        text = _("有%(count)s项整改申请销号。") % {"count": applied}
        yield Duty(_("销号审核"), text, url, _("去审核"), tone="urgent")


def overdue_below(user: User) -> Iterator[Duty]:
    """Overdue items of the subordinates, for those who watch rectification (S-155)."""
    watched = user.organizations_as(Role.ORGANIZATION_DEPARTMENT, Role.SUPERVISION, Role.LEADER, Role.SECRETARY)
    overdue = (
        RectificationItem.objects.overdue(clock.today()).filter(list__reporter__cycle__committee__in=watched).count()
    )
    if overdue:
        text = _("下级单位有%(count)s项整改已逾期。") % {"count": overdue}
        yield Duty(_("逾期整改"), text, reverse("rectification:overdue_list"), _("查看逾期"), tone="urgent")
