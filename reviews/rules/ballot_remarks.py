"""Remarks of anonymous ballots: held until the clerk has read them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.flow import Flow


class RemarkState(models.TextChoices):
    HELD = "held", _("待审看")
    RELEASED = "released", _("已转述")
    WITHHELD = "withheld", _("不转述")


REMARK_FLOW = Flow(
    "ballot_remark",
    {
        "release": ([RemarkState.HELD, RemarkState.WITHHELD], RemarkState.RELEASED),
        "withhold": ([RemarkState.HELD, RemarkState.RELEASED], RemarkState.WITHHELD),
    },
)
