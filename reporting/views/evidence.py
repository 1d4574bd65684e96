"""佐证材料 of a project or of the five ones: put there by those who write it, opened by whoever may see it (S-39, S-43)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reporting.actions.evidence import add_five_one_evidence, add_project_evidence, remove_evidence
from reporting.forms.evidence import EvidenceForm, FiveOneEvidenceForm
from reporting.models import Project, WorkEvidence
from reporting.permissions import can_edit_project, can_write_for
from reporting.rules.projects import ProjectState
from reporting.views.attachments import attachment_facts, download_answer, open_answer, preview_answer
from reporting.views.deeds import attempt, deed_page, posted
from reporting.views.five_ones import place_of_sheet


@require_http_methods(["GET", "POST"])
def project_attach(request: HttpRequest, pk: int) -> HttpResponse:
    """All files of the project, and the form that adds some."""
    projects = Project.objects.visible_to(request.user).select_related("cycle", "organization")
    project = get_object_or_404(projects, pk=pk)
    if not can_edit_project(request.user, project):
        raise PermissionDenied
    form = EvidenceForm(posted(request), request.FILES or None)
    files = form.cleaned_data["files"] if form.is_bound and form.is_valid() else []
    return deed_page(
        request,
        form,
        deed=lambda: add_project_evidence(project, files=files, by=request.user),
        done=_("佐证材料已上传。"),
        url=reverse("reporting:project_attach", args=[pk]),
        template="reporting/evidence/project_attach.html",
        context={
            "project": project,
            "evidence": project.evidence.select_related("by__person", "project"),
            "is_open": project.state != ProjectState.CLOSED and not project.cycle.is_closed,
        },
    )


@require_http_methods(["GET", "POST"])
def five_one_attach(request: HttpRequest, pk: int, organization: int) -> HttpResponse:
    """All files of an organization's five ones, and the form that adds some; ?task= says where one came from."""
    cycle, place, _writes = place_of_sheet(request, pk, organization)
    if not can_write_for(request.user, place):
        raise PermissionDenied
    tasks = {task.pk: task for task in cycle.scheme.tasks.all()}
    wanted = {"task": request.GET.get("task", "")}
    form = FiveOneEvidenceForm(posted(request), request.FILES or None, tasks=list(tasks.values()), initial=wanted)
    facts = form.cleaned_data if form.is_bound and form.is_valid() else {}
    chosen: dict[str, Any] = {"task": tasks.get(facts.get("task", 0)), "files": facts.get("files", [])}
    found = WorkEvidence.objects.filter(cycle=cycle, organization=place, project__isnull=True)
    return deed_page(
        request,
        form,
        deed=lambda: add_five_one_evidence(cycle, organization=place, **chosen, by=request.user),
        done=_("佐证材料已上传。"),
        url=reverse("reporting:five_one_attach", args=[pk, organization]),
        template="reporting/evidence/five_one_attach.html",
        context={
            "cycle": cycle,
            "organization": place,
            "evidence": found.select_related("by__person", "task").order_by("task__position", "pk"),
            "is_open": bool(tasks) and not cycle.is_closed,
        },
    )


@require_POST
def evidence_remove(request: HttpRequest, pk: int) -> HttpResponse:
    evidence = _evidence(request, pk)
    if not can_write_for(request.user, evidence.organization):
        raise PermissionDenied
    attempt(request, lambda: remove_evidence(evidence, by=request.user), _("佐证材料已移除。"))
    if evidence.project_id:
        return redirect("reporting:project_attach", evidence.project_id)
    return redirect("reporting:five_one_attach", evidence.cycle_id, evidence.organization_id)


@require_GET
def evidence_show(request: HttpRequest, pk: int) -> HttpResponse:
    evidence = _evidence(request, pk)
    context = {"evidence": evidence, **attachment_facts(evidence)}
    for way in ("preview", "open", "download"):
        context[f"{way}_url"] = reverse(f"reporting:evidence_{way}", args=[pk])
    return render(request, "reporting/evidence/evidence_show.html", context)


@require_GET
def evidence_preview(request: HttpRequest, pk: int) -> HttpResponseBase:
    return preview_answer(_evidence(request, pk))


@require_GET
def evidence_open(request: HttpRequest, pk: int) -> HttpResponseBase:
    return open_answer(_evidence(request, pk))


@require_GET
def evidence_download(request: HttpRequest, pk: int) -> HttpResponseBase:
    return download_answer(_evidence(request, pk))


def _evidence(request: HttpRequest, pk: int) -> WorkEvidence:
    rows = WorkEvidence.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("project", "task", "organization", "cycle", "by__person"), pk=pk)
