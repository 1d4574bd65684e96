"""States of a duty report (S-74) and of the answers to last year's items (S-68)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.flow import Flow


class ReportState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("已报送")
    RETURNED = "returned", _("已退回")
    ACCEPTED = "accepted", _("已采用")
    LOCKED = "locked", _("已定稿")


REPORT_FLOW = Flow(
    "report",
    {
        "submit": ([ReportState.DRAFT, ReportState.RETURNED], ReportState.SUBMITTED),
        "return": ([ReportState.SUBMITTED, ReportState.ACCEPTED], ReportState.RETURNED),
        "accept": ([ReportState.SUBMITTED], ReportState.ACCEPTED),
        "lock": ([ReportState.ACCEPTED], ReportState.LOCKED),
        "reopen": ([ReportState.LOCKED], ReportState.ACCEPTED),
    },
)

WRITABLE = frozenset({ReportState.DRAFT, ReportState.RETURNED})
READY_FOR_PRINT = frozenset({ReportState.ACCEPTED, ReportState.LOCKED})


class CarriedStatus(models.TextChoices):
    DONE = "done", _("已完成")
    STANDING = "standing", _("长期坚持")
    UNFINISHED = "unfinished", _("未完成")


class Standing(models.TextChoices):
    """Where a reporter stands on the cycle's board (S-75). Every reporter is in exactly one of the first four."""

    MISSING = "missing", _("未报")
    SUBMITTED = "submitted", _("待审核")
    RETURNED = "returned", _("已退回")
    ACCEPTED = "accepted", _("已采用")
    LATE = "late", _("逾期")


# A report that was never started is missing, as a draft is.
STANDING_STATES = {
    Standing.MISSING: (ReportState.DRAFT,),
    Standing.SUBMITTED: (ReportState.SUBMITTED,),
    Standing.RETURNED: (ReportState.RETURNED,),
    Standing.ACCEPTED: (ReportState.ACCEPTED, ReportState.LOCKED),
}
