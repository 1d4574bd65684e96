"""Who may do what to organizations, people and accounts."""

from django.conf import settings

from accounts.models import ContactPoint, Organization, Person, Post, User, second_factor_of
from accounts.rules.roles import ADMINISTRATOR_GRANTED_ROLES, REGISTER_ROLES, Role
from accounts.rules.second_factors import SECOND_FACTOR_ROLES


def can_manage_organization(user: User, organization: Organization) -> bool:
    """The register of a committee's subtree is kept by its organization department and administrators (S-13)."""
    return user.has_role_over(REGISTER_ROLES, organization)


def can_add_organization(user: User) -> bool:
    return user.holds(*REGISTER_ROLES)


def can_add_domain(user: User) -> bool:
    return user.holds(Role.ADMINISTRATOR)


def can_grant_role(user: User, role: str, organization: Organization) -> bool:
    """Rights over a committee's reviews are given out by an administrator over that committee only."""
    if role in ADMINISTRATOR_GRANTED_ROLES:
        return user.has_role_over({Role.ADMINISTRATOR}, organization)
    return can_manage_organization(user, organization)


def can_manage_person(user: User, person: Person) -> bool:
    """A person is kept by whoever keeps every organization in which the person holds a post today, or else once did."""
    posts = person.posts.current().select_related("organization") or person.posts.select_related("organization")
    organizations = [post.organization for post in posts]
    return bool(organizations) and all(can_manage_organization(user, each) for each in organizations)


def can_give_post(user: User, role: str, organization: Organization, person: Person | None) -> bool:
    """Nobody but an administrator gives posts to himself: a clerk is not her own leader or secretary.

    No person is one who is only about to be registered.
    """
    if person is not None and user.person_id == person.pk:
        return user.has_role_over({Role.ADMINISTRATOR}, organization)
    return can_grant_role(user, role, organization)


def can_manage_post(user: User, post: Post) -> bool:
    """What only an administrator gives, only an administrator changes or takes away."""
    return can_grant_role(user, post.role, post.organization)


def can_edit_post(user: User, post: Post) -> bool:
    """Change the post without giving another role."""
    return can_manage_post(user, post) and can_give_post(user, post.role, post.organization, post.person)


def can_keep_standing(user: User, organization: Organization) -> bool:
    """Class of the year and contact points are kept by the organization department of a committee above (S-20, S-21)."""
    above = organization.parent
    return above is not None and user.has_role_over({Role.ORGANIZATION_DEPARTMENT}, above)


def can_record_visit(user: User, contact: ContactPoint) -> bool:
    """The leader whose contact point it is, and whoever keeps it."""
    own = user.person_id is not None and contact.leader.person_id == user.person_id
    return (own and not contact.leader.has_ended) or can_keep_standing(user, contact.organization)


def can_manage_account(user: User, person: Person) -> bool:
    """Who sets a password can sign in with it, so it takes the right to give every role the person has or will have."""
    posts = person.posts.unended().select_related("organization")
    return can_manage_person(user, person) and all(can_manage_post(user, post) for post in posts)


def can_list_audit(user: User) -> bool:
    return user.holds(*REGISTER_ROLES)


def can_import_register(user: User) -> bool:
    """Import and export belong to who keeps the register; how far it reaches is asked for each row."""
    return user.holds(*REGISTER_ROLES)


def can_have_second_factor(user: User) -> bool:
    return user.holds(*SECOND_FACTOR_ROLES)


def can_keep_second_factor(user: User) -> bool:
    """Whoever once set it up still sees it after a change of post."""
    return can_have_second_factor(user) or second_factor_of(user) is not None


def can_remove_second_factor(user: User) -> bool:
    """Not where the installation asks for it."""
    return not (settings.SECOND_FACTOR_REQUIRED and can_have_second_factor(user))
