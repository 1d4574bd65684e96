"""Who may do what to a cycle, its scheme, its reporters and their reports.

These say who, never when: whether the state of a thing allows a deed is the transition's business.
"""

from accounts.models import Organization, User
from accounts.rules.roles import REVIEWING_ROLES, SUBMITTING_ROLES, WRITING_ROLES, Role
from reporting.models import (
    Cycle,
    DueReport,
    DutyReport,
    FiledList,
    Project,
    Reporter,
    ReportNote,
    Scheme,
    TaskAssignment,
)


def can_create_cycle(user: User, committee: Organization | None = None) -> bool:
    """The organization department opens its own committee's cycles (S-13)."""
    if committee is None:
        return user.holds(Role.ORGANIZATION_DEPARTMENT)
    return user.has_role(Role.ORGANIZATION_DEPARTMENT, committee)


def can_edit_categories(user: User, committee: Organization) -> bool:
    return user.has_role(Role.ORGANIZATION_DEPARTMENT, committee)


def can_edit_cycle(user: User, cycle: Cycle) -> bool:
    return user.has_role(Role.ORGANIZATION_DEPARTMENT, cycle.committee)


def can_advance_cycle(user: User, cycle: Cycle) -> bool:
    return can_edit_cycle(user, cycle)


def can_review_cycle(user: User, cycle: Cycle) -> bool:
    """See every reporter of the cycle, with what is missing and who is late."""
    return user.has_role_over(REVIEWING_ROLES, cycle.committee)


def can_compare_reports(user: User, cycle: Cycle) -> bool:
    """Ask for the comparison of all reports; whoever reviews the cycle reads it (S-76)."""
    return can_edit_cycle(user, cycle)


def can_edit_scheme(user: User, scheme: Scheme) -> bool:
    return can_edit_cycle(user, scheme.cycle)


def can_print_scheme(user: User, scheme: Scheme) -> bool:
    """Those who review the year; who reports in it prints the page (S-119)."""
    return can_review_cycle(user, scheme.cycle)


def can_remind_cycle(user: User, cycle: Cycle) -> bool:
    return can_edit_cycle(user, cycle)


def can_edit_robot(user: User, committee: Organization) -> bool:
    """Who opens the committee's cycles also says which group is told (S-13)."""
    return can_create_cycle(user, committee)


def can_add_reporter(user: User, cycle: Cycle) -> bool:
    return can_edit_cycle(user, cycle)


def can_order_reporter(user: User, cycle: Cycle) -> bool:
    return can_edit_cycle(user, cycle)


def can_edit_reporter(user: User, reporter: Reporter) -> bool:
    return can_edit_cycle(user, reporter.cycle)


def can_remove_reporter(user: User, reporter: Reporter) -> bool:
    return can_edit_cycle(user, reporter.cycle)


def can_start_report(user: User, reporter: Reporter) -> bool:
    return user.has_any_role(WRITING_ROLES, reporter.organization)


def can_write_report(user: User, report: DutyReport) -> bool:
    """The secretary, a deputy or drafting staff of the reporting organization (S-14, S-19)."""
    return can_start_report(user, report.reporter)


def can_attach_file(user: User, report: DutyReport) -> bool:
    """Files that show what a report says are put there by those who write it (S-73)."""
    return can_write_report(user, report)


def can_submit_report(user: User, report: DutyReport) -> bool:
    """Only the organization's own secretary or deputy hands in (S-19)."""
    return user.has_any_role(SUBMITTING_ROLES, report.reporter.organization)


def can_screen_report(user: User, report: DutyReport) -> bool:
    """The organization department of the committee that holds the cycle (S-13, S-74)."""
    return can_edit_cycle(user, report.cycle)


def can_write_note(user: User, report: DutyReport) -> bool:
    return can_screen_report(user, report)


def can_remove_note(user: User, note: ReportNote) -> bool:
    return can_screen_report(user, note.report)


def can_answer_note(user: User, note: ReportNote) -> bool:
    """Whoever changes the report says how."""
    return can_write_report(user, note.report)


def can_return_report(user: User, report: DutyReport) -> bool:
    return can_screen_report(user, report)


def can_accept_report(user: User, report: DutyReport) -> bool:
    return can_screen_report(user, report)


def can_lock_report(user: User, report: DutyReport) -> bool:
    return can_screen_report(user, report)


def can_reopen_report(user: User, report: DutyReport) -> bool:
    return can_screen_report(user, report)


def can_print_report(user: User, report: DutyReport) -> bool:
    """Its authors and whoever reviews the cycle; only an accepted text is printed."""
    return can_write_report(user, report) or can_review_cycle(user, report.cycle)


def can_edit_project_scope(user: User, cycle: Cycle) -> bool:
    return can_edit_cycle(user, cycle)


def can_push_project(user: User, cycle: Cycle) -> bool:
    """The superior's organization department hands out the number-one project (S-41)."""
    return can_edit_cycle(user, cycle)


def can_write_duty_entry(user: User, organization: Organization) -> bool:
    """The secretary, a deputy or drafting staff keep the duty log (S-46)."""
    return user.has_any_role(WRITING_ROLES, organization)


def can_create_project(user: User, organization: Organization) -> bool:
    return user.has_any_role(WRITING_ROLES, organization)


def can_edit_project(user: User, project: Project) -> bool:
    """The secretary, a deputy or drafting staff of the organization (S-19, S-39)."""
    return user.has_any_role(WRITING_ROLES, project.organization)


def can_declare_project(user: User, project: Project) -> bool:
    """The secretary's or deputy's own account, as with a report (S-19)."""
    return user.has_any_role(SUBMITTING_ROLES, project.organization)


def can_remove_project(user: User, project: Project) -> bool:
    """What the superior pushed cannot be taken away by who received it (S-36, S-41)."""
    return can_edit_project(user, project) and not project.is_number_one


def can_screen_project(user: User, project: Project) -> bool:
    """Accept, return, close: the organization department of the committee that holds the year."""
    return can_edit_cycle(user, project.cycle)


def can_edit_key_tasks(user: User, cycle: Cycle) -> bool:
    """The organization department of the committee that sets the tasks; never who carries them out (S-36)."""
    return can_edit_cycle(user, cycle)


def can_write_for(user: User, organization: Organization) -> bool:
    return user.has_any_role(WRITING_ROLES, organization)


def can_report_task(user: User, assignment: TaskAssignment) -> bool:
    return can_write_for(user, assignment.organization)


def can_call_filing(user: User, cycle: Cycle) -> bool:
    return can_edit_cycle(user, cycle)


def can_write_filed_list(user: User, filed: FiledList) -> bool:
    return can_write_for(user, filed.organization)


def can_submit_filed_list(user: User, filed: FiledList) -> bool:
    """Only the organization's own secretary or deputy files (S-19, S-38)."""
    return user.has_any_role(SUBMITTING_ROLES, filed.organization)


def can_screen_filed_list(user: User, filed: FiledList) -> bool:
    return can_edit_cycle(user, filed.cycle)


def can_draw_letters(user: User, cycle: Cycle) -> bool:
    return can_edit_cycle(user, cycle)


def can_file_due_report(user: User, report: DueReport) -> bool:
    return can_write_for(user, report.organization)


def can_edit_basis_documents(user: User, committee: Organization) -> bool:
    """The register of a committee is its organization department's (S-202)."""
    return user.has_role(Role.ORGANIZATION_DEPARTMENT, committee)
