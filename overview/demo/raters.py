"""Who scores at the demo's meetings, and how: leaders and departments by name, delegates without."""

import dataclasses

from accounts.models import Person
from accounts.rules.roles import Role
from overview.demo.cast import COUNTY, clerk, person
from reporting.rules.presets import COUNTY as COUNTY_PRESET
from reviews.actions.score_sheets import add_raters
from reviews.models import Meeting

PRESET = dataclasses.replace(COUNTY_PRESET, ballots=(COUNTY_PRESET.categories[2].name,), asks_remark=True)


def name_raters(meeting: Meeting, host: str) -> None:
    """Leaders and department representatives; delegates draw slips instead."""
    leaders, departments, _delegates = meeting.cycle.scheme.categories.all()
    people = Person.objects.filter(posts__organization__code=COUNTY, posts__role=Role.LEADER)
    add_raters(meeting, people=[person(host), *people], category=leaders, by=clerk())
    people = Person.objects.filter(posts__role=Role.ATTENDEE)
    add_raters(meeting, people=people, category=departments, by=clerk())
