"""反馈意见书 in GB/T 9704 layout: one, or all of a year in one packet (practice.md 3.4). No votes are in it."""

from django.template.loader import render_to_string
from django.utils import timezone

from common.deadlines import chinese_date
from documents.rendering.paper import Paper, PaperRefused, Part
from reporting.models import Cycle
from reviews.models import FeedbackLetter


def content(letter_id: int) -> Paper:
    letter = FeedbackLetter.objects.for_table().get(pk=letter_id)
    if not letter.is_issued:
        raise PaperRefused("反馈意见书发出以后才能打印。")
    return Paper(title=str(letter), parts=(_part(letter),))


def packet(cycle_id: int) -> Paper:
    """All that were drafted, each on a sheet of its own; for the organization department."""
    cycle = Cycle.objects.select_related("committee").get(pk=cycle_id)
    letters = [each for each in FeedbackLetter.objects.of_cycle(cycle).for_table() if _is_decided(each)]
    if not letters:
        raise PaperRefused("还没有等次已经审定的反馈意见书。")
    title = f"{cycle.committee}{cycle.year}年度述职评议考核反馈意见书"
    return Paper(title=title, parts=tuple(_part(each) for each in letters), contents=len(letters) > 1)


def _is_decided(letter: FeedbackLetter) -> bool:
    result = getattr(letter.reporter, "result", None)
    return result is not None and result.is_decided


def _part(letter: FeedbackLetter) -> Part:
    date = chinese_date(timezone.localdate(letter.issued_at)) if letter.issued_at else ""
    html = render_to_string(
        "documents/papers/reviews/feedback_letter.html",
        {"letter": letter, "reporter": letter.reporter, "date": date},
    )
    organization = letter.reporter.organization
    return Part(title=organization.name, html=html, label=letter.reporter.name, starts_right=True)
