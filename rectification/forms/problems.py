"""Forms of problems: filters, entering, sorting, merging, whom a common one concerns (S-111 to S-117)."""

import dataclasses
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Domain, Organization, Post
from common.forms import Form, LongTextField
from rectification.actions.problems import ProblemDraft, ProblemFacts
from rectification.models import Inspection, Problem, RectificationItem
from rectification.rules.items import ProblemSource
from rectification.rules.problems import ProblemNovelty, ProblemScope
from reporting.models import Cycle, ProblemCategory

from .items import PostChoiceField

ALL = ("", _("全部"))
TEXTS = ("text", "cause")


class OrganizationChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Organization) -> str:
        return obj.label


class OrganizationsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Organization) -> str:
        return obj.label


class PreviousField(forms.ModelChoiceField):
    def label_from_instance(self, obj: RectificationItem) -> str:
        return f"{obj.list.cycle.year}年度第{obj.position}项：{obj.problem.text[:40]}"


def reporting_organizations(cycle: Cycle) -> Any:
    return Organization.objects.filter(pk__in=cycle.reporters.values("organization")).order_by("code")


class CategoryMixin(forms.Form):
    """A field `category` with the committee's list, and whatever older word the problem has."""

    def offer_categories(self, cycle: Cycle, current: str = "") -> None:
        names = ProblemCategory.objects.names_of(cycle.committee)
        names += [current] if current and current not in names else []
        self.fields["category"].choices = [("", _("未分类")), *((name, name) for name in names)]  # type: ignore[attr-defined]


