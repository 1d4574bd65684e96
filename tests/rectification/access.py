"""Role × URL of rectification. The list of 甲乡 is the object looked at; 乙镇 must not see it."""

import datetime as dt
from typing import Any

from common import clock
from rectification.models import Amendment, Bulletin, Escalation, Inquiry, Inspection, LadderStep, TypicalCase
from rectification.rules.items import ListState
from reporting.models import FiledList
from tests.factories import make_cycle, make_reporter
from tests.reporting.rows_of_work import call_lists, filed_list
from tests.world import ROLES, World

from .rows import make_evidence, make_list, make_mark_file, make_progress


def row(default: int, **other: int) -> dict[str, int]:
    """`default` for every role, with exceptions by name; an anonymous visitor is sent to the login page."""
    return dict.fromkeys(ROLES, default) | {"anonymous": 302} | other


# Neither the neighbours nor who only rates or keeps the register sees a list.
OUTSIDE = {"other_secretary": 404, "attendee": 404, "administrator": 404, "sibling_clerk": 404}
LOOK = row(200, **OUTSIDE)
CLERK = row(403, clerk=200, **OUTSIDE)
WRITERS = row(403, secretary=200, staff=200, **OUTSIDE)
INQUIRY = row(404, clerk=200, supervision=200, leader=403, secretary=403)
# A draft, which nobody below sees.
BULLETIN = row(404, clerk=200, supervision=200, leader=200, superior=200)
SECRETARY = row(403, secretary=200, **OUTSIDE)

