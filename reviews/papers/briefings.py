"""点评参考材料: of one commenter, a sheet per reporter of the meetings still ahead, or of one reporter (practice.md 3.1)."""

from django.template.loader import render_to_string

from accounts.models import Post
from documents.rendering.paper import Paper, PaperRefused, Part
from reporting.models import Reporter
from reviews.models import Meeting
from reviews.models.briefings import briefed_reporters, commenters_of, current_briefing
from reviews.models.meetings import MeetingQuerySet
from reviews.rules.meetings import MeetingState

from .rehearsal_mark import mark_paper


def content(post_id: int) -> Paper:
    """Raises PaperRefused where the post comments on nobody any more."""
    post = Post.objects.select_related("person", "organization").get(pk=post_id)
    parts, is_rehearsed = [], False
    for meeting in _ahead(post.organization_id):
        is_rehearsed |= meeting.rehearsing
        parts += [_part(meeting, reporter, [post]) for reporter in briefed_reporters(meeting, post)]
    if not parts:
        raise PaperRefused("没有由这位同志点评的述职人。")
    paper = Paper(title=f"{post.person.name}同志点评参考材料", parts=tuple(parts), contents=len(parts) > 1)
    return mark_paper(paper) if is_rehearsed else paper


def sheet(reporter_id: int) -> Paper:
    """One reporter, for whoever comments. Raises PaperRefused once the meeting is over."""
    reporter = Reporter.objects.select_related("organization", "post__person", "cycle").get(pk=reporter_id)
    ahead = _ahead(reporter.cycle.committee_id).filter(cycle=reporter.cycle_id)
    meeting = next((row for row in ahead if row.reporters.filter(pk=reporter_id).exists()), None)
    if meeting is None:
        raise PaperRefused("这位同志的述职会议已经结束。")
    part = _part(meeting, reporter, commenters_of(meeting, reporter))
    paper = Paper(title=f"{reporter.organization.label}{reporter.name}点评参考材料", parts=(part,))
    return mark_paper(paper) if meeting.rehearsing else paper


def _ahead(committee_id: int) -> MeetingQuerySet:
    meetings = Meeting.objects.with_facts().filter(cycle__committee=committee_id)
    return meetings.exclude(state=MeetingState.CLOSED)


def _part(meeting: Meeting, reporter: Reporter, commenters: list[Post]) -> Part:
    facts = {
        "meeting": meeting,
        "reporter": reporter,
        "briefing": current_briefing(meeting, reporter),
        "commenters": commenters,
    }
    html = render_to_string("documents/papers/reviews/briefing.html", facts)
    return Part(f"{reporter.organization.name}　{reporter.name}", html, starts_right=True)
