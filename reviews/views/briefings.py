"""Briefings for commenters: the list, one to read or edit, and on paper."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import Post
from common.conflicts import StaleRevision
from common.ids import ids_of
from common.pages import page_of
from documents.actions.documents import request_document
from reporting.models import Reporter
from reviews.actions.briefings import reset_briefing, save_briefing
from reviews.forms.briefings import BriefingForm
from reviews.models import Meeting
from reviews.models.briefings import CurrentBriefing, briefed_reporters, current_briefing
from reviews.models.meeting_facts import gather_facts
from reviews.permissions import can_edit_meeting, can_read_briefings
from reviews.rules.briefings import BriefingText
from reviews.views.deeds import REFUSALS, done, visible_meeting


@require_GET
def briefing_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody who reports, with whose words the briefing is in; a packet for each commenter."""
    meeting = _meeting(request, pk)
    edited = dict(meeting.briefings.values_list("reporter", "edited_at"))
    facts = gather_facts(meeting)
    commenters = {line.slot.reporter_id: line.commenter_names for line in facts.slots}
    page = page_of(request, meeting.reporters.select_related("organization", "post__person"))
    posts = {post.pk: post for line in facts.slots for post in line.commenters}
    context = {
        "meeting": meeting,
        "page_obj": page,
        "rows": [(row, commenters.get(row.pk, ""), edited.get(row.pk)) for row in page],
        "posts": [(post, len(briefed_reporters(meeting, post))) for post in posts.values()],
        "can_edit": can_edit_meeting(request.user, meeting),
    }
    return render(request, "reviews/briefings/briefing_list.html", context)


@require_http_methods(["GET", "POST"])
def briefing_edit(request: HttpRequest, pk: int, reporter_id: int) -> HttpResponse:
    """The clerk edits; leaders and the commenter read."""
    meeting = _meeting(request, pk)
    can_edit = can_edit_meeting(request.user, meeting)
    if request.method == "POST" and not can_edit:
        raise PermissionDenied
    reporter = _reporter(meeting, reporter_id)
    briefing = current_briefing(meeting, reporter)
    form = BriefingForm(request.POST or None, initial=_first(briefing))
    status = 200
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        revision = facts.pop("revision") or 0
        try:
            save_briefing(meeting, reporter, text=BriefingText(**facts), revision=revision, by=request.user)
        except StaleRevision as error:
            form.tell_of(error)
            briefing, status = current_briefing(meeting, reporter), 409
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("点评参考材料已保存。"))
            return redirect("reviews:briefing_edit", pk, reporter_id)
    context = {"meeting": meeting, "reporter": reporter, "briefing": briefing, "form": form, "can_edit": can_edit}
    context["conflict"] = status == 409
    return render(request, "reviews/briefings/briefing_edit.html", context, status=status)


def _first(briefing: CurrentBriefing) -> dict[str, object]:
    text = briefing.text
    return {
        "strengths": text.strengths,
        "problems": text.problems,
        "questions": text.questions,
        "revision": briefing.revision,
    }


@require_POST
def briefing_reset(request: HttpRequest, pk: int, reporter_id: int) -> HttpResponse:
    meeting = _meeting(request, pk)
    if not can_edit_meeting(request.user, meeting):
        raise PermissionDenied
    reporter = _reporter(meeting, reporter_id)
    revision = next(iter(ids_of([request.POST.get("revision", "")])), 0)
    said = _("已按现在的数据重新起草。")
    done(request, lambda: reset_briefing(meeting, reporter, revision=revision, by=request.user), said)
    return redirect("reviews:briefing_edit", pk, reporter_id)


@require_POST
def briefing_packet(request: HttpRequest, pk: int, post_id: int) -> HttpResponse:
    """All briefings of one commenter as one paper."""
    meeting = _meeting(request, pk)
    post = get_object_or_404(Post.objects.select_related("person", "organization"), pk=post_id)
    if not briefed_reporters(meeting, post):
        raise PermissionDenied
    title = f"{post.person.name}同志点评参考材料"
    document = request_document(
        paper="reviews.papers.briefings.content",
        subject=post,
        title=title,
        committee=meeting.committee,
        by=request.user,
    )
    return redirect(document)


@require_POST
def briefing_paper(request: HttpRequest, pk: int, reporter_id: int) -> HttpResponse:
    """The briefing about one reporter, on paper; for who prepares, leads or comments."""
    meeting = _meeting(request, pk)
    reporter = _reporter(meeting, reporter_id)
    document = request_document(
        paper="reviews.papers.briefings.sheet",
        subject=reporter,
        title=f"{reporter.organization.label}{reporter.name}点评参考材料",
        committee=meeting.committee,
        by=request.user,
    )
    return redirect(document)


def _meeting(request: HttpRequest, pk: int) -> Meeting:
    meeting = visible_meeting(request, pk)
    if not can_read_briefings(request.user, meeting):
        raise PermissionDenied
    return meeting


def _reporter(meeting: Meeting, pk: int) -> Reporter:
    return get_object_or_404(meeting.reporters.select_related("organization", "post__person"), pk=pk)
