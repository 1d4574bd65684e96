"""What stands open in the name of a secretary who leaves, and what stays with the name (S-08)."""

import dataclasses

from accounts.models import Organization, Post, User
from rectification.models import RectificationItem
from reporting.models import Project, Reporter
from reporting.permissions import can_edit_reporter


@dataclasses.dataclass(frozen=True)
class OpenWork:
    """`to_hand_over`: reports not handed in yet that `user` may give to the successor; `kept`: all other reports.

    Open items belong to the organization, so the successor has them in any case; `own_items` of them name the
    one who leaves as owner.
    """

    to_hand_over: list[Reporter]
    kept: list[Reporter]
    open_items: int
    own_items: int
    projects: int


def open_work(organization: Organization, incumbent: Post | None, user: User) -> OpenWork:
    reporters = Reporter.objects.filter(organization=organization, post=incumbent).select_related(
        "cycle__committee", "organization", "post__person", "report"
    )
    unsent = set(reporters.of_running_cycles().never_submitted().values_list("pk", flat=True))
    movable = [each for each in reporters if each.pk in unsent and can_edit_reporter(user, each)]
    items = RectificationItem.objects.unfinished().filter(list__reporter__organization=organization)
    return OpenWork(
        to_hand_over=movable,
        kept=[each for each in reporters if each not in movable],
        open_items=items.count(),
        projects=Project.objects.led_on(incumbent).count() if incumbent else 0,
        own_items=items.filter(owner_post=incumbent).count() if incumbent else 0,
    )
