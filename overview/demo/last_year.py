"""2025 replayed through the same deeds people do, each on its day: reports, meeting, scores, lists, progress."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import F

from accounts.models import Notice, User
from overview.demo.after_promise import follow_up, mark_promises, name_common_problem
from overview.demo.ballots import load_counted_round
from overview.demo.cast import CLERK, COUNTY, account, clerk, on, organization, post
from overview.demo.indicators import last_years_figures, set_standards
from overview.demo.raters import PRESET, name_raters
from overview.demo.results import enter_veto, tell_results, use_results
from overview.demo.source import read
from overview.demo.speeches import load_speeches
from rectification.actions.items import edit_item
from rectification.actions.lists import approve_list, commit_list, submit_list
from rectification.actions.problems import ProblemDraft, add_problem
from rectification.actions.progress import add_progress, apply_item, verify_item
from rectification.models import RectificationItem, RectificationList, Verification
from rectification.models.plans import ItemPlan, MeasurePlan
from rectification.rules.items import ItemKind
from reporting.actions.cycles import create_cycle
from reporting.actions.reporters import ReporterChoice, add_reporters
from reporting.actions.reports import ProblemRow, ReportChanges, accept_report, save_report, submit_report
from reporting.actions.schemes import SchemeDeadlines, edit_scheme_deadlines
from reporting.models import Cycle, Reporter
from reporting.rules.cycles import ReportMode
from reporting.rules.schemes import GradeCode, ReportReaders, ResultReaders, SectionKind
from reviews.actions.agenda import set_commenters
from reviews.actions.closing import close_meeting
from reviews.actions.comments import CommentWords, finalize_comment
from reviews.actions.cycles import advance_cycle
from reviews.actions.live import comment_slot, finish_slot, start_slot
from reviews.actions.meetings import create_meeting, open_meeting
from reviews.actions.results import component_revision, compute_results, decide_grade, save_component_scores
from reviews.actions.score_sheets import key_in_sheet, submit_sheet
from reviews.models import Meeting, Rater
from reviews.rules.meetings import MeetingKind

ON_PAPER = "（2025年度述职报告以纸质形式报送，本系统只录入存在问题及原因。）"


def load_last_year() -> Cycle:
    year = read("year_2025")
    with on("2025-12-02"):
        cycle = _prepare(year)
    _hand_in_reports(cycle, year)
    with on("2026-01-15", 8, 30):
        meeting = _call_meeting(cycle, year)
    _hold_meeting(meeting, year)
    enter_veto(cycle)
    with on("2026-01-20"):
        _decide(cycle, year)
    tell_results(cycle)
    for row in year["reporters"]:
        _draw_up_list(cycle, row)
    name_common_problem(cycle)
    with on("2026-02-12"):
        advance_cycle(cycle, "open_supervision", by=clerk())
    for row in year["reporters"]:
        _work_on_list(cycle, row)
    follow_up(cycle, year["reporters"])
    use_results(cycle)
    with on("2026-11-03"):
        advance_cycle(cycle, "open_assessment", by=clerk())
        mark_promises(cycle)
        advance_cycle(cycle, "close", by=clerk())
    # What people were told during the past year, they have read.
    Notice.objects.update(read_at=F("created_at"))
    return cycle


def _prepare(year: dict[str, Any]) -> Cycle:
    by = clerk()
    facts = year["cycle"]
    cycle = create_cycle(organization(COUNTY), year=facts["year"], theme=facts["theme"], source=PRESET, by=by)
    # The year before the system came: reports were handed in on paper.
    cycle.scheme.sections.filter(kind=SectionKind.TEXT).update(required=False)
    deadlines = SchemeDeadlines(
        "2025年12月25日前",
        dt.date(2025, 12, 25),
        "会后30日内",
        dt.date(2026, 2, 14),
        report_readers=ReportReaders.REPORTERS,
        result_readers=ResultReaders.REPORTERS,
    )
    edit_scheme_deadlines(cycle.scheme, deadlines=deadlines, seen=cycle.scheme.revision, by=by)
    add_reporters(cycle, _choices(year["reporters"]), by=by)
    set_standards(cycle, by=by)
    return advance_cycle(cycle, "open_reporting", by=by)


def _choices(rows: list[dict[str, Any]]) -> list[ReporterChoice]:
    reason = "由于时间关系"
    return [
        ReporterChoice(
            post(row["person"], row["organization"]), row["mode"], reason if row["mode"] == ReportMode.WRITTEN else ""
        )
        for row in sorted(rows, key=lambda row: (row["mode"], row["order"]))
    ]


def reporter_of(cycle: Cycle, row: dict[str, Any]) -> Reporter:
    return cycle.reporters.get(organization__code=row["organization"])


def problem_rows(problems: list[dict[str, Any]]) -> list[ProblemRow]:
    return [
        ProblemRow(index, None, index, each["text"], each["cause"], each["category"])
        for index, each in enumerate(problems)
    ]


def _hand_in_reports(cycle: Cycle, year: dict[str, Any]) -> None:
    for row in year["reporters"]:
        report = reporter_of(cycle, row).report
        changes = ReportChanges(
            texts={"personal_duty": ON_PAPER},
            problems=problem_rows(row["problems"]),
            parts=last_years_figures(report.reporter),
        )
        with on("2025-12-20", 15):
            save_report(report, changes=changes, seen=report.revision, by=account(row["person"]))
            submit_report(report, by=account(row["person"]))
        with on("2025-12-28", 10):
            accept_report(report, by=clerk())


def _call_meeting(cycle: Cycle, year: dict[str, Any]) -> Meeting:
    facts = {
        "kind": MeetingKind.REVIEW,
        "date": dt.date.fromisoformat(year["cycle"]["meeting_date"]),
        "start_time": dt.time(9),
        "place": year["cycle"]["meeting_place"],
        "host": post(year["cycle"]["host"], COUNTY),
        "basis": "按照中央和省委、市委的统一安排",
        "purpose": "听取党（工）委（党组）书记抓基层党建工作述职并进行评议",
    }
    meeting = create_meeting(cycle, facts=facts, by=clerk())
    for row in year["reporters"]:
        if row["mode"] == ReportMode.ORAL:
            slot = meeting.slots.get(reporter__organization__code=row["organization"])
            set_commenters(slot, commenters=[post(row["comment"]["commenter"], COUNTY)], by=clerk())
    name_raters(meeting, year["cycle"]["host"])
    return meeting


def _hold_meeting(meeting: Meeting, year: dict[str, Any]) -> None:
    with on("2026-01-15", 9):
        open_meeting(meeting, by=clerk())
    rows = {row["organization"]: row for row in year["reporters"]}
    for place, slot in enumerate(meeting.slots.select_related("reporter__organization").order_by("position")):
        start = 5 + place * 12
        with on("2026-01-15", 9 + start // 60, start % 60):
            start_slot(slot, by=clerk())
        start += 8
        with on("2026-01-15", 9 + start // 60, start % 60):
            comment_slot(slot, by=clerk())
            _comment(meeting, slot.reporter, rows[slot.reporter.organization.code]["comment"])
        start += 3
        with on("2026-01-15", 9 + start // 60, start % 60):
            finish_slot(slot, by=clerk())
    with on("2026-01-15", 10, 40):
        _score(meeting, rows)
    load_counted_round(meeting)
    load_speeches(meeting)
    with on("2026-01-15", 11, 30):
        close_meeting(meeting, by=clerk())
        advance_cycle(Cycle.objects.get(pk=meeting.cycle_id), "open_rectification", by=clerk())


def _comment(meeting: Meeting, reporter: Reporter, comment: dict[str, Any]) -> None:
    words = CommentWords(comment["praise"], tuple(comment["problems"]), comment["demand"])
    finalize_comment(
        meeting,
        reporter,
        commenter=post(comment["commenter"], COUNTY),
        words=words,
        revision=0,
        confirmed=True,
        by=account(comment["commenter"]),
    )


def _score(meeting: Meeting, rows: dict[str, dict[str, Any]]) -> None:
    """Marks spread around the figure the demo gives each reporter; who has no account handed in paper."""
    dimensions = list(meeting.cycle.scheme.dimensions.all())
    reporters = list(meeting.cycle.reporters.in_order())
    raters = meeting.raters.select_related("person__user", "meeting__cycle", "category").order_by("pk")
    for number, rater in enumerate(raters):
        own = set(rater.person.posts.values_list("organization_id", flat=True))
        for reporter in reporters:
            if reporter.organization_id not in own:
                middle = rows[reporter.organization.code]["scores"]
                marks = {d.pk: _mark(middle, number, reporter.order, place) for place, d in enumerate(dimensions)}
                _hand_in_sheet(rater, reporter, marks)


def _mark(middle: int, rater: int, reporter: int, dimension: int) -> Decimal:
    spread = (rater * 7 + reporter * 5 + dimension * 3) % 9 - 4
    return min(Decimal(100), Decimal(middle) + Decimal(spread) / 2)


def _hand_in_sheet(rater: Rater, reporter: Reporter, marks: dict[int, Decimal]) -> None:
    user = getattr(rater.person, "user", None)
    if user is None:
        key_in_sheet(rater, reporter, marks=marks, revision=0, by=account(CLERK))
    else:
        submit_sheet(rater, reporter, marks=marks, revision=0, by=user)


def _decide(cycle: Cycle, year: dict[str, Any]) -> None:
    typed = cycle.scheme.components.filter(input="typed")
    scores: dict[tuple[int, int], Decimal | None] = {
        (reporter_of(cycle, row).pk, part.pk): Decimal(min(100, row["scores"] + 1 - place))
        for row in year["reporters"]
        for place, part in enumerate(typed)
    }
    save_component_scores(cycle, scores=scores, revision=component_revision(cycle), by=clerk())
    compute_results(cycle, by=clerk())
    for row in year["reporters"]:
        result = reporter_of(cycle, row).result
        grade = cycle.scheme.grades.get(code=GradeCode(row["decided_grade"]))
        differs = result.proposed_grade_id != grade.pk
        decide_grade(
            result.reporter,
            grade=grade,
            deciding_meeting="县委常委会会议",
            decided_on=dt.date(2026, 1, 20),
            reason="结合平时掌握情况和各领域等次比例综合研究确定。" if differs else "",
            revision=result.revision,
            by=clerk(),
        )


def _draw_up_list(cycle: Cycle, row: dict[str, Any]) -> None:
    """Plan, submit, approve, promise; the items of the demo hold every problem word for word."""
    rectification = RectificationList.objects.get(reporter=reporter_of(cycle, row))
    known = {item.problem.text: item for item in rectification.items.select_related("problem")}
    with on("2026-02-03"):
        for plan in row["items"]:
            if plan["problem"] not in known:
                draft = ProblemDraft(plan["source"], plan["problem"])
                added = add_problem(cycle, draft=draft, organization=rectification.organization, by=clerk())
                known[plan["problem"]] = RectificationItem.objects.get(problem=added)
    secretary = row["person"]
    with on("2026-02-06"):
        for plan in row["items"]:
            item = known[plan["problem"]]
            edit_item(item, plan=_plan(plan, row["organization"]), revision=item.revision, by=account(secretary))
        submit_list(rectification, by=account(secretary))
    with on("2026-02-09"):
        approve_list(rectification, by=clerk())
    with on("2026-02-10"):
        text = "以上整改事项，我逐项负责，按时限完成，请县委监督，年底逐项接受检查。"
        commit_list(rectification, text=text, by=account(secretary))


def _plan(plan: dict[str, Any], organization_code: str) -> ItemPlan:
    standing = plan["state"] == "standing"
    return ItemPlan(
        kind=ItemKind.STANDING if standing else ItemKind.DATED,
        owner_post=post(plan["owner"], organization_code),
        owner_text="",
        lead_unit="",
        co_units="",
        due_text=plan["due_text"],
        due_date=dt.date.fromisoformat(plan["due_date"]) if plan["due_date"] else None,
        target="",
        measures=[MeasurePlan(plan["measure"])],
    )


def _work_on_list(cycle: Cycle, row: dict[str, Any]) -> None:
    items = RectificationItem.objects.filter(list__reporter=reporter_of(cycle, row))
    for plan in row["items"]:
        item = items.get(problem__text=plan["problem"])
        for entry in plan["progress"]:
            date = entry["date"]
            with on(date, 16):
                add_progress(item, date=dt.date.fromisoformat(date), text=entry["text"], by=_writer(row))
        if plan["state"] == "closed":
            with on(plan["progress"][-1]["date"], 17):
                apply_item(item, by=_writer(row))
                passed = Verification.Outcome.PASSED
                verify_item(item, outcome=passed, reason="佐证齐全，准予销号。", by=clerk())


def _writer(row: dict[str, Any]) -> User:
    """Whoever is first responsible on that day: a successor goes on with the list (S-08)."""
    responsible = organization(row["organization"]).first_responsible
    return account(responsible.person.code if responsible else row["person"])
