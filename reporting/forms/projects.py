"""The declaration of a project, its quarterly progress, and what the organization department does with it (S-39 to S-42)."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Domain, Organization, Post, User
from accounts.rules.roles import SUBMITTING_ROLES, WRITING_ROLES
from common import clock
from common.forms import Form, LongTextField
from reporting.actions.projects import PUSHED_FACTS, Milestone, ScopeChoice
from reporting.models import Cycle, Project, ProjectScope
from reporting.rules.cycles import nearness
from reporting.rules.projects import ProjectState, Quarter, ScopeMode

PREFIX = "milestones"
DUE_HELP = _("按原文写，如“11月底前”“X月X日前”，原样打印。")


class DateInput(forms.DateInput):
    def __init__(self) -> None:
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")


class LabelledOrganizations(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Organization) -> str:
        return obj.label


class ProjectWords(Form):
    """What the declaration and the number-one project have in common."""

    title = forms.CharField(
        label=_("项目名称"), max_length=120, strip=False, help_text=_("切口要小，一看就知道办什么事。")
    )
    background = LongTextField(label=_("实施背景"), rows=4, required=False)
    problem = LongTextField(
        label=_("拟解决的问题"), rows=4, required=False, help_text=_("写清哪里的什么问题，解决到什么程度。")
    )
    measures = LongTextField(label=_("内容措施"), rows=6, required=False)
    expected = LongTextField(label=_("预期成效"), rows=4, required=False, help_text=_("年底能查、能看、能比。"))
    target = forms.CharField(
        label=_("目标比例"),
        max_length=120,
        required=False,
        strip=False,
        help_text=_("如“达标村不低于95%”。没有可不填。"),
    )
    due_text = forms.CharField(
        label=_("完成时限（文字）"), max_length=60, required=False, strip=False, help_text=DUE_HELP
    )
    due_date = forms.DateField(
        label=_("完成时限（日期）"), required=False, widget=DateInput, help_text=_("可不填。填了日期才认定逾期。")
    )


WORDS = tuple(ProjectWords.base_fields)


class ProjectForm(ProjectWords):
    """A draft may be incomplete: what is missing is asked for when it is declared."""

    leader = forms.ModelChoiceField(Post.objects.none(), label=_("领办人"), required=False)
    responsible_units = forms.CharField(label=_("责任单位"), max_length=200, required=False, strip=False)
    supporting_units = forms.CharField(label=_("配合单位"), max_length=200, required=False, strip=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    field_order = ("title", "leader", *WORDS[1:], "responsible_units", "supporting_units")

    def __init__(self, data: Any, *, project: Project | None = None, organization: Organization | None) -> None:
        self.project = project
        super().__init__(data, initial=self._stored(project) if project else None)
        if organization is None:
            del self.fields["leader"]
        else:
            self._offer_leaders(organization)
        if project is not None and project.is_number_one:
            for name in PUSHED_FACTS:
                self.fields[name].disabled = True

    @staticmethod
    def _stored(project: Project) -> dict[str, Any]:
        names = (*WORDS, "leader", "responsible_units", "supporting_units", "revision")
        return {name: getattr(project, name) for name in names}

    def _offer_leaders(self, organization: Organization) -> None:
        field = self.fields["leader"]
        posts = organization.posts.current().filter(role__in=SUBMITTING_ROLES)
        field.queryset = posts.select_related("person", "organization").order_by("-is_first_responsible", "pk")
        field.label_from_instance = lambda post: f"{post.person.name}（{post.title}）"
        if self.project is None:
            field.initial = organization.first_responsible

    @property
    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in {"revision", "place"}}


class ProjectCreateForm(ProjectForm):
    """Nearly everybody has one year to declare in; who has several chooses."""

    place = forms.ChoiceField(label=_("申报到"))
    field_order = ("place", *ProjectForm.field_order)

    def __init__(self, data: Any, *, user: User) -> None:
        self.places = open_places(user)
        only = next(iter(self.places.values())) if len(self.places) == 1 else None
        super().__init__(data, organization=only[1] if only else None)
        self.fields["place"].choices = [
            (key, f"{organization.label}：{cycle}") for key, (cycle, organization) in self.places.items()
        ]
        if only:
            self.fields["place"].widget = forms.HiddenInput()
            self.fields["place"].initial = next(iter(self.places))

    @property
    def chosen_place(self) -> tuple[Cycle, Organization]:
        return self.places[self.cleaned_data["place"]]


def open_places(user: User) -> dict[str, tuple[Cycle, Organization]]:
    """Running years of the superiors of those for whom the user writes."""
    organizations = {
        each.parent_id: each for each in user.organizations_as(*WRITING_ROLES).filter(parent__isnull=False)
    }
    cycles = Cycle.objects.running().filter(committee__in=organizations).select_related("committee")
    this_year = clock.today().year
    ordered = sorted(cycles, key=lambda cycle: nearness(cycle.year, this_year))
    return {f"{cycle.pk}": (cycle, organizations[cycle.committee_id]) for cycle in ordered}


class MilestoneForm(Form):
    text = forms.CharField(label=_("阶段任务"), max_length=300, required=False, strip=False)
    due_text = forms.CharField(label=_("时限"), max_length=60, required=False, strip=False)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        if facts.get("due_text", "").strip() and not facts.get("text", "").strip():
            self.add_error("text", _("请写明这个时限要完成什么。"))
        return facts


class BaseMilestones(forms.BaseFormSet):
    deletion_widget = forms.CheckboxInput

    @property
    def rows(self) -> list[Milestone]:
        found = [form.cleaned_data for form in self.ordered_forms if form.cleaned_data]
        return [Milestone(row["text"], row["due_text"]) for row in found if row.get("text", "").strip()]


_Milestones = forms.formset_factory(
    MilestoneForm, formset=BaseMilestones, extra=1, can_delete=True, can_order=True, max_num=40
)


def milestones_of(data: Any, project: Project | None = None) -> BaseMilestones:
    rows = project.milestones.all() if project else ()
    return _Milestones(data, prefix=PREFIX, initial=[{"text": row.text, "due_text": row.due_text} for row in rows])


class ProjectPushForm(ProjectWords):
    is_mandatory = forms.BooleanField(
        label=_("硬性任务，不得变通、不得推迟"), required=False, initial=True, help_text=_("在各单位的列表中标出。")
    )
    organizations = LabelledOrganizations(Organization.objects.none(), label=_("下达给"))

    def __init__(self, data: Any, *, cycle: Cycle) -> None:
        earlier = cycle.projects.filter(is_number_one=True).order_by("-pk").first()
        super().__init__(data, initial={name: getattr(earlier, name) for name in WORDS} if earlier else None)
        below = cycle.committee.children.order_by("code")
        self.fields["organizations"].queryset = below.exclude(
            pk__in=cycle.projects.filter(is_number_one=True).values("organization")
        )
        self.has_earlier = earlier is not None

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in WORDS}

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        if not facts.get("due_text", "").strip() and not facts.get("due_date"):
            self.add_error("due_text", _("请写明完成时限。"))
        return facts


class ProjectScopeForm(Form):
    mode = forms.ChoiceField(label=_("哪些单位必须申报"), choices=ScopeMode.choices, widget=forms.RadioSelect)
    domains = forms.ModelMultipleChoiceField(
        Domain.objects.all(),
        label=_("领域"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("选“按领域”时填写。"),
    )
    organizations = LabelledOrganizations(
        Organization.objects.none(), label=_("单位"), required=False, help_text=_("选“逐个指定”时填写。")
    )
    due_text = forms.CharField(
        label=_("申报时限（文字）"), max_length=60, required=False, strip=False, help_text=DUE_HELP
    )
    due_date = forms.DateField(label=_("申报时限（日期）"), required=False, widget=DateInput)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, cycle: Cycle, scope: ProjectScope | None) -> None:
        super().__init__(data, initial=self._stored(scope))
        self.fields["organizations"].queryset = cycle.committee.children.order_by("code")

    @staticmethod
    def _stored(scope: ProjectScope | None) -> dict[str, Any]:
        if scope is None:
            return {"mode": ScopeMode.NONE, "revision": 0}
        chosen = {"domains": scope.domains.all(), "organizations": scope.organizations.all()}
        return {name: getattr(scope, name) for name in ("mode", "due_text", "due_date", "revision")} | chosen

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        for mode, name in ((ScopeMode.DOMAINS, "domains"), (ScopeMode.CHOSEN, "organizations")):
            if facts.get("mode") == mode and not facts.get(name):
                self.add_error(name, _("请至少选择一项。"))
        return facts

    @property
    def choice(self) -> ScopeChoice:
        facts = self.cleaned_data
        return ScopeChoice(
            mode=facts["mode"],
            domains=list(facts["domains"]) if facts["mode"] == ScopeMode.DOMAINS else [],
            organizations=list(facts["organizations"]) if facts["mode"] == ScopeMode.CHOSEN else [],
            due_text=facts["due_text"],
            due_date=facts["due_date"],
        )


class ProjectReturnForm(Form):
    reason = LongTextField(label=_("退回意见"), rows=4, help_text=_("写清改哪里、怎么改，对方照此修改。"))


class ProjectCloseForm(Form):
    outcome = LongTextField(label=_("结项成效"), rows=8, help_text=_("已按最近一次进展填好，可以修改。"))
    is_replicable = forms.BooleanField(label=_("可复制、可推广"), required=False)


class ProjectProgressForm(Form):
    quarter = forms.TypedChoiceField(label=_("季度"), choices=Quarter.choices, coerce=int, widget=forms.RadioSelect)
    text = LongTextField(
        label=_("进展情况"), rows=8, help_text=_("写做了什么、到了哪一步、还差什么；同一季度再填即为更正。")
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


class ProjectFilterForm(Form):
    q = forms.CharField(label=_("项目或单位"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("全部")), *ProjectState.choices])
    domain = forms.ModelChoiceField(Domain.objects.all(), label=_("领域"), required=False, empty_label=_("全部"))
    year = forms.IntegerField(label=_("考核年度"), required=False)
    mark = forms.ChoiceField(
        label=_("标记"),
        required=False,
        choices=[("", _("全部")), ("number_one", _("一号项目")), ("replicable", _("可推广"))],
    )

    def filtered(self, projects: QuerySet[Project]) -> QuerySet[Project]:
        if not self.is_valid():
            return projects
        wanted = self.cleaned_data
        if wanted["q"]:
            projects = projects.matching(wanted["q"])
        columns = {"state": "state", "domain": "organization__domain", "year": "cycle__year"}
        projects = projects.filter(**{column: wanted[name] for name, column in columns.items() if wanted[name]})
        marks = {"number_one": {"is_number_one": True}, "replicable": {"is_replicable": True}}
        return projects.filter(**marks.get(wanted["mark"], {}))
