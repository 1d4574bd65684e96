"""Where a list stands on its way from the meeting to the closed items, for `components/steps.html`."""

import dataclasses

from django.utils.translation import gettext as _

from rectification.models import RectificationList
from rectification.rules.items import UNFINISHED, ListState


@dataclasses.dataclass(frozen=True)
class Step:
    label: str
    state: str
    text: str = ""


_AT = {
    ListState.DRAFT: 0,
    ListState.RETURNED: 0,
    ListState.SUBMITTED: 1,
    ListState.APPROVED: 2,
    ListState.COMMITTED: 3,
}


def list_steps(shown: RectificationList) -> list[Step]:
    labels = [_("列清单、定措施"), _("组织部门审定"), _("书记承诺"), _("整改、销号")]
    now = _AT[ListState(shown.state)]
    if shown.is_committed and not shown.items.filter(state__in=UNFINISHED).exists():
        now = len(labels)
    return [Step(label, "done" if at < now else "current" if at == now else "ahead") for at, label in enumerate(labels)]
