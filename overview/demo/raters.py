"""Who scores at the demo's meetings."""

from accounts.models import Organization, Person
from accounts.rules.organizations import OrganizationLevel
from accounts.rules.roles import Role
from overview.demo.cast import COUNTY, clerk, organization, person
from reviews.actions.score_sheets import add_raters
from reviews.models import Meeting


def name_raters(meeting: Meeting, host: str) -> None:
    """Leaders, department representatives, and village secretaries as delegates."""
    leaders, departments, delegates = meeting.cycle.scheme.categories.all()
    people = Person.objects.filter(posts__organization__code=COUNTY, posts__role=Role.LEADER)
    add_raters(meeting, people=[person(host), *people], category=leaders, by=clerk())
    people = Person.objects.filter(posts__role=Role.ATTENDEE)
    add_raters(meeting, people=people, category=departments, by=clerk())
    villages = Organization.objects.under(organization(COUNTY)).filter(level=OrganizationLevel.VILLAGE)
    people = Person.objects.filter(posts__organization__in=villages, posts__role=Role.SECRETARY)
    add_raters(meeting, people=people, category=delegates, by=clerk())
