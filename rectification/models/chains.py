"""The same matter from year to year: what it went on from, and what goes on from it (S-114, S-157)."""

from __future__ import annotations

from .items import RectificationItem

# A chain longer than any secretary's working life is a loop.
LONGEST = 60


def chain_of(item: RectificationItem) -> list[RectificationItem]:
    """The items of all years, oldest first, the given one among them; one query a year."""
    earlier: list[RectificationItem] = []
    at = item
    while len(earlier) < LONGEST and at.problem.previous_id is not None:
        at = RectificationItem.objects.for_table().get(pk=at.problem.previous_id)
        earlier.insert(0, at)
    later: list[RectificationItem] = []
    following = _next(item)
    while following is not None and len(later) < LONGEST:
        later.append(following)
        following = _next(following)
    return [*earlier, item, *later]


def _next(item: RectificationItem) -> RectificationItem | None:
    return RectificationItem.objects.for_table().filter(problem__previous=item.pk).order_by("pk").first()
