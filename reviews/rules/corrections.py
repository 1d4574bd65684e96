"""更正: what was decided is changed by two people only, one who proposes and one who approves."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.flow import Flow


class CorrectionState(models.TextChoices):
    PROPOSED = "proposed", _("待批准")
    APPROVED = "approved", _("已批准")
    REFUSED = "refused", _("未批准")
    WITHDRAWN = "withdrawn", _("已撤回")


CORRECTION_FLOW = Flow(
    "correction",
    {
        "approve": ([CorrectionState.PROPOSED], CorrectionState.APPROVED),
        "refuse": ([CorrectionState.PROPOSED], CorrectionState.REFUSED),
        "withdraw": ([CorrectionState.PROPOSED], CorrectionState.WITHDRAWN),
    },
)
