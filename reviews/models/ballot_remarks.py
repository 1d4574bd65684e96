"""意见建议 from ballots: shuffled, without category, released one by one by the clerk."""

from __future__ import annotations

import typing
import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from rectification.models import Problem
from reporting.models import Reporter
from reviews.rules.ballot_remarks import RemarkState

from .ballot_rounds import BallotRound


class BallotRemarkQuerySet(models.QuerySet["BallotRemark"]):
    def released(self) -> typing.Self:
        return self.filter(state=RemarkState.RELEASED)


class BallotRemark(models.Model):
    # At random, and loaded in its order, so that no order of voting is left.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(BallotRound, models.PROTECT, related_name="remarks")
    reporter = models.ForeignKey(Reporter, models.PROTECT, related_name="ballot_remarks", verbose_name=_("述职人"))
    text = models.TextField(_("意见建议"))
    state = models.CharField(_("状态"), max_length=10, choices=RemarkState, default=RemarkState.HELD)

    # What a released one became on the list, where it did.
    problem = models.OneToOneField(Problem, models.PROTECT, null=True, editable=False, related_name="ballot_remark")

    objects = BallotRemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("意见建议")
        ordering = ("reporter__order", "id")

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def tone(self) -> str:
        """Of the badge that shows the state."""
        return {RemarkState.HELD: "waiting", RemarkState.RELEASED: "good"}.get(RemarkState(self.state), "idle")

    @property
    def audit_organization(self) -> Organization:
        return self.round.meeting.committee
