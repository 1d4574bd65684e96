"""Minutes in the layout of 纪要 (practice.md 4.8), with the table of times; the same as a Word file (S-103)."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from documents.rendering.paper import Paper, Part
from documents.word.writer import WordPaper
from reviews.models.live import TimeRecord, time_records
from reviews.models.meeting_facts import printed_reporter
from reviews.models.minutes import attendance_names, current_minutes

from .meeting_context import meeting_context
from .rehearsal_mark import marked

TIMES = ("序号", "述职人", "计划", "实际", "述职用时", "点评用时", "超时")


@marked
def content(meeting_id: int) -> Paper:
    context = _context(meeting_id)
    html = render_to_string("documents/papers/reviews/minutes.html", context)
    return Paper(title=f"{context['meeting'].title}纪要", parts=(Part(title="会议纪要", html=html),))


def word_file(meeting_id: int) -> bytes:
    context = _context(meeting_id)
    meeting, facts = context["meeting"], context["facts"]
    paper = WordPaper(f"{meeting.title}纪要")
    paper.by(facts.date_words)
    paper.text(context["text"])
    for label, names in context["names"]:
        paper.paragraph(f"{label}：{'、'.join(names)}")
    if context["rows"]:
        paper.heading("计时记录")
        paper.table(TIMES, context["rows"])
    return paper.data()


def _context(meeting_id: int) -> dict[str, Any]:
    context = meeting_context(meeting_id)
    meeting, facts = context["meeting"], context["facts"]
    begun = [record for record in time_records(facts) if record.slot.started_at]
    return context | {
        "text": current_minutes(meeting).text,
        "names": [(label, names) for label, names in attendance_names(facts).items() if names],
        "heading": TIMES,
        "rows": [_row(record) for record in begun],
    }


def _row(record: TimeRecord) -> tuple[str, ...]:
    line = record.line
    words = {part: (time, over) for part, time, over in record.words}
    over = "、".join(f"{part}{late}" for part, (_time, late) in words.items() if late)
    return (
        str(line.number),
        printed_reporter(record.slot.reporter),
        f"{line.time:%H:%M}" if line.time else "—",
        f"{timezone.localtime(record.slot.started_at):%H:%M}",
        words.get("述职", ("—", ""))[0],
        words.get("点评", ("—", ""))[0],
        over or "—",
    )
