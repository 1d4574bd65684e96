"""What the papers of a meeting share, so that their numbers agree."""

from typing import Any

from reviews.models import Meeting
from reviews.models.agenda_versions import version_words
from reviews.models.meeting_facts import gather_facts


def meeting_context(meeting_id: int) -> dict[str, Any]:
    meeting = Meeting.objects.with_facts().get(pk=meeting_id)
    facts = gather_facts(meeting)
    return {"meeting": meeting, "facts": facts, "version": version_words(facts)}