TABLE: dict[str, dict[str, int]] = {
    "rectification:list_list": row(200),
    "rectification:list_remind": row(403, clerk=302, attendee=404, sibling_clerk=404),
    "rectification:list_show": LOOK,
    # The year is there for who reports in it; its people see their own problems only.
    "rectification:problem_list": row(200, attendee=404, sibling_clerk=404),
    "rectification:problem_export": row(200, attendee=404, sibling_clerk=404),
    "rectification:problem_add": row(403, clerk=200, supervision=200, attendee=404, sibling_clerk=404),
    "rectification:problem_merge": row(403, clerk=200, attendee=404, sibling_clerk=404),
    "rectification:problem_print": row(
        403, clerk=302, leader=302, supervision=302, superior=302, attendee=404, sibling_clerk=404
    ),
    "rectification:problem_show": LOOK,
    "rectification:problem_edit": CLERK,
    "rectification:problem_assign": CLERK,
    "rectification:problem_place": row(403, clerk=302, **OUTSIDE),
    "rectification:problem_unmerge": row(403, clerk=302, **OUTSIDE),
    "rectification:promises_take": row(403, secretary=302, staff=302, clerk=302, **OUTSIDE),
    "rectification:list_submit": SECRETARY,
    "rectification:list_return": CLERK,
    "rectification:list_approve": CLERK,
    "rectification:list_commit": SECRETARY,
    # POST: the paper is asked for, back to the list.
    "rectification:list_print": row(302, **OUTSIDE),
    "rectification:commitment_print": row(302, **OUTSIDE),
    "rectification:usual_performance_show": row(403, clerk=200, leader=200, supervision=200, superior=200, **OUTSIDE),
    "rectification:item_list": row(200),
    "rectification:overdue_list": row(200),
    "rectification:item_show": LOOK,
    "rectification:item_edit": WRITERS,
    "rectification:item_reassign": WRITERS,
    "rectification:progress_add": WRITERS,
    "rectification:item_apply": WRITERS,
    "rectification:item_verify": CLERK,
    "rectification:list_sheet_show": LOOK,
    "rectification:list_sheet_print": row(302, **OUTSIDE),
    "rectification:item_case": WRITERS,
    "rectification:item_check": row(403, clerk=200, supervision=200, **OUTSIDE),
    "rectification:amendment_create": WRITERS,
    "rectification:amendment_list": row(200),
    "rectification:amendment_show": LOOK,
    "rectification:amendment_withdraw": row(403, secretary=302, staff=302, **OUTSIDE),
    "rectification:escalation_create": WRITERS,
    "rectification:escalation_list": row(200),
    "rectification:escalation_answer": row(403, clerk=200, leader=200, **OUTSIDE),
    "rectification:step_send": row(403, clerk=200, supervision=200, **OUTSIDE),
    "rectification:step_list": row(200),
    "rectification:step_show": LOOK,
    "rectification:step_reply": WRITERS,
    "rectification:step_print": row(302, **OUTSIDE),
    "rectification:ladder_edit": row(403, clerk=200, attendee=404, sibling_clerk=404),
    "rectification:fulfilment_board": row(200, attendee=404, sibling_clerk=404),
    "rectification:fulfilment_print": row(
        403, clerk=302, leader=302, supervision=302, superior=302, attendee=404, sibling_clerk=404
    ),
    "rectification:fulfilment_mark": CLERK,
    "rectification:evidence_download": LOOK,
    "rectification:fulfilment_download": LOOK,
    "rectification:filed_list_start": WRITERS,
    "rectification:order_create": row(403, clerk=200, other_secretary=404, attendee=404, sibling_clerk=404),
    "rectification:inspection_list": row(200),
    "rectification:inspection_create": row(403, clerk=200, supervision=200, sibling_clerk=200),
    # Who reviews for the county reads its inspections; the inspected organization does not.
    "rectification:inspection_show": row(404, clerk=200, leader=200, supervision=200, superior=200),
    # Drawn up by the office; the year is there for who reports in it, reviews it or keeps the register.
    "rectification:bulletin_board": row(
        403, clerk=200, supervision=200, leader=200, superior=200, attendee=404, sibling_clerk=404
    ),
    # POST without a kind: back to the plan, which says so.
    "rectification:bulletin_create": row(302, attendee=404, sibling_clerk=404),
    "rectification:bulletin_list": row(200),
    # Seen by who may hold it, the leaders, those above and the very person; issued by the two offices.
    "rectification:inquiry_list": row(200),
    "rectification:inquiry_create": row(403, clerk=200, supervision=200, sibling_clerk=200),
    "rectification:inquiry_show": row(404, clerk=200, supervision=200, leader=200, secretary=200),
    "rectification:inquiry_answer": row(404, secretary=200, clerk=403, supervision=403, leader=403),
    "rectification:inquiry_hold": INQUIRY,
    "rectification:inquiry_return": INQUIRY,
    "rectification:inquiry_close": INQUIRY,
    # POST: the paper is asked for.
    "rectification:inquiry_paper": row(404, clerk=302, supervision=302, leader=403, secretary=403),
    "rectification:bulletin_show": BULLETIN,
    "rectification:bulletin_edit": row(404, clerk=200, supervision=200, leader=403, superior=403),
    "rectification:bulletin_refresh": row(404, clerk=302, supervision=302, leader=403, superior=403),
    "rectification:bulletin_publish": row(404, clerk=200, supervision=200, leader=403, superior=403),
    "rectification:bulletin_paper": row(404, clerk=302, supervision=302, leader=302, superior=302),
    "rectification:bulletin_report_paper": row(404, clerk=302, supervision=302, leader=302, superior=302),
    "rectification:bulletin_export": BULLETIN,
    "rectification:case_remove": row(404, clerk=302, supervision=302, leader=403, superior=403),
    # The year is there for who reports in it, reviews it or keeps the register.
    "rectification:carry_create": row(403, clerk=200, attendee=404, sibling_clerk=404),
}


