"""Letters of inquiry to answer, talks ahead, and those that nobody has answered in time (S-172, S-173)."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from common import clock
from overview.duties.duty import Duty
from rectification.models import Inquiry
from rectification.permissions import INSPECTING_ROLES


def inquiries_to_answer(user: User) -> Iterator[Duty]:
    if user.person_id is None:
        return
    for inquiry in Inquiry.objects.waiting_for(user).for_table():
        if inquiry.is_letter:
            url = reverse("rectification:inquiry_answer", args=[inquiry.pk])
            text = _("%(committee)s向您函询，请书面答复。") % {"committee": inquiry.committee}
            yield Duty(_("答复函询"), text, url, _("书面答复"), inquiry.deadline, "urgent")
        else:
            url = reverse("rectification:inquiry_show", args=[inquiry.pk])
            text = _("%(whom)s约谈，时间：%(when)s。") % {
                "whom": inquiry.by_whom,
                "when": inquiry.when or _("另行通知"),
            }
            yield Duty(_("约谈通知"), text, url, _("查看"), inquiry.deadline, "urgent")


def inquiries_overdue(user: User) -> Iterator[Duty]:
    committees = user.organizations_as(*INSPECTING_ROLES)
    late = Inquiry.objects.filter(committee__in=committees).overdue(clock.today()).count()
    if late:
        url = f"{reverse('rectification:inquiry_list')}?overdue=on"
        yield Duty(
            _("约谈、函询"), _("有%(count)s件逾期没有答复或约谈。") % {"count": late}, url, _("查看"), tone="urgent"
        )
