"""Halls of a meeting, and placing many reporters at once by domain."""

import dataclasses
from collections.abc import Mapping


@dataclasses.dataclass(frozen=True)
class Hall:
    """A branch hall as typed; `pk` of one that exists already."""

    name: str
    place: str = ""
    contact: str = ""
    pk: int | None = None


def chosen_places(
    each: Mapping[int, int | None], domain_of: Mapping[int, int | None], domains: Mapping[int | None, int | None]
) -> dict[int, int | None]:
    """The meeting of each reporter: of the domain where one was chosen for all of it, else the reporter's own."""
    return {
        reporter: domains[domain_of[reporter]] if domains.get(domain_of[reporter]) is not None else meeting
        for reporter, meeting in each.items()
    }
