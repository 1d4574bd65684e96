"""Remarks of ballots: the clerk reads each one and releases it, or not."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions.audit import record
from accounts.models import User
from reviews.models import BallotRemark
from reviews.permissions import can_manage_round
from reviews.rules.ballot_remarks import REMARK_FLOW, RemarkState


@transaction.atomic
def decide_remark(remark: BallotRemark, *, release: bool, by: User) -> BallotRemark:
    """Release a remark to who may read the result, or withhold it. The trail does not repeat its words."""
    rows = BallotRemark.objects.select_for_update(of=("self",)).select_related("round__meeting__cycle__committee")
    remark = rows.get(pk=remark.pk)
    if not can_manage_round(by, remark.round):
        raise PermissionDenied
    before = RemarkState(remark.state).label
    remark.state = REMARK_FLOW.check(remark.state, "release" if release else "withhold")
    remark.save(update_fields=["state"])
    after = RemarkState(remark.state).label
    record(remark.round, "审看意见建议", by=by, before={"state": str(before)}, after={"state": str(after)})
    return remark
