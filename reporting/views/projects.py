"""Secretary-led projects: one's own, the queue of the organization department, and one project (S-39, S-41, S-42)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import AuditEntry
from accounts.rules.roles import WRITING_ROLES, Role
from common import clock
from common.pages import page_of
from documents.actions.documents import request_document
from reporting.actions.projects import (
    accept_project,
    close_project,
    create_project,
    declare_project,
    edit_project,
    record_project_progress,
    remove_project,
    return_project,
)
from reporting.forms.projects import (
    ProjectCloseForm,
    ProjectCreateForm,
    ProjectFilterForm,
    ProjectForm,
    ProjectProgressForm,
    ProjectReturnForm,
    milestones_of,
    open_places,
)
from reporting.models import Project
from reporting.permissions import can_declare_project, can_edit_project, can_remove_project, can_screen_project
from reporting.rules.projects import PROJECT_FLOW, ProjectState, quarter_of
from reporting.views.deeds import REFUSED, attempt, look_again, posted, sentences, status_of

PAPER = "reporting.papers.projects.content"


def _get_project(request: HttpRequest, pk: int) -> Project:
    return get_object_or_404(Project.objects.visible_to(request.user).for_table(), pk=pk)


@require_GET
def project_list(request: HttpRequest) -> HttpResponse:
    """One's own projects, and for those who review all that were declared; ?state=declared is the queue."""
    form = ProjectFilterForm(request.GET)
    projects = form.filtered(Project.objects.visible_to(request.user).for_table())
    context = {
        "form": form,
        "page_obj": page_of(request, projects),
        "screens": request.user.holds(Role.ORGANIZATION_DEPARTMENT),
        "writes": request.user.holds(*WRITING_ROLES),
        "places": open_places(request.user),
    }
    return render(request, "reporting/projects/project_list.html", context)


@require_http_methods(["GET", "POST"])
def project_create(request: HttpRequest) -> HttpResponse:
    if not request.user.holds(*WRITING_ROLES):
        raise PermissionDenied
    form = ProjectCreateForm(posted(request), user=request.user)
    milestones = milestones_of(posted(request))
    if request.method == "POST" and all([form.is_valid(), milestones.is_valid()]):
        cycle, organization = form.chosen_place
        facts, rows = form.facts, milestones.rows
        try:
            project = create_project(cycle, organization=organization, facts=facts, milestones=rows, by=request.user)
        except REFUSED as error:
            form.add_error(None, sentences(error))
        else:
            messages.success(request, _("项目已保存。核对后由书记申报。"))
            return redirect("reporting:project_show", project.pk)
    context = {"form": form, "formset": milestones}
    return render(request, "reporting/projects/project_create.html", context)


@require_GET
def project_show(request: HttpRequest, pk: int) -> HttpResponse:
    project = _get_project(request, pk)
    context = {
        "project": project,
        "cycle": project.cycle,
        "milestones": project.milestones.all(),
        "progress": project.progress.select_related("by__person"),
        "evidence": project.evidence.all(),
        "missing": project.missing_facts() if project.is_writable else [],
        "entries": AuditEntry.objects.of(project)[:30],
        **_buttons(request, project),
    }
    return render(request, "reporting/projects/project_show.html", context)


def _buttons(request: HttpRequest, project: Project) -> dict[str, Any]:
    verbs = set() if project.cycle.is_closed else set(PROJECT_FLOW.verbs_from(project.state))
    writes, screens = can_edit_project(request.user, project), can_screen_project(request.user, project)
    return {
        "writes": writes,
        "can_edit": "declare" in verbs and writes,
        "can_declare": "declare" in verbs and can_declare_project(request.user, project),
        "can_remove": "declare" in verbs and can_remove_project(request.user, project),
        "can_progress": "close" in verbs and writes,
        "can_attach": bool(verbs) and writes,
        "can_accept": "accept" in verbs and screens,
        "can_return": "return" in verbs and screens,
        "can_close": "close" in verbs and screens,
    }


@require_http_methods(["GET", "POST"])
def project_edit(request: HttpRequest, pk: int) -> HttpResponse:
    project = _get_project(request, pk)
    if not can_edit_project(request.user, project):
        raise PermissionDenied
    form = ProjectForm(posted(request), project=project, organization=project.organization)
    milestones = milestones_of(posted(request), project)
    status = 200
    if request.method == "POST" and all([form.is_valid(), milestones.is_valid()]):
        facts, seen = form.facts, form.cleaned_data["revision"] or 0
        try:
            edit_project(project, facts=facts, milestones=milestones.rows, seen=seen, by=request.user)
        except REFUSED as error:
            form.add_error(None, sentences(error))
            status = status_of(error)
        else:
            messages.success(request, _("项目已保存。"))
            return redirect("reporting:project_show", pk)
    stored = _get_project(request, pk)
    if status == 409:
        look_again(form, stored.revision)
    context = {"form": form, "formset": milestones, "project": stored, "is_stale": status == 409}
    return render(request, "reporting/projects/project_edit.html", context, status=status)


