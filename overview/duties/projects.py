"""Secretary-led projects that wait: to be declared, put right, followed by quarter, or screened (S-39)."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules.roles import WRITING_ROLES, Role
from common import clock
from overview.duties.duty import Duty
from reporting.models import Project, ProjectScope
from reporting.rules.cycles import CyclePhase
from reporting.rules.projects import ProjectState, ScopeMode, quarter_of


def projects_to_declare(user: User) -> Iterator[Duty]:
    """The own organization's projects that are still to be declared, or whose quarter has no text yet."""
    own = Project.objects.filter(organization__in=user.organizations_as(*WRITING_ROLES))
    own = own.exclude(cycle__phase=CyclePhase.CLOSED).exclude(state__in=[ProjectState.DECLARED, ProjectState.CLOSED])
    today = clock.today()
    for project in own.select_related("cycle").prefetch_related("progress"):
        url = reverse("reporting:project_show", args=[project.pk])
        title = _("领办项目：%(title)s") % {"title": project.title}
        if project.is_writable:
            returned = project.state == ProjectState.RETURNED
            text = _("已退回，请按意见修改后重新申报。") if returned else _("还没有申报。")
            yield Duty(title, text, url, _("去申报"), tone="urgent" if returned else "normal")
        elif quarter_of(today, project.cycle.year) not in {row.quarter for row in project.progress.all()}:
            url = reverse("reporting:project_progress", args=[project.pk])
            yield Duty(title, _("本季度还没有填写进展。"), url, _("填写进展"), project.deadline)


def projects_to_begin(user: User) -> Iterator[Duty]:
    """Organizations that must declare a project and have not begun one (S-40)."""
    own = user.organizations_as(*WRITING_ROLES)
    scopes = ProjectScope.objects.filter(cycle__committee__in=own.values("parent")).select_related("cycle__committee")
    for scope in scopes.exclude(cycle__phase=CyclePhase.CLOSED).exclude(mode=ScopeMode.NONE):
        for each in scope.required().filter(pk__in=own).exclude(projects__cycle=scope.cycle_id):
            text = _("%(organization)s应由书记领办至少一个项目，还没有起草。") % {"organization": each.label}
            title = _("%(year)s年度领办项目申报") % {"year": scope.cycle.year}
            late = scope.deadline.state(clock.today()) in {"overdue", "soon"}
            tone = "urgent" if late else "normal"
            yield Duty(title, text, reverse("reporting:project_create"), _("起草项目"), scope.deadline, tone)


def projects_to_screen(user: User) -> Iterator[Duty]:
    committees = user.organizations_as(Role.ORGANIZATION_DEPARTMENT)
    waiting = Project.objects.filter(cycle__committee__in=committees).exclude(cycle__phase=CyclePhase.CLOSED)
    count = waiting.filter(state=ProjectState.DECLARED).count()
    if count:
        url = f"{reverse('reporting:project_list')}?state={ProjectState.DECLARED}"
        text = _("有%(count)s个书记领办项目待审核。") % {"count": count}
        yield Duty(_("领办项目审核"), text, url, _("去审核"), tone="urgent")
