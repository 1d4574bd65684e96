"""A key task, whom it is given to, and what is taken over from last year."""

import dataclasses
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Domain, Organization
from common.forms import Form, LongTextField
from reporting.actions.key_tasks import TaskFacts
from reporting.models import BasisDocument, Cycle, KeyTask

FACTS = tuple(field.name for field in dataclasses.fields(TaskFacts))


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class KeyTaskForm(Form):
    position = forms.IntegerField(
        label=_("序号"), required=False, min_value=1, max_value=999, help_text=_("排在第几项；不填排在最后。")
    )
    group = forms.CharField(
        label=_("类别"), max_length=60, required=False, strip=False, help_text=_("如“十件实事”“六大工程”，没有可不填。")
    )
    text = LongTextField(label=_("任务内容"), rows=3)
    target = LongTextField(
        label=_("目标要求"),
        rows=3,
        required=False,
        help_text=_("对全部承担单位的要求；个别单位不同的，分配以后在“分单位目标”中填写。"),
    )
    lead_department = forms.CharField(label=_("牵头单位"), max_length=120, required=False, strip=False)
    co_departments = forms.CharField(
        label=_("责任单位"),
        max_length=250,
        required=False,
        strip=False,
        help_text=_("可以是多个，用顿号隔开，原样显示。"),
    )
    due_text = forms.CharField(
        label=_("完成时限（文字）"),
        max_length=60,
        required=False,
        strip=False,
        help_text=_("按文件写法填写，如“XX年底前”“6月底前”，原样显示和打印。"),
    )
    due_date = forms.DateField(
        label=_("完成时限（日期）"),
        required=False,
        widget=DateInput(),
        help_text=_("可不填。填了日期才计算逾期，次日起算。"),
    )
    is_mandatory = forms.BooleanField(
        label=_("铁的纪律：不打折扣、不搞变通，承担单位不能申请取消或延期"), required=False
    )
    basis = forms.ModelChoiceField(
        BasisDocument.objects.none(),
        label=_("依据文件"),
        required=False,
        empty_label=_("不引用"),
        help_text=_("从依据文件库中选择；没有的，先到“依据文件”登记。"),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, committee: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["basis"].queryset = BasisDocument.objects.of(committee)  # type: ignore[attr-defined]

    @property
    def facts(self) -> TaskFacts:
        return TaskFacts(**{name: self.cleaned_data[name] for name in FACTS})

    @staticmethod
    def initial_of(task: KeyTask) -> dict[str, Any]:
        return {name: getattr(task, name) for name in (*FACTS, "revision")}


class Scope:
    REPORTERS = "reporters"
    ALL = "all"
    DOMAINS = "domains"
    HAND = "hand"


class KeyTaskAssignForm(Form):
    """Which tasks go to whom: all who report, all direct subordinates, some domains, or one by one."""

    tasks = forms.ModelMultipleChoiceField(
        None,
        label=_("任务"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选择一项任务。")},
    )
    scope = forms.ChoiceField(label=_("分配给"), widget=forms.RadioSelect)
    domains = forms.ModelMultipleChoiceField(
        None, label=_("领域（选了“按领域”时勾选）"), widget=forms.CheckboxSelectMultiple, required=False
    )
    organizations = forms.ModelMultipleChoiceField(
        None, label=_("单位（选了“逐个选择”时勾选）"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, cycle: Cycle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subordinates = cycle.committee.children.order_by("code")
        self.reporting = self.subordinates.filter(reporters__cycle=cycle)
        self.fields["tasks"].queryset = cycle.key_tasks.all()
        self.fields["tasks"].label_from_instance = lambda task: f"{task.position}．{task.short_text}"
        self.fields["domains"].queryset = Domain.objects.filter(organization__in=self.subordinates).distinct()
        self.fields["organizations"].queryset = self.subordinates
        self.fields["organizations"].label_from_instance = lambda organization: organization.label
        self.fields["scope"].choices = self._scopes()
        self.fields["scope"].initial = self.fields["scope"].choices[0][0]

    def _scopes(self) -> list[tuple[str, str]]:
        reporting = self.reporting.count()
        scopes = [(Scope.REPORTERS, _("全部述职单位（%(n)s个）") % {"n": reporting})] if reporting else []
        return [
            *scopes,
            (Scope.ALL, _("全部直属下级党组织（%(n)s个）") % {"n": self.subordinates.count()}),
            (Scope.DOMAINS, _("按领域")),
            (Scope.HAND, _("逐个选择")),
        ]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("scope") == Scope.DOMAINS and not facts.get("domains"):
            self.add_error("domains", _("请至少勾选一个领域。"))
        if facts.get("scope") == Scope.HAND and not facts.get("organizations"):
            self.add_error("organizations", _("请至少勾选一个单位。"))
        return facts

    @property
    def chosen(self) -> list[Organization]:
        facts = self.cleaned_data
        return list(
            {
                Scope.REPORTERS: self.reporting,
                Scope.ALL: self.subordinates,
                Scope.DOMAINS: self.subordinates.filter(domain__in=facts["domains"]),
                Scope.HAND: facts["organizations"],
            }[facts["scope"]]
        )


class KeyTaskCopyForm(Form):
    tasks = forms.ModelMultipleChoiceField(
        None,
        label=_("沿用哪些任务"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选择一项任务。")},
    )
    with_assignments = forms.BooleanField(label=_("同时沿用承担单位和分单位目标"), required=False, initial=True)

    def __init__(self, *args: Any, tasks: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tasks"].queryset = tasks
        self.fields["tasks"].label_from_instance = lambda task: f"{task.position}．{task.short_text}"
        self.fields["tasks"].initial = [task.pk for task in tasks]


class MatrixFilterForm(Form):
    q = forms.CharField(label=_("单位或代码"), required=False)
    domain = forms.ModelChoiceField(Domain.objects.all(), label=_("领域"), required=False, empty_label=_("全部"))
    behind = forms.BooleanField(label=_("只看滞后的单位"), required=False)
