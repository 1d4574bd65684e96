"""What followed the promises of 2025: a common problem, sheets by the clock, a change, a request upward, the year's marks."""

import dataclasses
import datetime as dt
from typing import Any

from overview.demo.cast import account, clerk, on
from rectification.actions.amendments import approve_amendment, propose_amendment
from rectification.actions.escalations import answer_escalation, escalate_item
from rectification.actions.fulfilments import MarkRow, mark_fulfilments
from rectification.actions.merges import merge_problems
from rectification.actions.problems import ProblemFacts, edit_problem
from rectification.models import Problem, RectificationItem, RectificationList
from rectification.models.plans import plan_of
from rectification.rules.fulfilments import FulfilmentMark
from rectification.rules.items import ItemKind, ItemState
from rectification.schedule import climb_by_the_clock
from reporting.models import Cycle

# Beginnings of the problems that the story is about.
ABROAD = ("86名流动党员", "年轻党员大多在外务工")
DELAYED, UNFUNDED = "大坪村党支部软弱涣散", "黄荆、杉树、岩口三个村"
SERIOUS = (DELAYED, UNFUNDED)
CLOCK_DAYS = (
    "2026-03-25",
    "2026-04-01",
    "2026-04-09",
    "2026-04-27",
    "2026-07-01",
    "2026-07-09",
    "2026-10-01",
    "2026-10-09",
)


def name_common_problem(cycle: Cycle) -> None:
    """Two towns named the same thing in their own words."""
    problems = [Problem.objects.get(cycle=cycle, text__startswith=words) for words in ABROAD]
    with on("2026-02-11"):
        merge_problems(
            problems,
            text="外出流动党员的联系、教育和管理跟不上，支部底数不清。",
            cause="习惯于守在家里等党员回来，没有主动到流入地去联系。",
            category="党员教育管理",
            by=clerk(),
        )
    with on("2026-02-11", 10):
        for words in SERIOUS:
            problem = Problem.objects.get(cycle=cycle, text__startswith=words)
            facts = {field.name: getattr(problem, field.name) for field in dataclasses.fields(ProblemFacts)}
            marked = ProblemFacts(**facts | {"is_serious": True})
            edit_problem(problem, facts=marked, revision=problem.revision, by=clerk())


def follow_up(cycle: Cycle, rows: list[dict[str, Any]]) -> None:
    persons = {row["organization"]: row["person"] for row in rows}
    for day in CLOCK_DAYS:
        with on(day):
            climb_by_the_clock()
    _ask_for_money(_item(cycle, UNFUNDED), persons)
    _change(_item(cycle, DELAYED), persons)


def _item(cycle: Cycle, words: str) -> RectificationItem:
    return RectificationItem.objects.for_table().get(list__reporter__cycle=cycle, problem__text__startswith=words)


def _ask_for_money(item: RectificationItem, persons: dict[str, str]) -> None:
    reason = "黄荆村活动阵地资金缺口X万元，乡财力无法解决，请县委协调。"
    with on("2026-10-23"):
        escalation = escalate_item(item, reason=reason, by=account(persons[item.organization.code]))
    with on("2026-10-27"):
        reply = "县委组织部、县财政局从村级阵地建设专项中安排，11月底前拨付到位。"
        answer_escalation(escalation, reply=reply, by=clerk())


def _change(item: RectificationItem, persons: dict[str, str]) -> None:
    plan = dataclasses.replace(plan_of(item), due_text="2026年12月底前", due_date=dt.date(2026, 12, 31))
    with on("2026-10-16"):
        reason = "县级验收未通过，整顿期顺延一个季度。"
        amendment = propose_amendment(item, plan=plan, reason=reason, by=account(persons[item.organization.code]))
    with on("2026-10-19"):
        approve_amendment(amendment, opinion="同意顺延，按月报送整顿进展。", by=clerk())


def mark_promises(cycle: Cycle) -> None:
    """At the year's end every promise gets its mark, before the year is closed."""
    for made in RectificationList.objects.filter(reporter__cycle=cycle):
        rows = [MarkRow(item.pk, *_mark(item)) for item in made.items.for_table().prefetch_related("progress")]
        mark_fulfilments(made, rows=rows, by=clerk())


def _mark(item: RectificationItem) -> tuple[str, str]:
    if item.state == ItemState.CLOSED:
        return FulfilmentMark.DONE, "已审核销号，佐证齐全。"
    if item.kind == ItemKind.STANDING:
        return FulfilmentMark.DONE, "按季度检查，坚持较好，转为长期坚持。"
    steps = len(item.progress.all())
    if steps > 2:
        return FulfilmentMark.BASIC, "主要措施已落实，个别环节还在推进，结转下年继续整改。"
    return FulfilmentMark.UNDONE, "没有按承诺的时限完成，结转下年继续整改。"
