"""Where the year stands, for the home page."""

import dataclasses

from django.utils.translation import gettext as _

from accounts.models import User
from common import clock
from common.chinese_text import join_names
from common.deadlines import Deadline
from rectification.models import RectificationItem
from rectification.rules.items import ItemState
from reporting.models import Cycle
from reporting.permissions import can_review_cycle
from reporting.rules.cycles import PHASE_WORDS, CyclePhase, nearness
from reporting.rules.reports import Standing as ReportStanding


@dataclasses.dataclass(frozen=True)
class Step:
    """One phase for `components/steps.html`; `state` is done, current or ahead."""

    label: str
    state: str


@dataclasses.dataclass(frozen=True)
class Standing:
    """`words` say what the phase is for and what follows; `numbers` are for those who review the year."""

    cycle: Cycle
    steps: list[Step]
    words: str
    numbers: str
    deadline: Deadline
    due_state: str


def phase_steps(phase: str) -> list[Step]:
    phases = list(CyclePhase)
    now = phases.index(CyclePhase(phase))
    return [
        Step(str(each.label), "done" if at < now else "current" if at == now else "ahead")
        for at, each in enumerate(phases)
    ]


def standing_of(user: User) -> list[Standing]:
    """The running years within one's reach, the own committee's first; at most six, the rest are on the list page."""
    cycles = Cycle.objects.visible_to(user).running().select_related("committee", "scheme")
    own = {post.organization_id for post in user.active_posts}
    this_year = clock.today().year
    ordered = sorted(
        cycles[:200],
        key=lambda cycle: (cycle.committee_id not in own, *nearness(cycle.year, this_year), cycle.committee.code),
    )
    return [_standing(cycle, user) for cycle in ordered[:6]]


def _standing(cycle: Cycle, user: User) -> Standing:
    deadline = cycle.scheme.report_deadline if cycle.phase == CyclePhase.REPORTING else Deadline()
    reviews = can_review_cycle(user, cycle)
    # Somebody whose own report is in need not read that the day has passed; the duty says so to who is late.
    due_state = deadline.state(clock.today()) if reviews else "-"
    words = str(PHASE_WORDS[CyclePhase(cycle.phase)])
    return Standing(cycle, phase_steps(cycle.phase), words, _numbers(cycle) if reviews else "", deadline, due_state)


def _numbers(cycle: Cycle) -> str:
    """Reports until the meeting is over, items from then on."""
    if cycle.phase in {CyclePhase.PREPARATION, CyclePhase.REPORTING, CyclePhase.MEETING}:
        counts = cycle.reporters.standing_counts(clock.today())
        parts = [f"{each.label}{counts[each]}" for each in ReportStanding if each != ReportStanding.LATE]
        return _("述职人%(count)s名：%(parts)s") % {"count": counts["expected"], "parts": join_names(parts)}
    items = RectificationItem.objects.filter(list__reporter__cycle=cycle)
    counts = {"count": items.count(), "closed": items.filter(state=ItemState.CLOSED).count()}
    counts["overdue"] = items.overdue(clock.today()).count()
    return _("整改事项%(count)s项：已销号%(closed)s、逾期%(overdue)s") % counts
