"""Meetings to prepare, lead, comment or score at."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules.roles import Role
from common.deadlines import Deadline
from overview.duties.duty import Duty
from reporting.models import Reporter
from reviews.models import Meeting, Rater, Slot
from reviews.models.meetings import reported_at
from reviews.rules.meetings import CommentState, MeetingState

_SHOWN_MEETINGS = (Role.ORGANIZATION_DEPARTMENT, Role.LEADER, Role.SECRETARY, Role.SUPERIOR_VIEWER)


def meetings(user: User) -> Iterator[Duty]:
    """Meetings ahead or under way that one prepares, leads or reports at."""
    kept = user.organizations_as(*_SHOWN_MEETINGS)
    reported = reported_at(Reporter.objects.filter(post__person=user.person_id or 0))
    meetings = Meeting.objects.filter(Q(cycle__committee__in=kept) | reported).distinct()
    for meeting in meetings.exclude(state=MeetingState.CLOSED).select_related("cycle__committee"):
        runs = user.has_role(Role.ORGANIZATION_DEPARTMENT, meeting.committee)
        # In a rehearsal only who runs it is called.
        live = meeting.state == MeetingState.LIVE and (runs or not meeting.rehearsing)
        page = "reviews:meeting_live" if live and runs else "reviews:meeting_show"
        yield Duty(
            meeting.title,
            _("会议正在进行。") if live else _("会议筹备中，安排和材料在会议页面查看。"),
            reverse(page, args=[meeting.pk]),
            _("进入会议") if live else _("查看会议"),
            # What is being held is not late.
            Deadline() if live else Deadline(meeting.date_text, meeting.date),
            "urgent" if live else "normal",
            when=_("会议时间"),
        )


def scoring(user: User) -> Iterator[Duty]:
    """To score while the meeting runs; before it, only to know that it will be."""
    raters = Rater.objects.filter(person=user.person_id).exclude(meeting__state=MeetingState.CLOSED)
    for rater in raters.select_related("meeting"):
        meeting = rater.meeting
        if meeting.state == MeetingState.LIVE and not meeting.rehearsing:
            url = reverse("reviews:sheet_list", args=[meeting.pk])
            yield Duty(meeting.title, _("请为每位述职人评分。"), url, _("开始评分"), tone="urgent")
        elif not user.holds(*_SHOWN_MEETINGS):
            text = _("您是这次会议的评分人。会议开始后，这里会出现“开始评分”，现在不用办。")
            when = Deadline(meeting.date_text, meeting.date)
            yield Duty(
                meeting.title, text, reverse("reviews:meeting_list"), _("查看会议"), when, "done", when=_("会议时间")
            )


def comments(user: User) -> Iterator[Duty]:
    """Slots whose comment is the user's and is not final yet."""
    posts = [post.pk for post in user.active_posts]
    slots = (
        Slot.objects.filter(commenters__in=posts)
        .exclude(meeting__state=MeetingState.CLOSED)
        .exclude(
            Q(reporter__comments__commenter__in=posts) & Q(reporter__comments__state=CommentState.FINAL),
        )
        .select_related("meeting", "reporter__organization")
        .distinct()
    )
    count = slots.count()
    if count and (first := slots.first()):
        url = reverse("reviews:comment_list", args=[first.meeting_id])
        yield Duty(_("点评准备"), _("您负责点评%(count)s位述职人，可提前起草。") % {"count": count}, url, _("写点评"))
