"""Who may do what to lists, items, inspections and the carry step. States are asked of the flow tables."""

from accounts.models import Organization, User
from accounts.rules.roles import REVIEWING_ROLES, SUBMITTING_ROLES, WRITING_ROLES, Role
from rectification.models import Amendment, Inquiry, RectificationItem, RectificationList
from reporting.models import Cycle, Reporter

INSPECTING_ROLES = frozenset({Role.SUPERVISION, Role.ORGANIZATION_DEPARTMENT})
ANSWERING_ROLES = frozenset({Role.SECRETARY, Role.LEADER, Role.ORGANIZATION_DEPARTMENT})


def can_open_list(user: User, reporter: Reporter) -> bool:
    return user.has_role(Role.ORGANIZATION_DEPARTMENT, reporter.cycle.committee)


def can_review_list(user: User, rectification_list: RectificationList) -> bool:
    """The host committee's organization department screens, but nobody screens the own organization's (S-156)."""
    reporter = rectification_list.reporter
    own = any(post.organization_id == reporter.organization_id for post in user.active_posts)
    return not own and user.has_role(Role.ORGANIZATION_DEPARTMENT, reporter.cycle.committee)


def can_add_problem(user: User, cycle: Cycle) -> bool:
    """The organization department, and the supervision office what it found (S-15, S-113)."""
    return user.has_any_role(INSPECTING_ROLES, cycle.committee)


def can_edit_problem(user: User, cycle: Cycle) -> bool:
    return user.has_role(Role.ORGANIZATION_DEPARTMENT, cycle.committee)


def can_review_problems(user: User, cycle: Cycle) -> bool:
    """Whoever reviews the committee's year reads, prints and exports all of its problems."""
    return user.has_role_over(REVIEWING_ROLES, cycle.committee)


def can_order_item(user: User, rectification_list: RectificationList) -> bool:
    """责令限期整改 is the host committee's organization department's (S-10)."""
    return user.has_role(Role.ORGANIZATION_DEPARTMENT, rectification_list.cycle.committee)


def can_take_promises(user: User, rectification_list: RectificationList) -> bool:
    """Whoever writes the list, and the organization department that may add to it (S-69)."""
    writes = user.has_any_role(WRITING_ROLES, rectification_list.organization)
    return writes or user.has_role(Role.ORGANIZATION_DEPARTMENT, rectification_list.cycle.committee)


def can_submit_list(user: User, rectification_list: RectificationList) -> bool:
    return user.has_any_role(SUBMITTING_ROLES, rectification_list.organization)


def can_commit_list(user: User, rectification_list: RectificationList) -> bool:
    """Only the secretary's or deputy's own account promises (S-149)."""
    return user.has_any_role(SUBMITTING_ROLES, rectification_list.organization)


def can_edit_item(user: User, item: RectificationItem) -> bool:
    return user.has_any_role(WRITING_ROLES, item.organization)


def can_report_progress(user: User, item: RectificationItem) -> bool:
    """Progress and the application to close are written by the organization itself (S-156)."""
    return user.has_any_role(WRITING_ROLES, item.organization)


def can_verify_item(user: User, item: RectificationItem) -> bool:
    return can_review_list(user, item.list)


def can_propose_amendment(user: User, item: RectificationItem) -> bool:
    """Whoever promised, or writes for who promised, asks for a change (S-149)."""
    return user.has_any_role(WRITING_ROLES, item.organization)


def can_decide_amendment(user: User, amendment: Amendment) -> bool:
    return can_review_list(user, amendment.item.list)


def can_escalate_item(user: User, item: RectificationItem) -> bool:
    return user.has_any_role(WRITING_ROLES, item.organization)


def can_answer_escalation(user: User, item: RectificationItem) -> bool:
    """The superior secretary, its leaders, and the organization department that writes down what they say (S-160)."""
    return user.has_any_role(ANSWERING_ROLES, item.list.cycle.committee)


def can_urge_item(user: User, item: RectificationItem) -> bool:
    return user.has_any_role(INSPECTING_ROLES, item.list.cycle.committee)


def can_check_item(user: User, item: RectificationItem) -> bool:
    """Somebody else than who answers for it (S-162)."""
    own = any(post.organization_id == item.organization.pk for post in user.active_posts)
    return not own and user.has_any_role(INSPECTING_ROLES, item.list.cycle.committee)


def can_edit_ladder(user: User, cycle: Cycle) -> bool:
    return user.has_role(Role.ORGANIZATION_DEPARTMENT, cycle.committee)


def can_mark_fulfilment(user: User, rectification_list: RectificationList) -> bool:
    """The organization department marks, nobody the own organization's promises (S-150)."""
    return can_review_list(user, rectification_list)


def can_create_inspection(user: User, committee: Organization) -> bool:
    return user.has_any_role(INSPECTING_ROLES, committee)


def can_carry_items(user: User, cycle: Cycle) -> bool:
    return user.has_role(Role.ORGANIZATION_DEPARTMENT, cycle.committee)


def can_keep_bulletins(user: User, committee: Organization) -> bool:
    """Drawn up by the supervision office or the organization department of the committee (S-15, S-164)."""
    return user.has_any_role(INSPECTING_ROLES, committee)


def can_watch_bulletins(user: User, committee: Organization) -> bool:
    """The year's plan, drafts and who has read what, are for who reviews for the committee or above it."""
    return user.has_role_over(REVIEWING_ROLES, committee)


def can_issue_inquiry(user: User, committee: Organization) -> bool:
    """约谈、函询 are issued, recorded and closed by the organization department or the supervision office (S-172)."""
    return user.has_any_role(INSPECTING_ROLES, committee)


def can_answer_inquiry(user: User, inquiry: Inquiry) -> bool:
    """Only the person asked, not who drafts for him or her (S-173)."""
    return user.person_id is not None and user.person_id == inquiry.post.person_id
