"""What a person has to do now, by when, and where the button for it is."""

from accounts.models import User
from overview.duties.bulletins import bulletins_missing, bulletins_to_read
from overview.duties.committee import committee_work, overdue_below
from overview.duties.contacts import contact_points, weak_in_charge
from overview.duties.due_reports import reports_due, reports_overdue
from overview.duties.duty import Duty
from overview.duties.filings import lists_to_file, lists_to_screen
from overview.duties.inquiries import inquiries_overdue, inquiries_to_answer
from overview.duties.key_tasks import tasks_behind, tasks_to_carry_out
from overview.duties.meetings import comments, meetings, scoring
from overview.duties.projects import projects_to_begin, projects_to_declare, projects_to_screen
from overview.duties.promises import promises_to_carry, promises_to_decide, sheets_to_answer
from overview.duties.results import corrections_to_answer, letters_to_sign
from overview.duties.setting_up import setting_up
from overview.duties.writing import lists_to_keep, reports_to_write

_SOURCES = (
    setting_up,
    scoring,
    letters_to_sign,
    corrections_to_answer,
    reports_to_write,
    lists_to_keep,
    projects_to_begin,
    projects_to_declare,
    lists_to_file,
    reports_due,
    sheets_to_answer,
    inquiries_to_answer,
    bulletins_to_read,
    tasks_to_carry_out,
    committee_work,
    promises_to_carry,
    promises_to_decide,
    projects_to_screen,
    lists_to_screen,
    reports_overdue,
    tasks_behind,
    bulletins_missing,
    inquiries_overdue,
    overdue_below,
    meetings,
    comments,
    contact_points,
    weak_in_charge,
)


def duties_of(user: User) -> list[Duty]:
    """Everything the user's posts ask for today, urgent first. The number of queries does not grow with the rows."""
    duties = [duty for source in _SOURCES for duty in source(user)]
    order = {"urgent": 0, "normal": 1, "done": 2}
    return sorted(duties, key=lambda duty: order[duty.tone])
