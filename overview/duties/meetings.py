"""Meetings to prepare, lead, comment or score at."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules.roles import Role
from common.deadlines import Deadline
from overview.duties.duty import Duty
from reviews.models import Meeting, Rater, Slot
from reviews.rules.meetings import CommentState, MeetingState


def meetings(user: User) -> Iterator[Duty]:
    """Meetings ahead or under way that one prepares, leads or reports at."""
    kept = user.organizations_as(Role.ORGANIZATION_DEPARTMENT, Role.LEADER, Role.SECRETARY, Role.SUPERIOR_VIEWER)
    reported = Q(cycle__reporters__post__person=user.person_id)
    meetings = Meeting.objects.filter(Q(cycle__committee__in=kept) | reported).distinct()
    for meeting in meetings.exclude(state=MeetingState.CLOSED).select_related("cycle__committee"):
        runs = user.has_role(Role.ORGANIZATION_DEPARTMENT, meeting.committee)
        live = meeting.state == MeetingState.LIVE
        page = "reviews:meeting_live" if live and runs else "reviews:meeting_show"
        yield Duty(
            meeting.title,
            _("会议正在进行。") if live else _("会议筹备中，安排和材料在会议页面查看。"),
            reverse(page, args=[meeting.pk]),
            _("进入会议") if live else _("查看会议"),
            Deadline(meeting.date_text, meeting.date),
            "urgent" if live else "normal",
            when=_("会议时间"),
        )


def scoring(user: User) -> Iterator[Duty]:
    for rater in Rater.objects.filter(person=user.person_id, meeting__state=MeetingState.LIVE).select_related(
        "meeting"
    ):
        url = reverse("reviews:sheet_list", args=[rater.meeting_id])
        yield Duty(rater.meeting.title, _("请为每位述职人评分。"), url, _("开始评分"), tone="urgent")


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