def objects(world: World) -> dict[str, dict[str, Any]]:
    make_list(world.reporter)
    last_year = make_reporter(make_cycle(world.county, 2025), world.township)
    shown = make_list(last_year, ListState.COMMITTED)
    item = shown.items.first()
    evidence = make_evidence(make_progress(item))
    evidence.file.close()
    inspection = Inspection.objects.create(
        committee=world.county,
        organization=world.township,
        date=dt.date(2026, 6, 1),
        findings="记录不全",
        by=world.user("supervision"),
    )
    bulletin = Bulletin.objects.create(cycle=world.cycle, kind="special", title="通报", as_of=dt.date(2026, 6, 1))
    inquiry = Inquiry.objects.create(
        committee=world.county,
        kind="letter",
        post=world.reporter.post,
        by_whom="***",
        reason="***",
        demands="***",
        issued_at=clock.now(),
        issued_by=world.user("clerk"),
    )
    inquiries = ("inquiry_show", "inquiry_answer", "inquiry_hold", "inquiry_return", "inquiry_close", "inquiry_paper")
    bulletins = ("bulletin_show", "bulletin_edit", "bulletin_refresh", "bulletin_publish", "bulletin_paper")
    bulletins += ("bulletin_report_paper", "bulletin_export")
    lists = ("list_show", "promises_take", "list_submit", "list_return", "list_approve", "list_commit")
    items = ("item_show", "item_edit", "item_reassign", "progress_add", "item_apply", "item_verify", "item_case")
    promised = ("item_check", "amendment_create", "escalation_create", "step_send")
    staff = {"asked_by": world.user("staff"), "asked_at": clock.now()}
    amendment = Amendment.objects.create(
        item=item,
        before={},
        after={},
        plan={},
        reason="汛期",
        proposed_by=world.user("staff"),
        proposed_at=clock.now(),
    )
    escalation = Escalation.objects.create(item=item, reason="用地", **staff)
    step = LadderStep.objects.create(item=item, level=1, due_date=dt.date(2026, 6, 30), text="提示", at=clock.now())
    problems = ("problem_show", "problem_edit", "problem_assign", "problem_place", "problem_unmerge")
    years = (
        "ladder_edit",
        "fulfilment_board",
        "fulfilment_print",
        "problem_list",
        "problem_export",
        "problem_add",
        "problem_merge",
        "problem_print",
    )
    return {
        **{f"rectification:{name}": {"pk": item.problem_id} for name in problems},
        **{f"rectification:{name}": {"pk": world.cycle.pk} for name in years},
        **{f"rectification:{name}": {"pk": shown.pk} for name in (*lists, "list_print", "commitment_print")},
        **{f"rectification:{name}": {"pk": item.pk} for name in (*items, *promised)},
        "rectification:fulfilment_mark": {"pk": shown.pk},
        **{f"rectification:list_sheet_{name}": {"pk": shown.pk, "kind": "tasks"} for name in ("show", "print")},
        **{f"rectification:amendment_{name}": {"pk": amendment.pk} for name in ("show", "withdraw")},
        "rectification:escalation_answer": {"pk": escalation.pk},
        **{f"rectification:step_{name}": {"pk": step.pk} for name in ("show", "reply", "print")},
        **{f"rectification:{name}_list": {} for name in ("amendment", "escalation", "step")},
        "rectification:evidence_download": {"pk": evidence.pk},
        "rectification:fulfilment_download": {"pk": make_mark_file(evidence.progress.item).pk},
        "rectification:usual_performance_show": {"pk": world.reporter.pk},
        "rectification:order_create": {"organization_pk": world.township.pk},
        "rectification:inspection_show": {"pk": inspection.pk},
        "rectification:filed_list_start": {"pk": _returned_list(world).pk},
        "rectification:carry_create": {"pk": world.cycle.pk},
        "rectification:bulletin_board": {"pk": world.cycle.pk},
        "rectification:list_remind": {"pk": world.cycle.pk},
        "rectification:bulletin_create": {"pk": world.cycle.pk},
        **{f"rectification:{name}": {"pk": inquiry.pk} for name in inquiries},
        **{f"rectification:{name}": {"pk": bulletin.pk} for name in bulletins},
        "rectification:case_remove": {"pk": TypicalCase.objects.create(bulletin=bulletin, origin=1, text="某乡").pk},
    }


def _returned_list(world: World) -> FiledList:
    """甲乡's problem list of the year's start, which came back."""
    call_lists(world)
    filed = filed_list(world)
    FiledList.objects.filter(pk=filed.pk).update(state="returned", submitted_at=clock.now())
    return filed
