"""The year moves on, when what it needs first is there (S-30)."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from reporting.actions.cycles import set_phase
from reporting.models import Cycle
from reporting.permissions import can_advance_cycle
from reporting.rules.cycles import CYCLE_FLOW
from reviews.models.cycles import cycle_facts
from reviews.rules.cycles import CycleBlockedError, blockers


@transaction.atomic
def advance_cycle(cycle: Cycle, verb: str, *, by: User) -> Cycle:
    """Move the cycle by a verb of CYCLE_FLOW. Raises CycleBlockedError naming what is missing.

    Blockers that only warn were on the page; whoever goes on has seen them.
    """
    cycle = Cycle.objects.select_for_update(of=("self",)).select_related("committee").get(pk=cycle.pk)
    if not can_advance_cycle(by, cycle):
        raise PermissionDenied
    CYCLE_FLOW.check(cycle.phase, verb)
    refusing = [blocker for blocker in blockers(verb, cycle_facts(cycle)) if blocker.refuses]
    if refusing:
        raise CycleBlockedError(refusing)
    return set_phase(cycle, verb, by=by)
