"""Role × URL of reporting. 甲乡's report, returned once, is the object looked at; 乙镇 must not see it."""

from typing import Any

from reporting.actions.evidence import add_project_evidence
from reporting.actions.notes import add_note
from reporting.actions.reminders import send_reminders
from reporting.actions.reports import return_report
from reporting.models import SimilarityRun
from reporting.rules.notes import Anchor
from reporting.rules.reminders import OwedKind
from tests.files import upload
from tests.reporting import access_of_work
from tests.reporting.rows import accepted_project, hand_in, make_duty_entry, read_in
from tests.world import ROLES, World


def row(default: int, **other: int) -> dict[str, int]:
    """`default` for every role, with exceptions by name; an anonymous visitor is sent to the login page."""
    return dict.fromkeys(ROLES, default) | {"anonymous": 302} | other


# The year is there for those who review it, report in it or keep the register; the neighbour has another.
YEAR_OUTSIDE = {"attendee": 404, "sibling_clerk": 404}
REPORTERS = {"secretary": 403, "staff": 403, "other_secretary": 403, "administrator": 403}
LOOK_AT_YEAR = row(200, **YEAR_OUTSIDE)
KEEP_YEAR = row(403, clerk=200, **YEAR_OUTSIDE)
# A reporter and a report are nothing to other reporters, nor to who keeps the register.
OUTSIDE = {"other_secretary": 404, "attendee": 404, "administrator": 404, "sibling_clerk": 404}
LOOK = row(200, **OUTSIDE)
CLERK = row(403, clerk=200, **OUTSIDE)
WRITERS = row(403, secretary=200, staff=200, **OUTSIDE)

