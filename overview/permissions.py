"""Who may do what needs several stages at once."""

from accounts.models import Organization, User
from accounts.permissions import can_grant_role, can_manage_post
from accounts.rules.roles import REGISTER_ROLES, Role


def can_replace_secretary(user: User, organization: Organization) -> bool:
    """Whoever keeps the register of the organization and may end the present secretary's post (S-08)."""
    incumbent = organization.incumbent
    may_end = incumbent is None or can_manage_post(user, incumbent)
    return may_end and can_grant_role(user, Role.SECRETARY, organization)


def can_see_setup(user: User, committee: Organization) -> bool:
    """The committee's own organization department and administrators."""
    return user.has_any_role(REGISTER_ROLES, committee)
