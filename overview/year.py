"""Where the year stands, for the head of the home page."""

import dataclasses

from accounts.models import User
from reporting.models import Cycle
from reporting.rules.cycles import CyclePhase


@dataclasses.dataclass(frozen=True)
class Step:
    """One phase for `components/steps.html`; `state` is done, current or ahead."""

    label: str
    state: str


@dataclasses.dataclass(frozen=True)
class Standing:
    cycle: Cycle
    steps: list[Step]


def phase_steps(phase: str) -> list[Step]:
    phases = list(CyclePhase)
    now = phases.index(CyclePhase(phase))
    return [
        Step(str(each.label), "done" if at < now else "current" if at == now else "ahead")
        for at, each in enumerate(phases)
    ]


def standing_of(user: User) -> list[Standing]:
    """The running years within one's reach, the own committee's first; at most six, the rest are on the list page."""
    cycles = Cycle.objects.visible_to(user).running().select_related("committee")
    own = {post.organization_id for post in user.active_posts}
    ordered = sorted(cycles[:200], key=lambda cycle: (cycle.committee_id not in own, -cycle.year, cycle.committee.code))
    return [Standing(cycle, phase_steps(cycle.phase)) for cycle in ordered[:6]]
