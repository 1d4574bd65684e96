"""Role × URL of the year's work beside the report: 甲乡's share is looked at; 乙镇 must not see it."""

from typing import Any

from common import clock
from reporting.actions.basis_documents import BasisFacts, create_basis_document
from reporting.actions.due_reports import DueFacts, add_due_reports, file_due_report
from reporting.actions.filings import return_filed_list
from reporting.actions.letters import draw_letters
from reporting.models import BasisDocument, DueReport
from tests.accounts.access import row
from tests.files import upload
from tests.reporting.rows import make_task
from tests.reporting.rows_of_work import call_lists, filed_list, hand_in_list
from tests.world import World

YEAR_OUTSIDE = {"attendee": 404, "sibling_clerk": 404}
KEEP_YEAR = row(403, clerk=200, **YEAR_OUTSIDE)
# The committee's lists are not for those who carry them out: they see their own share.
NOT_READING = {"secretary": 403, "staff": 403, "other_secretary": 403, "administrator": 403}
READ = row(200, **NOT_READING, **YEAR_OUTSIDE)
NO_TASK = dict.fromkeys(("secretary", "staff", "other_secretary", "attendee", "administrator", "sibling_clerk"), 404)
KEEP_TASK = row(403, clerk=200, **NO_TASK)
OUTSIDE = {"other_secretary": 404, "attendee": 404, "administrator": 404, "sibling_clerk": 404}
LOOK = row(200, **OUTSIDE)
CLERK = row(403, clerk=200, **OUTSIDE)
WRITERS = row(403, secretary=200, staff=200, **OUTSIDE)

TABLE: dict[str, dict[str, int]] = {
    "reporting:key_task_list": READ,
    "reporting:indicator_board": READ,
    "reporting:indicator_export": READ,
    "reporting:indicator_paper": row(302, **NOT_READING, **YEAR_OUTSIDE),
    "reporting:key_task_matrix": READ,
    "reporting:key_task_export": READ,
    "reporting:key_task_paper": row(302, **NOT_READING, **YEAR_OUTSIDE),
    "reporting:key_task_create": KEEP_YEAR,
    "reporting:key_task_copy": KEEP_YEAR,
    "reporting:key_task_assign": KEEP_YEAR,
    "reporting:key_task_show": row(200, **NO_TASK),
    "reporting:key_task_edit": KEEP_TASK,
    "reporting:key_task_remove": KEEP_TASK,
    "reporting:key_task_targets": KEEP_TASK,
    "reporting:assignment_show": LOOK,
    "reporting:assignment_report": WRITERS,
    # Who writes for one organization is led to it.
    "reporting:work_list": row(200, secretary=302, staff=302, other_secretary=302),
    "reporting:work_show": row(200, other_secretary=404, attendee=404, sibling_clerk=404),
    "reporting:filing_board": READ,
    "reporting:filing_call": KEEP_YEAR,
    # A list that was filed once and came back: its writers and whoever reviews the year see it.
    "reporting:filed_list_show": LOOK,
    "reporting:filed_list_edit": WRITERS,
    # POST without rows: told that they are missing.
    "reporting:filed_list_autosave": row(403, secretary=400, staff=400, **OUTSIDE),
    "reporting:filed_list_submit": row(403, secretary=200, **OUTSIDE),
    "reporting:filed_list_return": CLERK,
    "reporting:filed_list_accept": row(403, clerk=302, **OUTSIDE),
    "reporting:filed_list_paper": row(302, **OUTSIDE),
    "reporting:letter_list": READ,
    "reporting:letter_draw": row(403, clerk=302, **YEAR_OUTSIDE),
    "reporting:letter_sign": row(403, clerk=302, **YEAR_OUTSIDE),
    "reporting:letter_packet": row(302, **NOT_READING, **YEAR_OUTSIDE),
    "reporting:letter_show": LOOK,
    "reporting:letter_paper": row(302, **OUTSIDE),
    # Whoever works under the committee may read what is cited.
    "reporting:basis_document_list": row(200),
    "reporting:basis_document_create": row(
        403, clerk=200, secretary=404, staff=404, other_secretary=404, attendee=404, sibling_clerk=404
    ),
    "reporting:basis_document_edit": row(403, clerk=200, sibling_clerk=404),
    "reporting:basis_document_download": row(200, sibling_clerk=404),
    "reporting:due_report_list": READ,
    "reporting:due_report_create": KEEP_YEAR,
    # It was filed: no longer removed, but filed again.
    "reporting:due_report_remove": row(403, clerk=302, **OUTSIDE),
    "reporting:due_report_file": WRITERS,
    "reporting:due_report_download": LOOK,
}


def objects(world: World) -> dict[str, dict[str, Any]]:
    cycle = {"pk": world.cycle.pk}
    task = make_task(world, organizations=[world.township, world.other_township])
    assignment = task.assignments.get(organization=world.township)
    call_lists(world)
    filed = hand_in_list(filed_list(world), world)
    return_filed_list(filed, reason="不具体", by=world.user("clerk"))
    letters = draw_letters(world.cycle, by=world.user("clerk"))
    letter = next(each for each in letters if each.organization == world.township)
    report = _due_report(world)
    one_task = ("show", "edit", "remove", "targets")
    return {
        **{
            name: cycle
            for name in TABLE
            if name.startswith(("reporting:key_task_", "reporting:filing_", "reporting:indicator_"))
        },
        **{f"reporting:key_task_{verb}": {"pk": task.pk} for verb in one_task},
        **{name: {"pk": assignment.pk} for name in TABLE if name.startswith("reporting:assignment_")},
        **{name: {"pk": filed.pk} for name in TABLE if name.startswith("reporting:filed_list_")},
        **{f"reporting:letter_{verb}": cycle for verb in ("list", "draw", "sign", "packet")},
        **{f"reporting:letter_{verb}": {"pk": letter.pk} for verb in ("show", "paper")},
        **{f"reporting:due_report_{verb}": cycle for verb in ("list", "create")},
        **{f"reporting:due_report_{verb}": {"pk": report.pk} for verb in ("remove", "file", "download")},
        "reporting:work_list": {},
        "reporting:basis_document_list": {},
        "reporting:basis_document_create": {"pk": world.county.pk},
        **{f"reporting:basis_document_{verb}": {"pk": _basis(world).pk} for verb in ("edit", "download")},
        "reporting:work_show": {"pk": world.township.pk},
    }


def _due_report(world: World) -> DueReport:
    """One that 甲乡 filed with a file."""
    facts, there = DueFacts("党建工作报告"), [world.township]
    (report,) = add_due_reports(world.cycle, facts=facts, organizations=there, by=world.user("clerk"))
    report = file_due_report(report, filed_on=clock.today(), upload=upload("报告.pdf"), by=world.user("secretary"))
    report.file.close()
    return report


def _basis(world: World) -> BasisDocument:
    facts = BasisFacts("抓基层党建工作责任制实施办法")
    document = create_basis_document(world.county, facts=facts, upload=upload("办法.pdf"), by=world.user("clerk"))
    document.file.close()
    return document
