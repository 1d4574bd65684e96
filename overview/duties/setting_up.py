"""A committee that has never opened a year is led there step by step."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules.roles import REGISTER_ROLES
from overview.duties.duty import Duty
from overview.setup import is_set_up, set_up_steps


def setting_up(user: User) -> Iterator[Duty]:
    for committee in user.organizations_as(*REGISTER_ROLES):
        if is_set_up(committee):
            continue
        steps = set_up_steps(committee, user)
        number, step = next((at, step) for at, step in enumerate(steps, start=1) if step.state == "current")
        where = {"number": number, "total": len(steps), "label": step.label, "text": step.text}
        text = _("第%(number)s步，共%(total)s步：%(label)s。%(text)s") % where
        title = _("启用本系统（%(committee)s）") % {"committee": committee.display_name}
        yield Duty(title, text, reverse("overview:setup_show", args=[committee.pk]), _("继续"), tone="urgent")
