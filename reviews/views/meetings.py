"""Meetings: the list, setting one up, its hub, its facts, its beginning."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import AuditEntry
from common import clock
from common.conflicts import StaleRevision
from common.pages import page_of
from reporting.models import Cycle
from reviews.actions.meetings import FACTS, create_meeting, delete_meeting, edit_meeting, open_meeting
from reviews.forms.meetings import MeetingDeleteForm, MeetingFilterForm, MeetingForm
from reviews.models import BallotRound, Meeting
from reviews.models.agenda import needed_slot_changes
from reviews.models.deletions import deletion_faults
from reviews.models.meeting_facts import gather_facts
from reviews.models.meeting_gaps import find_gaps
from reviews.models.titles import title_for
from reviews.permissions import (
    can_create_meeting,
    can_edit_meeting,
    can_edit_place,
    can_list_results,
    can_manage_meeting,
    can_open_papers,
    can_read_briefings,
    can_read_comments,
    can_read_meeting_papers,
    can_show_progress,
    can_show_round,
)
from reviews.rules.meetings import MeetingKind, MeetingState
from reviews.views.deeds import REFUSALS, done, take_over, visible_meeting


@require_GET
def meeting_list(request: HttpRequest) -> HttpResponse:
    form = MeetingFilterForm(request.GET)
    rows = Meeting.objects.visible_to(request.user).with_facts()
    rows = _filtered(rows, form.cleaned_data) if form.is_valid() else rows
    cycles = Cycle.objects.visible_to(request.user).running().select_related("committee")
    context = {
        "form": form,
        "page_obj": page_of(request, rows),
        "cycles": [cycle for cycle in cycles if can_create_meeting(request.user, cycle)],
    }
    return render(request, "reviews/meetings/meeting_list.html", context)


def _filtered(rows: QuerySet[Meeting], wanted: dict[str, Any]) -> QuerySet[Meeting]:
    if wanted["q"]:
        rows = rows.filter(title__icontains=wanted["q"])
    if wanted["state"]:
        rows = rows.filter(state=wanted["state"])
    return rows


@require_http_methods(["GET", "POST"])
def meeting_create(request: HttpRequest, cycle_id: int) -> HttpResponse:
    cycle = get_object_or_404(Cycle.objects.visible_to(request.user), pk=cycle_id)
    if not can_create_meeting(request.user, cycle):
        raise PermissionDenied
    form = MeetingForm(request.POST or None, committee=cycle.committee, initial=_first_facts(cycle))
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in (*FACTS, "basis_documents")}
        meeting = create_meeting(cycle, facts=facts, by=request.user)
        messages.success(request, _("已新建会议，并按类型生成议程、述职顺序和参会类别，请逐项核对。"))
        return redirect("reviews:meeting_show", meeting.pk)
    return render(request, "reviews/meetings/meeting_create.html", {"form": form, "cycle": cycle})


def _first_facts(cycle: Cycle) -> dict[str, Any]:
    kind = MeetingKind.ASSEMBLY
    host = cycle.committee.first_responsible
    return {
        "kind": kind,
        "title": title_for(cycle.committee, cycle.year, cycle.pk, kind),
        "host": host.pk if host else None,
        "basis": "按照党中央关于抓基层党建工作述职评议考核的要求和上级党委的统一安排",
        "purpose": "听取党组织书记抓基层党建工作述职，逐一进行点评，开展评议，推动问题整改",
    }


@require_GET
def meeting_show(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = visible_meeting(request, pk)
    facts = gather_facts(meeting)
    reads = can_read_meeting_papers(request.user, meeting)
    context = {
        "meeting": meeting,
        "facts": facts,
        "gaps": find_gaps(facts) if reads and meeting.state == MeetingState.PREPARING else [],
        "changes": needed_slot_changes(meeting) if can_edit_meeting(request.user, meeting) else None,
        "missing_comments": meeting.missing_comments() if reads and not meeting.is_closed else [],
        "can_manage": can_manage_meeting(request.user, meeting),
        "can_brief": can_read_briefings(request.user, meeting),
        "can_delete": _can_delete(request, meeting),
        "has_versions": meeting.agenda_versions.exists(),
        "can_place": meeting.is_divided and can_edit_place(request.user, meeting.cycle),
        "can_edit": can_edit_meeting(request.user, meeting),
        "can_read_papers": reads,
        "can_show_rounds": can_show_round(request.user, BallotRound(meeting=meeting)),
        "can_follow_scoring": can_show_progress(request.user, meeting),
        "can_read_comments": can_read_comments(request.user, meeting),
        "can_list_results": can_list_results(request.user, meeting.cycle),
        "can_open_papers": can_open_papers(request.user, meeting),
        "is_rater": meeting.raters.filter(person=request.user.person_id).exists(),
        "entries": AuditEntry.objects.of(meeting)[:15] if reads else None,
    }
    return render(request, "reviews/meetings/meeting_show.html", context)


def _can_delete(request: HttpRequest, meeting: Meeting) -> bool:
    is_new = meeting.state == MeetingState.PREPARING and can_manage_meeting(request.user, meeting)
    return is_new and not deletion_faults(meeting)


@require_http_methods(["GET", "POST"])
def meeting_edit(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = visible_meeting(request, pk)
    if not can_edit_meeting(request.user, meeting):
        raise PermissionDenied
    stored = {name: getattr(meeting, name) for name in FACTS} | {"revision": meeting.revision}
    stored |= {"host": meeting.host_id, "basis_documents": meeting.basis_documents.all()}
    form = MeetingForm(request.POST or None, committee=meeting.committee, host=meeting.host, initial=stored)
    context: dict[str, Any] = {"form": form, "meeting": meeting}
    status = 200
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        try:
            edit_meeting(meeting, facts=facts, revision=facts.pop("revision") or 0, by=request.user)
        except StaleRevision as error:
            context["theirs"], status = _differences(form, meeting), 409
            take_over(form, error.current_revision)
            messages.error(request, str(error))
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("已保存。"))
            return redirect("reviews:meeting_show", pk)
    return render(request, "reviews/meetings/meeting_edit.html", context, status=status)


def _differences(form: MeetingForm, meeting: Meeting) -> list[tuple[str, Any]]:
    """Label and stored value of what the other person left differently."""
    found = [
        (str(form.fields[name].label), getattr(meeting, name))
        for name in FACTS
        if form.cleaned_data[name] != getattr(meeting, name)
    ]
    cited = list(meeting.basis_documents.all())
    if list(form.cleaned_data["basis_documents"]) != cited:
        found.append((str(form.fields["basis_documents"].label), "、".join(map(str, cited))))
    return found


@require_http_methods(["GET", "POST"])
def meeting_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks once more, since an opened meeting cannot go back to its preparation."""
    meeting = visible_meeting(request, pk)
    if not can_manage_meeting(request.user, meeting):
        raise PermissionDenied
    if request.method == "GET" and meeting.state == MeetingState.PREPARING:
        days = (meeting.date - clock.today()).days if meeting.date else 0
        context = {"meeting": meeting, "gaps": find_gaps(gather_facts(meeting)), "days_early": max(days, 0)}
        return render(request, "reviews/meetings/meeting_open.html", context)
    if request.method == "POST" and done(request, lambda: open_meeting(meeting, by=request.user), _("会议开始。")):
        return redirect("reviews:meeting_live", pk)
    return redirect("reviews:meeting_show", pk)


@require_http_methods(["GET", "POST"])
def meeting_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """For a meeting set up by mistake; what forbids it is said before anybody gives a reason."""
    meeting = visible_meeting(request, pk)
    if not can_manage_meeting(request.user, meeting):
        raise PermissionDenied
    form = MeetingDeleteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            delete_meeting(meeting, reason=form.cleaned_data["reason"], by=request.user)
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("会议已删除，理由记入操作记录。"))
            return redirect("reviews:meeting_list")
    context = {"meeting": meeting, "form": form, "faults": deletion_faults(meeting)}
    return render(request, "reviews/meetings/meeting_delete.html", context)
