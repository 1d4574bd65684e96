"""What the committee above has settled for an organization in a year: class and contact points (S-20, S-21)."""

import dataclasses

from .classes import OrganizationClass
from .contacts import ContactPoint
from .organizations import Organization


@dataclasses.dataclass(frozen=True)
class OrganizationYear:
    year: int
    rank: OrganizationClass | None
    contacts: list[ContactPoint]


def organization_year(organization: Organization, year: int) -> OrganizationYear:
    """For the page on which the organization's report of that year is read."""
    contacts = organization.contact_points.filter(year=year).for_table().prefetch_related("visits")
    return OrganizationYear(year, organization.classes.filter(year=year).for_page().first(), list(contacts))
