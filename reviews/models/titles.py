"""Titles of meetings as the facts of a year compose them (S-83)."""

from __future__ import annotations

from accounts.models import Organization
from reporting.models import Reporter
from reviews.rules.titles import compose_title

from .meetings import Meeting


def automatic_title(meeting: Meeting, kind: str) -> str:
    return title_for(meeting.cycle.committee, meeting.cycle.year, meeting.cycle_id, kind)


def title_for(committee: Organization, year: int, cycle_id: int, kind: str) -> str:
    """The title composed from the facts of a year (S-83)."""
    kinds = set(Reporter.objects.filter(cycle=cycle_id).values_list("organization__kind", flat=True))
    return compose_title(year=year, committee_name=committee.name, reporter_kinds=kinds, kind=kind)
