"""How well one order gives away another: voters as somebody saw them vote, contents as somebody found them."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Mapping, Sequence

FEWEST = 10  # below so many in both orders their relation says nothing
Order = Sequence[int]


@dataclasses.dataclass(frozen=True)
class Attack:
    """Two orders laid side by side.

    `rate` of voters whose content was named rightly when the k-th voter is given the k-th content, and `relation`
    (Spearman) of the two orders of `linked` people, which also tells of an order that is right only by and large.
    """

    name: str
    rate: float
    voters: int
    relation: float = 0.0
    linked: int = 0

    @property
    def line(self) -> float:
        return chance_line(self.voters)

    @property
    def relation_line(self) -> float:
        return relation_line(self.linked)

    @property
    def succeeds(self) -> bool:
        return self.rate > self.line or (self.linked >= FEWEST and abs(self.relation) > self.relation_line)


def chance_line(voters: int) -> float:
    """Chance is one right guess in the mean, whatever the number of voters; three standard deviations above it."""
    return (1 + 3 * math.sqrt(1)) / voters


def relation_line(linked: int) -> float:
    """Of orders that know nothing of each other the relation is nought; three standard deviations of it."""
    return 3 / math.sqrt(linked - 1) if linked > 1 else 1.0


def rate(voters: Order, contents: Order, total: int) -> float:
    """Of two orders of the same people; also read backwards. Those missing on either side are not linked."""
    first, second = _both(voters, contents)
    forward = sum(a == b for a, b in zip(first, second, strict=True))
    backward = sum(a == b for a, b in zip(first, reversed(second), strict=True))
    return max(forward, backward) / total


def relation(voters: Order, contents: Order) -> float:
    """Spearman's rank correlation of those in both orders; nought for fewer than two."""
    first, second = _both(voters, contents)
    count = len(first)
    if count < 2:
        return 0.0
    place = {number: position for position, number in enumerate(second)}
    squares = sum((position - place[number]) ** 2 for position, number in enumerate(first))
    return 1 - 6 * squares / (count * (count**2 - 1))


def all_attacks(
    known: Mapping[str, Order], found: Mapping[str, Order], voters: int, *, each: bool = False
) -> list[Attack]:
    """Every order in which voters are known against every order in which contents were found.

    The same order under several names is one attack, unless `each` is asked for.
    """
    known, found = (known, found) if each else (distinct(known), distinct(found))
    return [
        Attack(
            f"{content} × {person}",
            rate(people, contents, voters),
            voters,
            relation(people, contents),
            len(set(people) & set(contents)),
        )
        for content, contents in found.items()
        for person, people in known.items()
    ]


def distinct(orders: Mapping[str, Order]) -> dict[str, Order]:
    """Orders under the first of their names, read backwards or not: the rest would be the same attack again."""
    seen: set[tuple[int, ...]] = set()
    kept = {}
    for name, order in orders.items():
        key = tuple(order)
        if key and key not in seen:
            seen |= {key, key[::-1]}
            kept[name] = order
    return kept


def best_of(attacks: Iterable[Attack]) -> float:
    return max((attack.rate for attack in attacks), default=0.0)


def _both(voters: Order, contents: Order) -> tuple[list[int], list[int]]:
    both = set(voters) & set(contents)
    return [v for v in voters if v in both], [c for c in contents if c in both]