class ProblemFilterForm(CategoryMixin, Form):
    WAITING = (("waiting", _("还没有列入清单")), ("listed", _("已列入清单")), ("merged", _("已归并")))

    source = forms.ChoiceField(label=_("问题来源"), required=False, choices=[ALL, *ProblemSource.choices])
    scope = forms.ChoiceField(label=_("共性或个性"), required=False, choices=[ALL, *ProblemScope.choices])
    novelty = forms.ChoiceField(label=_("新老问题"), required=False, choices=[ALL, *ProblemNovelty.choices])
    serious = forms.ChoiceField(label=_("严重问题"), required=False, choices=[ALL, ("yes", _("只看严重问题"))])
    category = forms.ChoiceField(label=_("问题类别"), required=False)
    domain = forms.ModelChoiceField(Domain.objects.all(), label=_("涉及领域"), required=False, empty_label=_("全部"))
    organization = forms.CharField(label=_("单位"), required=False)
    listed = forms.ChoiceField(label=_("清单"), required=False, choices=[ALL, *WAITING])
    q = forms.CharField(label=_("问题文字"), required=False)

    def __init__(self, *args: Any, cycle: Cycle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_categories(cycle)
        choices = list(self.fields["category"].choices)  # type: ignore[attr-defined]
        self.fields["category"].choices = [ALL, ("-", _("未分类")), *choices[1:]]  # type: ignore[attr-defined]

    def filtered(self, rows: Any) -> Any:
        wanted = self.cleaned_data if self.is_valid() else {}
        for name in ("source", "scope", "novelty", "domain"):
            if wanted.get(name):
                rows = rows.filter(**{name: wanted[name]})
        if wanted.get("serious"):
            rows = rows.filter(is_serious=True)
        if wanted.get("category"):
            rows = rows.filter(category="" if wanted["category"] == "-" else wanted["category"])
        if wanted.get("organization"):
            name = wanted["organization"]
            rows = rows.filter(Q(organization__name__icontains=name) | Q(organization__code__icontains=name))
        if wanted.get("q"):
            rows = rows.filter(Q(text__icontains=wanted["q"]) | Q(cause__icontains=wanted["q"]))
        if wanted.get("listed") == "waiting":
            return rows.waiting()
        if wanted.get("listed"):
            return rows.filter(item__isnull=False) if wanted["listed"] == "listed" else rows.merged()
        return rows


class ProblemForm(CategoryMixin, Form):
    """What every problem has; `organization` empty means a common one."""

    text = LongTextField(label=_("问题"), rows=4)
    cause = LongTextField(label=_("原因"), rows=3, required=False)
    category = forms.ChoiceField(label=_("问题类别"), required=False)
    novelty = forms.ChoiceField(label=_("新老问题"), required=False, choices=ProblemNovelty.choices)
    domain = forms.ModelChoiceField(
        Domain.objects.all(), label=_("涉及领域"), required=False, empty_label=_("按单位所属领域")
    )
    is_serious = forms.BooleanField(
        label=_("严重问题"),
        required=False,
        help_text=_("逾期没有整改、上级又长期没有督促的，列入同步问责关注。"),
    )
    unnamed = forms.BooleanField(
        label=_("公开通报时不点名，写作“有的单位”"),
        required=False,
        help_text=_("系统内仍记录所属单位，整改责任不变。"),
    )


class ProblemAddForm(ProblemForm):
    source = forms.ChoiceField(label=_("问题来源"))
    organization = OrganizationChoiceField(
        Organization.objects.none(),
        label=_("单位"),
        required=False,
        empty_label=_("共性问题，涉及多个单位"),
        help_text=_("选了单位的，清单开放时直接列入；共性问题列入各有关单位的清单。"),
    )
    field_order = ("organization", "source", "text", "cause", "category", "novelty", "domain", "is_serious", "unnamed")

    def __init__(self, *args: Any, cycle: Cycle, sources: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_categories(cycle)
        self.fields["source"].choices = [("", _("请选择"))] + [(each.value, each.label) for each in sources]  # type: ignore[attr-defined]
        self.fields["organization"].queryset = reporting_organizations(cycle)  # type: ignore[attr-defined]

    def draft(self, inspection: Inspection | None = None) -> ProblemDraft:
        facts = {k: v for k, v in self.cleaned_data.items() if k != "organization"}
        return ProblemDraft(**facts, inspection=inspection)


class ProblemEditForm(ProblemForm):
    responsible = PostChoiceField(
        Post.objects.none(),
        label=_("问题责任人"),
        required=False,
        empty_label=_("未指定"),
        help_text=_("默认是本单位抓党建第一责任人。"),
    )
    previous = PreviousField(
        RectificationItem.objects.none(), label=_("接续上年度事项"), required=False, empty_label=_("不接续")
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, problem: Problem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_categories(problem.cycle, problem.category)
        if problem.is_common:
            del self.fields["responsible"], self.fields["previous"]
            return
        posts = Post.objects.filter(organization=problem.organization).select_related("person")
        self.fields["responsible"].queryset = posts  # type: ignore[attr-defined]
        items = RectificationItem.objects.filter(
            list__reporter__organization=problem.organization, list__reporter__cycle__year__lt=problem.cycle.year
        )
        items = items.for_table().order_by("-list__reporter__cycle__year", "position")
        self.fields["previous"].queryset = items  # type: ignore[attr-defined]
        if problem.is_promised:
            for name in TEXTS:
                self.fields[name].disabled = True
                self.fields[name].help_text = _("已列入报审或承诺的清单，文字不能再改。")

    @classmethod
    def initial_of(cls, problem: Problem) -> dict[str, Any]:
        names = (*(field.name for field in dataclasses.fields(ProblemFacts)), "revision")
        return {name: getattr(problem, name) for name in names}

    def facts(self) -> ProblemFacts:
        return ProblemFacts(**{k: v for k, v in self.cleaned_data.items() if k != "revision"})


class ProblemMergeForm(CategoryMixin, Form):
    text = LongTextField(label=_("归并后的问题"), rows=4)
    cause = LongTextField(label=_("原因"), rows=3, required=False)
    category = forms.ChoiceField(label=_("问题类别"), required=False)

    def __init__(self, *args: Any, cycle: Cycle, current: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_categories(cycle, current)


class ProblemAssignForm(Form):
    organizations = OrganizationsField(
        Organization.objects.none(),
        label=_("列入哪些单位的清单"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("一个都不选，就是全体述职单位。已经有对应问题的单位不重复列入。"),
    )

    def __init__(self, *args: Any, problem: Problem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organizations"].queryset = reporting_organizations(problem.cycle)  # type: ignore[attr-defined]
