"""会议情况汇总: what the meeting came to (S-186, S-206)."""

from typing import Any

from django.template.loader import render_to_string

from common.chinese_text import chinese_number
from documents.rendering.paper import Paper, PaperRefused, Part
from rectification.models import Problem, RectificationItem, RectificationList
from reporting.models import Reporter
from reporting.rules.cycles import ReportMode
from reviews.models import Comment, Meeting
from reviews.models.results import ResultRow, result_rows
from reviews.models.score_sheets import sheet_progress
from reviews.rules.derivations import ROUNDING_RULE, Step
from reviews.rules.headcounts import headcount, headcounts

from .meeting_context import meeting_context
from .rehearsal_mark import marked

PRINTED_STEPS = (Step.CATEGORY, Step.MEETING, Step.COMPOSITE, Step.GRADE)


@marked
def content(meeting_id: int) -> Paper:
    """Raises PaperRefused until the meeting is closed."""
    context = meeting_context(meeting_id)
    meeting: Meeting = context["meeting"]
    if not meeting.is_closed:
        raise PaperRefused("会议结束以后才能生成情况汇总。")
    reporters = list(meeting.reporters.select_related("organization__domain"))
    rows = [row for row in result_rows(meeting.cycle) if row.reporter.pk in {r.pk for r in reporters}]
    context |= {
        **_counts(reporters),
        "progress": sheet_progress(meeting),
        "rows": rows,
        "derivations": [(row, row.result.steps.of(*PRINTED_STEPS)) for row in rows if _is_computed(row)],
        "rounding": ROUNDING_RULE,
        "bands": next((line.note for row in rows if row.result for line in row.result.steps.of(Step.GRADE)), ""),
        "judged": _judged(meeting, reporters),
        "common": Problem.objects.common().filter(cycle=meeting.cycle_id),
        "speeches": list(meeting.speeches.prefetch_related("problems")),
        "deadline": meeting.cycle.scheme.list_deadline,
    }
    context["numbers"] = _numbers(context)
    parts = [Part("会议情况", render_to_string("documents/papers/reviews/summary.html", context))]
    if context["derivations"]:
        parts.append(Part("综合得分计算", render_to_string("documents/papers/reviews/summary_scores.html", context)))
    parts.append(Part("点评和问题", render_to_string("documents/papers/reviews/summary_comments.html", context)))
    return Paper(title=f"{meeting.title}情况汇总", parts=tuple(parts))


def _numbers(context: dict[str, Any]) -> dict[str, str]:
    """Of the headings after the third; those with nothing under them are left out."""
    names = [name for name in ("common", "speeches") if context[name]]
    return {name: chinese_number(number) for number, name in enumerate([*names, "demand"], start=4)}


def _is_computed(row: ResultRow) -> bool:
    return row.result is not None and bool(row.result.derivation)


def _counts(reporters: list[Reporter]) -> dict[str, Any]:
    """The three numbers: of everybody, by domain, by level and by kind of organization."""
    oral = [reporter.mode == ReportMode.ORAL for reporter in reporters]
    units = [reporter.organization for reporter in reporters]
    return {
        "all": headcount("合计", oral),
        "tables": [
            ("领域", headcounts(zip([str(u.domain or "未填") for u in units], oral, strict=True))),
            ("层级", headcounts(zip([str(u.get_level_display()) for u in units], oral, strict=True))),
            ("类型", headcounts(zip([str(u.get_kind_display()) for u in units], oral, strict=True))),
        ],
    }


def _judged(meeting: Meeting, reporters: list[Reporter]) -> list[dict[str, Any]]:
    """For each reporter the final comments and the problems on the list, with where they came from."""
    comments = Comment.objects.final().filter(meeting=meeting).select_related("commenter__person")
    comments = comments.prefetch_related("problems")
    questions = list(meeting.questions.select_related("asker__person"))
    lists = {row.reporter_id: row for row in RectificationList.objects.filter(reporter__in=reporters)}
    items = RectificationItem.objects.filter(list__reporter__in=reporters).select_related("problem", "list")
    return [
        {
            "number": number,
            "reporter": reporter,
            "comments": [comment for comment in comments if comment.reporter_id == reporter.pk],
            "questions": [question for question in questions if question.reporter_id == reporter.pk],
            "items": [item for item in items if item.list.reporter_id == reporter.pk],
            "list": lists.get(reporter.pk),
        }
        for number, reporter in enumerate(reporters, start=1)
    ]
