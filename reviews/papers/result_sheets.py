"""综合评价意见表, 测评汇总表 and 名次表 of a year (practice.md 3.3, 3.4)."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string

from common.figures import plain_decimal
from documents.rendering.paper import Paper, PaperRefused, Part
from reporting.models import Cycle
from reviews.models import Assessment, FeedbackLetter
from reviews.models.results import ResultRow, result_rows
from reviews.rules.category_means import Category
from reviews.rules.derivations import Step
from reviews.rules.result_inputs import ResultInputs


def opinions(cycle_id: int) -> Paper:
    """综合评价意见表: a form for each reporter, as the committee has it before it."""
    cycle, rows = _computed(cycle_id)
    letters = {letter.reporter_id: letter for letter in FeedbackLetter.objects.of_cycle(cycle)}
    assessments = {row.reporter_id: row for row in Assessment.objects.filter(reporter__cycle=cycle)}
    parts = tuple(
        Part(
            title=str(row.reporter.organization.label),
            label=row.reporter.name,
            html=render_to_string(
                "documents/papers/reviews/opinion.html",
                {
                    "cycle": cycle,
                    "row": row,
                    "parts": _parts(row),
                    "caps": row.result.steps.of(Step.CAP) if row.result else [],
                    "letter": letters.get(row.reporter.pk),
                    "assessment": assessments.get(row.reporter.pk),
                },
            ),
            starts_right=True,
        )
        for row in rows
    )
    return Paper(
        title=f"{cycle.committee}{cycle.year}年度综合评价意见表", parts=parts, contents=len(parts) > 1, grid=False
    )


def tallies(cycle_id: int) -> Paper:
    """测评汇总表: for each category how many sheets or ballots, how they fell, and the mean; then weighted."""
    cycle, rows = _computed(cycle_id)
    context = {"cycle": cycle, "rows": [_tally_row(row) for row in rows]}
    html = render_to_string("documents/papers/reviews/tallies.html", context)
    title = f"{cycle.committee}{cycle.year}年度述职评议测评汇总表"
    return Paper(title=title, parts=(Part(title=title, html=html),), grid=False)


def rankings(cycle_id: int) -> Paper:
    """名次表 by domain, inside each meeting where there are several; equal scores share a place."""
    cycle, rows = _computed(cycle_id)
    groups: dict[str, list[ResultRow]] = {}
    for row in rows:
        name = "　".join(
            part
            for part in (row.session.title if row.session else "", str(row.reporter.organization.domain or "未填领域"))
            if part
        )
        groups.setdefault(name, []).append(row)
    context = {"cycle": cycle, "groups": [(name, sorted(each, key=_by_place)) for name, each in groups.items()]}
    html = render_to_string("documents/papers/reviews/rankings.html", context)
    title = f"{cycle.committee}{cycle.year}年度述职评议综合得分名次表"
    return Paper(title=title, parts=(Part(title=title, html=html),), grid=False)


def _computed(cycle_id: int) -> tuple[Cycle, list[ResultRow]]:
    cycle = Cycle.objects.select_related("committee", "scheme").get(pk=cycle_id)
    rows = [row for row in result_rows(cycle) if row.result is not None]
    if not rows:
        raise PaperRefused("还没有计算综合得分，计算以后才能打印。")
    return cycle, rows


def _by_place(row: ResultRow) -> int:
    return row.place_in_domain or 10**6


def _parts(row: ResultRow) -> list[tuple[str, str, str]]:
    """Name, weight and score of each part."""
    if row.result is None or not row.result.inputs:
        return []
    steps = row.result.steps
    return [
        (
            part.name,
            f"{plain_decimal(part.weight)}%",
            str(steps.meeting_score if part.is_meeting else part.score or "—"),
        )
        for part in ResultInputs.from_json(row.result.inputs).parts
    ]


def _tally_row(row: ResultRow) -> dict[str, Any]:
    result = row.result
    means = {line.label.split("平均分")[0]: line.value for line in result.steps.of(Step.CATEGORY)} if result else {}
    categories = ResultInputs.from_json(result.inputs).categories if result and result.inputs else ()
    return {
        "row": row,
        "meeting": result.steps.meeting_score if result else None,
        "categories": [(c.name, plain_decimal(c.weight), _valid(c), _fell(c), means.get(c.name)) for c in categories],
    }


def _valid(category: Category) -> int:
    """Sheets handed in, or the most valid ballots any item got."""
    return max((counts.valid for counts in category.counts), default=len(category.sheets))


def _fell(category: Category) -> str:
    """How the ballots fell over all items together, or nothing for named sheets."""
    fallen: dict[str, int] = {}
    for counts in category.counts:
        for choice in counts.choices:
            fallen[choice.label] = fallen.get(choice.label, 0) + choice.count
    abstained = sum(counts.abstained for counts in category.counts)
    void = sum(counts.void for counts in category.counts)
    words = [f"{label}{count}" for label, count in fallen.items()]
    left_out = [f"弃权{abstained}", *([f"无效{void}"] if void else [])]
    return "　".join([*words, *left_out]) if category.counts else ""