TABLE: dict[str, dict[str, int]] = {
    "reporting:cycle_list": row(200),
    "reporting:cycle_create": row(403, clerk=200, sibling_clerk=200),
    "reporting:cycle_show": LOOK_AT_YEAR,
    "reporting:cycle_edit": KEEP_YEAR,
    "reporting:category_edit": row(
        403, clerk=200, secretary=404, staff=404, other_secretary=404, attendee=404, sibling_clerk=404
    ),
    "reporting:scheme_show": LOOK_AT_YEAR,
    "reporting:scheme_edit": KEEP_YEAR,
    "reporting:scheme_deadlines": KEEP_YEAR,
    "reporting:scheme_paper": row(
        302, secretary=403, staff=403, other_secretary=403, administrator=403, **YEAR_OUTSIDE
    ),
    "reporting:reminder_list": row(
        200, secretary=403, staff=403, other_secretary=403, administrator=403, **YEAR_OUTSIDE
    ),
    "reporting:reminder_create": KEEP_YEAR,
    # It was delivered, so it is not sent again: the clerk is told so in the record.
    "reporting:reminder_retry": row(403, clerk=302, **YEAR_OUTSIDE),
    # The county's group: whoever sees the county, and only its clerk.
    "reporting:robot_edit": row(404, clerk=200, leader=403, supervision=403, superior=403, administrator=403),
    "reporting:reporter_add": KEEP_YEAR,
    "reporting:reporter_order": KEEP_YEAR,
    "reporting:reporter_edit": CLERK,
    "reporting:reporter_remove": CLERK,
    "reporting:report_list": row(200),
    # Nothing is published: the report was returned, and the scheme opens it to reviewers only.
    "reporting:published_list": row(200),
    "reporting:published_show": row(404),
    "reporting:report_show": LOOK,
    "reporting:report_version_show": LOOK,
    "reporting:report_edit": WRITERS,
    "reporting:report_check": WRITERS,
    "reporting:import_create": WRITERS,
    "reporting:report_outline": WRITERS,
    "reporting:report_word": LOOK,
    # A draft on its way into the report is there for nobody but those who write it.
    "reporting:import_place": row(404, secretary=200, staff=200),
    # POST without fields: told that they are missing.
    "reporting:report_autosave": row(403, secretary=400, staff=400, **OUTSIDE),
    "reporting:report_submit": row(403, secretary=200, **OUTSIDE),
    "reporting:report_return": CLERK,
    "reporting:report_reopen": CLERK,
    # A returned report is neither accepted nor locked: the clerk is told so on its page.
    "reporting:report_accept": row(403, clerk=302, **OUTSIDE),
    "reporting:report_lock": row(403, clerk=302, **OUTSIDE),
    "reporting:report_paper": row(302, **OUTSIDE),
    "reporting:five_one_own": row(403, secretary=200, staff=200, other_secretary=200),
    "reporting:five_one_list": row(
        200, secretary=403, staff=403, other_secretary=403, administrator=403, **YEAR_OUTSIDE
    ),
    "reporting:five_one_show": LOOK,
    # POST without a revision: told that it is missing.
    "reporting:five_one_autosave": row(403, secretary=400, staff=400, **OUTSIDE),
    # The answers are for the organization department alone.
    "reporting:self_check_show": row(403, secretary=200, staff=200, clerk=200, **OUTSIDE),
    "reporting:scheme_lists_edit": KEEP_YEAR,
    # The duty log is a working note of those who write for the organization.
    "reporting:duty_entry_list": row(403, secretary=200, staff=200, other_secretary=200),
    "reporting:duty_entry_create": row(403, secretary=200, staff=200, other_secretary=200),
    "reporting:duty_entry_edit": row(404, secretary=200, staff=200),
    "reporting:duty_entry_remove": row(404, secretary=200, staff=200),
    "reporting:project_list": row(200),
    "reporting:project_create": row(403, secretary=200, staff=200, other_secretary=200),
    "reporting:project_board": row(
        200, secretary=403, staff=403, other_secretary=403, administrator=403, **YEAR_OUTSIDE
    ),
    "reporting:project_scope_edit": KEEP_YEAR,
    "reporting:project_push": KEEP_YEAR,
    # The project is accepted: its progress is written, its closing asked, and nothing else is open.
    "reporting:project_show": LOOK,
    "reporting:project_edit": WRITERS,
    "reporting:project_remove": WRITERS,
    "reporting:project_progress": WRITERS,
    "reporting:project_declare": row(403, secretary=302, **OUTSIDE),
    "reporting:project_accept": row(403, clerk=302, **OUTSIDE),
    "reporting:project_return": CLERK,
    "reporting:project_close": CLERK,
    "reporting:project_paper": row(302, **OUTSIDE),
    "reporting:milestone_mark": WRITERS,
    "reporting:project_attach": WRITERS,
    "reporting:five_one_attach": WRITERS,
    # Of a project: whoever sees it opens its files, until (last of all) its writers take the file away.
    "reporting:evidence_show": LOOK,
    "reporting:evidence_preview": LOOK,
    "reporting:evidence_open": LOOK,
    "reporting:evidence_download": LOOK,
    "reporting:evidence_remove": row(403, secretary=302, staff=302, **OUTSIDE),
    "reporting:replicable_result_list": row(200),
    "reporting:replicable_result_export": row(200),
    "reporting:opinion_paper": row(302, **OUTSIDE),
    "reporting:screening_list": row(403, clerk=200, sibling_clerk=200),
    "reporting:screening_next": row(403, clerk=302, sibling_clerk=302),
    "reporting:screening_show": CLERK,
    "reporting:screening_accept": row(403, clerk=302, **OUTSIDE),
    "reporting:note_add": CLERK,
    "reporting:note_list": WRITERS,
    # A note is its department's and, once released, its authors'; nobody else knows of it.
    "reporting:note_remove": row(404, clerk=302, secretary=403, staff=403),
    "reporting:note_answer": row(404, clerk=403, secretary=302, staff=302),
    "reporting:attachment_add": WRITERS,
    # The file was handed in with the report; a returned report's files may be taken out by those who write it.
    "reporting:attachment_show": LOOK,
    "reporting:attachment_preview": LOOK,
    "reporting:attachment_open": LOOK,
    "reporting:attachment_download": LOOK,
    "reporting:attachment_remove": row(403, secretary=302, staff=302, **OUTSIDE),
    "reporting:version_list": LOOK,
    # Who reports in the year sees it, but not what others wrote.
    "reporting:similarity_list": row(200, **REPORTERS, **YEAR_OUTSIDE),
    "reporting:similarity_create": row(403, clerk=302, **YEAR_OUTSIDE),
    "reporting:similarity_show": row(200, **REPORTERS, **YEAR_OUTSIDE),
    "reporting:version_verify": row(302, **OUTSIDE),
}
TABLE |= access_of_work.TABLE


