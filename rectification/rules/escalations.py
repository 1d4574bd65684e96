"""提请上级协调: what an organization cannot solve itself (S-160)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.flow import Flow


class EscalationState(models.TextChoices):
    ASKED = "asked", _("待上级答复")
    ANSWERED = "answered", _("已答复")


ESCALATION_FLOW = Flow("escalation", {"answer": ([EscalationState.ASKED], EscalationState.ANSWERED)})


class EscalationRefused(Exception):
    """It cannot be asked or answered; `str(error)` says why."""
