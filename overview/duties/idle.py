"""What somebody without a duty is told: what will come, and where to look meanwhile."""

import dataclasses

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules.roles import REGISTER_ROLES, WRITING_ROLES, Role


@dataclasses.dataclass(frozen=True)
class Idle:
    text: str
    url: str = ""
    action: str = ""


def idle_words(user: User) -> Idle:
    """By the weightiest role held; somebody whose posts have all ended is told so."""
    if not user.active_posts:
        return Idle(_("系统里没有您现任的职务，所以没有可以查看的内容。职务有变动的，请联系组织部门登记。"))
    if user.holds(*REGISTER_ROLES):
        text = _("人员变动、更换书记、开通账号在“党组织”中办理；年度有事要办时会列在这里。")
        return Idle(text, reverse("accounts:organization_list"), _("打开党组织"))
    if user.holds(Role.SUPERVISION):
        text = _("整改逾期时会列在这里。督查情况随时可以登记。")
        return Idle(text, reverse("rectification:inspection_list"), _("打开督查记录"))
    if user.holds(*WRITING_ROLES):
        return Idle(_("组织部门通知撰写述职报告、列整改清单以后，会列在这里；右上角“消息”也会提醒。"))
    if user.holds(Role.LEADER):
        return Idle(_("会议安排好以后，您要参加的会议和要写的点评会列在这里。"))
    if user.holds(Role.SUPERIOR_VIEWER):
        text = _("下级各年度的报告、会议和整改都可以查看，不需要您办理。")
        return Idle(text, reverse("reporting:cycle_list"), _("查看各年度"))
    if user.holds(Role.ATTENDEE):
        text = _("请您评分的会议开始后，会列在这里，点开就能评分。现在不用办。")
        return Idle(text, reverse("reviews:meeting_list"), _("查看会议"))
    return Idle(_("分到您名下的整改事项由本单位书记和党务工作人员填报进展，您可以在“党组织”中查看本单位情况。"))