@require_http_methods(["GET", "POST"])
def project_remove(request: HttpRequest, pk: int) -> HttpResponse:
    project = _get_project(request, pk)
    if not can_remove_project(request.user, project):
        raise PermissionDenied
    if request.method == "POST":
        if attempt(request, lambda: remove_project(project, by=request.user), _("项目已删除。")):
            return redirect("reporting:project_list")
        return redirect("reporting:project_show", pk)
    return render(request, "reporting/projects/project_remove.html", {"project": project})


@require_POST
def project_declare(request: HttpRequest, pk: int) -> HttpResponse:
    project = _get_project(request, pk)
    done = _("项目已申报，等待组织部门审核。")
    attempt(request, lambda: declare_project(project, by=request.user), done)
    return redirect("reporting:project_show", pk)


@require_POST
def project_accept(request: HttpRequest, pk: int) -> HttpResponse:
    project = _get_project(request, pk)
    attempt(request, lambda: accept_project(project, by=request.user), _("已同意立项，并通知了对方。"))
    return redirect("reporting:project_show", pk)


@require_http_methods(["GET", "POST"])
def project_return(request: HttpRequest, pk: int) -> HttpResponse:
    project = _get_project(request, pk)
    if not can_screen_project(request.user, project):
        raise PermissionDenied
    form = ProjectReturnForm(posted(request))
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            return_project(project, reason=form.cleaned_data["reason"], by=request.user)
        except REFUSED as error:
            form.add_error(None, sentences(error))
            status = status_of(error)
        else:
            messages.success(request, _("项目已退回，并通知了对方。"))
            return redirect("reporting:project_show", pk)
    context = {"form": form, "project": project}
    return render(request, "reporting/projects/project_return.html", context, status=status)


@require_http_methods(["GET", "POST"])
def project_close(request: HttpRequest, pk: int) -> HttpResponse:
    project = _get_project(request, pk)
    if not can_screen_project(request.user, project):
        raise PermissionDenied
    latest = project.progress.order_by("-quarter").first()
    form = ProjectCloseForm(posted(request), initial={"outcome": latest.text if latest else ""})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            close_project(project, **form.cleaned_data, by=request.user)
        except REFUSED as error:
            form.add_error(None, sentences(error))
            status = status_of(error)
        else:
            messages.success(request, _("项目已结项。"))
            return redirect("reporting:project_show", pk)
    context = {"form": form, "project": project}
    return render(request, "reporting/projects/project_close.html", context, status=status)


@require_http_methods(["GET", "POST"])
def project_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The quarter of today is offered with what was written for it; ?quarter= asks for another one."""
    project = _get_project(request, pk)
    if not can_edit_project(request.user, project):
        raise PermissionDenied
    form = ProjectProgressForm(posted(request), initial=_quarter_offered(request, project))
    status = 200
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        words = {"quarter": facts["quarter"], "text": facts["text"], "seen": facts["revision"]}
        try:
            record_project_progress(project, **words, by=request.user)
        except REFUSED as error:
            form.add_error(None, sentences(error))
            status = status_of(error)
        else:
            messages.success(request, _("季度进展已保存。"))
            return redirect("reporting:project_show", pk)
    stored = _get_project(request, pk)
    if status == 409:
        look_again(form, stored.revision)
    context = {"form": form, "project": stored, "progress": stored.progress.all(), "is_stale": status == 409}
    context["is_open"] = stored.state == ProjectState.ACCEPTED
    return render(request, "reporting/projects/project_progress.html", context, status=status)


def _quarter_offered(request: HttpRequest, project: Project) -> dict[str, Any]:
    wanted = request.GET.get("quarter", "")
    quarter = int(wanted) if wanted in {"1", "2", "3", "4"} else quarter_of(clock.today(), project.cycle.year)
    earlier = project.progress.filter(quarter=quarter).first()
    return {"quarter": quarter, "text": earlier.text if earlier else "", "revision": project.revision}


@require_POST
def project_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever may see a project may have its declaration on paper."""
    project = _get_project(request, pk)
    request_document(
        paper=PAPER,
        subject=project,
        title=f"{project}申报表",
        committee=project.cycle.committee,
        organization=project.organization,
        by=request.user,
    )
    return redirect("reporting:project_show", pk)
