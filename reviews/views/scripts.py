"""The hosting script: read, edited, composed anew."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.conflicts import StaleRevision
from common.ids import ids_of
from reviews.actions.scripts import regenerate_script, save_script
from reviews.forms.scripts import ScriptForm
from reviews.models.meeting_facts import gather_facts
from reviews.models.scripts import current_script, script_warnings
from reviews.permissions import can_edit_meeting, can_read_meeting_papers
from reviews.rules.script import dropped_lines, lost_edits
from reviews.views.deeds import REFUSALS, done, take_over, visible_meeting


@require_http_methods(["GET", "POST"])
def script_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Readers read it here; the clerk edits it while the meeting is not over."""
    meeting = visible_meeting(request, pk)
    can_edit = can_edit_meeting(request.user, meeting)
    if not can_read_meeting_papers(request.user, meeting) or (request.method == "POST" and not can_edit):
        raise PermissionDenied
    facts = gather_facts(meeting)
    script = current_script(facts)
    first = {"text": script.text, "revision": script.revision}
    form = ScriptForm(request.POST or None, initial=first)
    context = {"meeting": meeting, "script": script, "form": form, "can_edit": can_edit}
    context["cited"] = meeting.basis_documents.all()
    context["warnings"] = script_warnings(facts, script)
    status = 200
    if request.method == "POST" and form.is_valid():
        revision = form.cleaned_data["revision"] or 0
        try:
            save_script(meeting, text=form.cleaned_data["text"], revision=revision, by=request.user)
        except StaleRevision as error:
            take_over(form, error.current_revision)
            messages.error(request, str(error))
            context["conflict"], status = True, 409
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("主持词已保存。"))
            return redirect("reviews:script_edit", pk)
    return render(request, "reviews/scripts/script_edit.html", context, status=status)


@require_http_methods(["GET", "POST"])
def script_regenerate(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows what would be lost before it is (S-182)."""
    meeting = visible_meeting(request, pk)
    if not can_edit_meeting(request.user, meeting):
        raise PermissionDenied
    script = current_script(gather_facts(meeting))
    if request.method == "POST":
        revision = next(iter(ids_of([request.POST.get("revision", "")])), 0)
        said = _("主持词已按现在的会议信息重新生成。")
        done(request, lambda: regenerate_script(meeting, revision=revision, by=request.user), said)
        return redirect("reviews:script_edit", pk)
    generated = script.row.generated if script.row else script.composed
    context = {
        "meeting": meeting,
        "script": script,
        "lost": lost_edits(generated, script.text),
        "dropped": dropped_lines(generated, script.text),
        "news": lost_edits(generated, script.composed),
    }
    return render(request, "reviews/scripts/script_regenerate.html", context)