def objects(world: World) -> dict[str, dict[str, Any]]:
    report = hand_in(world.reporter, by=world.user("secretary"), files=[upload()])
    attached = {"pk": report.attachments.get().pk}
    note = add_note(report, anchor=Anchor("", "党课3次"), text="写具体", by=world.user("clerk"))
    return_report(report, reason="问题不具体", by=world.user("clerk"))
    cycle, scheme, reporter = {"pk": world.cycle.pk}, {"pk": world.cycle.scheme.pk}, {"pk": world.reporter.pk}
    version, noted = {"pk": report.versions.get(number=1).pk}, {"pk": note.pk}
    found = dict.fromkeys(TABLE, reporter) | access_of_work.objects(world)
    lists = ("cycle_list", "cycle_create", "report_list", "published_list", "screening_list", "screening_next")
    found |= {f"reporting:{name}": {} for name in lists}
    found |= dict.fromkeys(("reporting:cycle_show", "reporting:cycle_edit"), cycle)
    found |= {name: scheme for name in TABLE if name.startswith("reporting:scheme_")}
    project = accepted_project(world.cycle, world.township, by=world.user("secretary"), clerk=world.user("clerk"))
    found |= {name: {"pk": project.pk} for name in TABLE if name.startswith("reporting:project_")}
    found |= {name: {} for name in ("reporting:project_list", "reporting:project_create")}
    found["reporting:milestone_mark"] = {"pk": project.milestones.get().pk}
    found |= {f"reporting:replicable_result_{name}": {} for name in ("list", "export")}
    found |= {"reporting:five_one_own": {}, "reporting:five_one_list": cycle}
    five_ones = cycle | {"organization": world.township.pk}
    found |= {f"reporting:five_one_{name}": five_ones for name in ("show", "autosave", "attach")}
    (evidence,) = add_project_evidence(project, files=[upload()], by=world.user("staff"))
    ways = ("show", "preview", "open", "download", "remove")
    found |= {f"reporting:evidence_{name}": {"pk": evidence.pk} for name in ways}
    entry = make_duty_entry(world.township, by=world.user("staff"))
    found |= {"reporting:duty_entry_list": {}, "reporting:duty_entry_create": {}}
    found |= {f"reporting:duty_entry_{name}": {"pk": entry.pk} for name in ("edit", "remove")}
    found |= {f"reporting:project_{name}": cycle for name in ("board", "scope_edit", "push")}
    run = SimilarityRun.objects.create(cycle=world.cycle, by=world.user("clerk"), state="ready")
    handed_in = report.versions.get(number=1)
    match = run.matches.create(version=handed_in, other=handed_in, percent=30)
    reminder = send_reminders(world.cycle, kind=OwedKind.REPORT, by=world.user("clerk"))[0]
    found["reporting:reminder_list"] = cycle
    found["reporting:reminder_create"] = {**cycle, "kind": "report"}
    found["reporting:reminder_retry"] = {"pk": reminder.pk}
    found["reporting:category_edit"] = {"pk": world.county.pk}
    found["reporting:robot_edit"] = {"pk": world.county.pk}
    found |= {f"reporting:attachment_{name}": attached for name in ("show", "preview", "open", "download", "remove")}
    return found | {
        "reporting:reporter_add": cycle,
        "reporting:reporter_order": cycle,
        "reporting:report_version_show": version,
        "reporting:version_verify": version,
        "reporting:opinion_paper": version,
        "reporting:similarity_list": cycle,
        "reporting:similarity_create": cycle,
        "reporting:similarity_show": {"pk": match.pk},
        "reporting:import_place": {"pk": read_in(report, "三、主要成绩", by=world.user("staff")).pk},
        "reporting:note_remove": noted,
        "reporting:note_answer": noted,
    }
