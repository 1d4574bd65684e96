"""What the meeting named becomes a problem, of one organization or of all, in one deed (S-111 to S-115)."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from rectification.actions.problems import ProblemDraft, add_problem
from rectification.models import Problem
from reviews.models import Meeting
from reviews.models.findings import SOURCES, Finding, finding_of, rows_of
from reviews.permissions import can_raise_finding
from reviews.rules.findings import FindingRefusedError


@transaction.atomic
def raise_finding(meeting: Meeting, *, key: str, is_common: bool, category: str = "", by: User) -> Problem:
    """Make a problem of what `key` (kind:id) names; source, novelty and domain are preset by where it comes from.

    What is a problem already stays that one: two clicks count once.
    """
    meeting = Meeting.objects.locked(meeting.pk)
    if not can_raise_finding(by, meeting):
        raise PermissionDenied
    if meeting.rehearsing:
        raise FindingRefusedError("正在演练，会上的问题不列入清单。")
    found = _found(meeting, key)
    if found.problem is not None:
        return found.problem
    if found.waits_for_closing:
        raise FindingRefusedError("点评指出的问题，会议结束时自动列入该单位的清单，现在不用办理。")
    if not is_common and found.reporter is None:
        raise FindingRefusedError("讲话没有指明单位，请列为共性问题，再选择涉及的单位。")
    organization = None if is_common or found.reporter is None else found.reporter.organization
    draft = ProblemDraft(SOURCES[found.kind], found.text, category=category)
    problem = add_problem(meeting.cycle, draft=draft, organization=organization, by=by)
    found.row.problem = problem
    found.row.save(update_fields=["problem"])
    return problem


def _found(meeting: Meeting, key: str) -> Finding:
    kind, _, pk = key.partition(":")
    rows = {str(row.pk): row for row in rows_of(meeting, kind)}
    if pk not in rows:
        raise FindingRefusedError("这一条刚刚已经删去，请看最新的内容。")
    return finding_of(kind, rows[pk])
