"""Secretary-led projects: who must declare one, what was declared, and how it went quarter by quarter (S-39 to S-42)."""

from __future__ import annotations

import typing

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Domain, Organization, Post, User
from accounts.rules.roles import REVIEWING_ROLES, WRITING_ROLES
from common import clock
from common.chinese_text import printed_post
from common.deadlines import Deadline
from reporting.rules.cycles import CyclePhase
from reporting.rules.projects import DECLARED, UNDER_WAY, WRITABLE, ProjectState, Quarter, ScopeMode, missing_facts

from .cycles import Cycle


class ProjectScope(models.Model):
    """申报范围: which direct subordinates must declare a project this year, and by when (S-40)."""

    cycle = models.OneToOneField(Cycle, models.CASCADE, related_name="project_scope")
    mode = models.CharField(_("申报范围"), max_length=10, choices=ScopeMode, default=ScopeMode.NONE)
    domains = models.ManyToManyField(Domain, blank=True, verbose_name=_("领域"))
    organizations = models.ManyToManyField(Organization, blank=True, verbose_name=_("单位"))
    due_text = models.CharField(_("申报时限（文字）"), max_length=60, blank=True)
    due_date = models.DateField(_("申报时限（日期）"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("领办项目申报范围")

    def __str__(self) -> str:
        return f"{self.cycle}领办项目申报范围"

    @property
    def deadline(self) -> Deadline:
        return Deadline(self.due_text, self.due_date)

    def required(self) -> models.QuerySet[Organization]:
        """Everybody who must declare, whether they have or not."""
        below = self.cycle.committee.children.order_by("code")
        if self.mode == ScopeMode.ALL:
            return below
        if self.mode == ScopeMode.DOMAINS:
            return below.filter(domain__in=self.domains.all())
        if self.mode == ScopeMode.CHOSEN:
            return below.filter(pk__in=self.organizations.all())
        return below.none()

    @property
    def audit_organization(self) -> Organization:
        return self.cycle.committee


class ProjectQuerySet(models.QuerySet["Project"]):
    def visible_to(self, user: User) -> typing.Self:
        """Own organization's projects; for the host committee's reviewers what was declared or pushed by them."""
        reach = Q(pk__in=[])
        for post in user.active_posts:
            if post.role in REVIEWING_ROLES:
                reach |= Q(cycle__committee__path__startswith=post.organization.path) & (
                    ~Q(state=ProjectState.DRAFT) | Q(is_number_one=True)
                )
            if post.role in WRITING_ROLES:
                reach |= Q(organization=post.organization_id)
        return self.filter(reach)

    def declared(self) -> typing.Self:
        return self.filter(state__in=DECLARED)

    def under_way(self) -> typing.Self:
        """Accepted ones: those are reported on, quarter by quarter and in the duty report (S-70)."""
        return self.filter(state__in=UNDER_WAY)

    def led_on(self, post: Post) -> typing.Self:
        """What the holder of the post still leads, in years that run."""
        return self.filter(leader=post).exclude(state=ProjectState.CLOSED).exclude(cycle__phase=CyclePhase.CLOSED)

    def matching(self, words: str) -> typing.Self:
        return self.filter(
            Q(title__icontains=words) | Q(organization__name__icontains=words) | Q(organization__code__icontains=words)
        )

    def replicable(self) -> typing.Self:
        """Closed with a result that others can take over (S-42)."""
        return self.filter(state=ProjectState.CLOSED, is_replicable=True)

    def for_table(self) -> typing.Self:
        rows = self.select_related("cycle__committee", "organization__domain", "leader__person")
        return rows.prefetch_related("milestones")


class Project(models.Model):
    """One project of one organization in one year. A number-one project was pushed by the superior (S-41)."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="projects", verbose_name=_("年度"))
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="projects", verbose_name=_("单位"))
    leader = models.ForeignKey(Post, models.PROTECT, null=True, related_name="led_projects", verbose_name=_("领办人"))
    title = models.CharField(_("项目名称"), max_length=120)
    background = models.TextField(_("实施背景"), blank=True)
    problem = models.TextField(_("拟解决的问题"), blank=True)
    measures = models.TextField(_("内容措施"), blank=True)
    expected = models.TextField(_("预期成效"), blank=True)
    responsible_units = models.CharField(_("责任单位"), max_length=200, blank=True)
    supporting_units = models.CharField(_("配合单位"), max_length=200, blank=True)
    target = models.CharField(_("目标比例"), max_length=120, blank=True)
    due_text = models.CharField(_("完成时限（文字）"), max_length=60, blank=True)
    due_date = models.DateField(_("完成时限（日期）"), null=True, blank=True)
    is_number_one = models.BooleanField(_("一号项目"), default=False, editable=False)
    is_mandatory = models.BooleanField(_("硬性任务"), default=False, editable=False)
    state = models.CharField(_("状态"), max_length=12, choices=ProjectState, default=ProjectState.DRAFT)
    declared_at = models.DateTimeField(_("申报时间"), null=True, editable=False)
    return_reason = models.TextField(_("退回意见"), blank=True)
    outcome = models.TextField(_("结项成效"), blank=True)
    is_replicable = models.BooleanField(_("可推广"), default=False)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("书记领办项目")
        ordering = ("-cycle__year", "organization__code", "-is_number_one", "id")
        constraints: typing.ClassVar = [
            models.UniqueConstraint(
                fields=["cycle", "organization"], condition=Q(is_number_one=True), name="one_number_one_project"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization.display_name}“{self.title}”"

    @property
    def is_writable(self) -> bool:
        return self.state in WRITABLE

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def deadline(self) -> Deadline:
        return Deadline(self.due_text, self.due_date)

    @property
    def due_state(self) -> str:
        """Empty once the project is closed: what is done is not late."""
        return "-" if self.state == ProjectState.CLOSED else self.deadline.state(clock.today())

    @property
    def milestones_done(self) -> int:
        """How many stages are done; counts the rows at hand where they were fetched along."""
        return sum(row.done_on is not None for row in self.milestones.all())

    @property
    def printed_leader(self) -> str:
        if self.leader is None:
            return ""
        return f"{printed_post(self.organization.display_name, self.leader.title)}　{self.leader.person.name}"

    def missing_facts(self) -> list[str]:
        facts = {name: str(getattr(self, name)) for name in ("title", "problem", "measures", "expected")}
        return missing_facts(facts, has_milestone=self.milestones.exists(), has_deadline=bool(self.deadline))

    @property
    def audit_organization(self) -> Organization:
        return self.organization


class ProjectMilestone(models.Model):
    """工作安排: a stage with its deadline as worded, and the day on which it was done."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="milestones")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(_("阶段任务"), max_length=300)
    due_text = models.CharField(_("时限"), max_length=60, blank=True)
    done_on = models.DateField(_("完成日期"), null=True, editable=False)

    class Meta:
        verbose_name = _("阶段")
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.text[:60]


class ProjectProgress(models.Model):
    """What was done in a quarter; one text for each, which may be put right later."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="progress")
    quarter = models.PositiveSmallIntegerField(_("季度"), choices=Quarter)
    text = models.TextField(_("进展情况"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("季度进展")
        ordering = ("quarter",)
        constraints: typing.ClassVar = [
            models.UniqueConstraint(fields=["project", "quarter"], name="one_progress_per_quarter"),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.get_quarter_display()}"
