"""约谈 and 函询: a talk is noticed and recorded, a letter is answered in writing; both are brought to an end (S-172, S-173)."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.flow import Flow


class InquiryKind(models.TextChoices):
    INTERVIEW = "interview", _("约谈")
    LETTER = "letter", _("函询")


class InquiryState(models.TextChoices):
    ISSUED = "issued", _("已发出")
    ANSWERED = "answered", _("已答复")
    HELD = "held", _("已约谈")
    CLOSED = "closed", _("已办结")


# A talk is recorded by who held it, a letter answered by who got it.
INQUIRY_FLOW = Flow(
    "inquiry",
    {
        "answer": ([InquiryState.ISSUED], InquiryState.ANSWERED),
        "hold": ([InquiryState.ISSUED], InquiryState.HELD),
        "return": ([InquiryState.ANSWERED], InquiryState.ISSUED),
        "close": ([InquiryState.ANSWERED, InquiryState.HELD], InquiryState.CLOSED),
    },
)


class InquiryRefused(Exception):
    """It cannot be issued, answered or closed so; `str(error)` says why."""


def is_overdue(state: str, due: dt.date | None, today: dt.date) -> bool:
    """Nothing has come by the day: from the next day on; a worded deadline is never overdue (S-31)."""
    return state == InquiryState.ISSUED and due is not None and today > due
