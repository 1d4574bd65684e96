"""Publish the agenda, after a look at what that changes."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reviews.actions.agenda_versions import publish_agenda
from reviews.models.agenda import needed_slot_changes
from reviews.models.agenda_versions import agenda_content
from reviews.models.meeting_facts import gather_facts
from reviews.permissions import can_edit_meeting, can_read_meeting_papers
from reviews.rules.agenda_versions import agenda_changes
from reviews.views.deeds import done, visible_meeting


@require_http_methods(["GET", "POST"])
def agenda_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Readers see the versions; the clerk publishes the next one."""
    meeting = visible_meeting(request, pk)
    can_publish = can_edit_meeting(request.user, meeting)
    if not can_read_meeting_papers(request.user, meeting) or (request.method == "POST" and not can_publish):
        raise PermissionDenied
    if request.method == "POST":
        done(request, lambda: publish_agenda(meeting, by=request.user), _("议程已发布，已通知有关人员。"))
        return redirect("reviews:agenda_publish", pk)
    facts = gather_facts(meeting)
    versions = list(meeting.agenda_versions.select_related("published_by"))
    context = {
        "meeting": meeting,
        "facts": facts,
        "versions": versions,
        "changes": agenda_changes(versions[0].content, agenda_content(facts)) if versions else [],
        "is_behind": bool(needed_slot_changes(meeting)),
        "can_publish": can_publish,
    }
    return render(request, "reviews/agenda_versions/agenda_publish.html", context)
