"""参会人数: by category of each meeting, planned and present (S-207)."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from overview.statistics.table import Row, Table
from reporting.models import Cycle
from reviews.models import AttendanceGroup


def attendance_table(cycle: Cycle) -> Table:
    groups = (
        AttendanceGroup.objects.filter(meeting__cycle=cycle)
        .select_related("meeting")
        .annotate(named=Count("attendees"), came=Count("attendees", filter=Q(attendees__present=True)))
        .order_by("meeting", "kind", "position", "pk")
    )
    rows = [
        Row(
            f"{group.meeting}：{group.name}",
            (group.count_text or group.named, group.came),
            reverse("reviews:meeting_show", args=[group.meeting_id]),
        )
        for group in groups
    ]
    return Table(
        "attendance",
        _("参会人数"),
        _("应到人数填写了文字的照原文，没有填写的按名单；实到按签到。"),
        (_("会议和类别"), _("应到"), _("实到")),
        rows,
    )
