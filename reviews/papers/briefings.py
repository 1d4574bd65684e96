"""点评参考材料 of one commenter: a sheet per reporter of the meetings that are still ahead (practice.md 3.1)."""

from django.template.loader import render_to_string

from accounts.models import Post
from documents.rendering.paper import Paper, PaperRefused, Part
from reviews.models import Meeting
from reviews.models.briefings import briefed_reporters, current_briefing
from reviews.rules.meetings import MeetingState


def content(post_id: int) -> Paper:
    """Raises PaperRefused where the post comments on nobody any more."""
    post = Post.objects.select_related("person", "organization").get(pk=post_id)
    meetings = Meeting.objects.with_facts().filter(cycle__committee=post.organization_id)
    parts = []
    for meeting in meetings.exclude(state=MeetingState.CLOSED):
        for reporter in briefed_reporters(meeting, post):
            briefing = current_briefing(meeting, reporter)
            facts = {"meeting": meeting, "reporter": reporter, "briefing": briefing, "commenter": post}
            html = render_to_string("documents/papers/reviews/briefing.html", facts)
            parts.append(Part(f"{reporter.organization.name}　{reporter.name}", html, starts_right=True))
    if not parts:
        raise PaperRefused("没有由这位同志点评的述职人。")
    return Paper(title=f"{post.person.name}同志点评参考材料", parts=tuple(parts), contents=len(parts) > 1)
