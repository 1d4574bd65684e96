"""Class of the year: one organization in full, or a committee's subordinates in a table."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.actions.classes import ClassRow
from accounts.forms.people import DateInput
from accounts.models import Organization, OrganizationClass, Post, User
from accounts.rules.classes import OrganizationRank, rank_of
from common import clock
from common.forms import Form, ModelForm, RevisionMixin

FIRST_YEAR, LAST_YEAR = 2000, 2100
WEAK, NONE = "weak", "none"


class RankField(forms.ChoiceField):
    """One of three; 中间 is 一般."""

    def __init__(self, **kwargs: Any) -> None:
        choices = [("", _("未分类")), *OrganizationRank.choices]
        super().__init__(label=_("年度分类"), choices=choices, **kwargs)

    def to_python(self, value: Any) -> str:
        return rank_of(super().to_python(value))


class RankFilterField(RankField):
    """As a filter of a list: further 软弱涣散 and those without a class."""

    def __init__(self) -> None:
        super().__init__(required=False)
        ranks = OrganizationRank.choices
        self.choices = [("", _("全部")), *ranks, (WEAK, _("软弱涣散")), (NONE, _("未分类"))]


class YearForm(Form):
    """Whatever year a list is asked for; this year where nothing sensible is asked."""

    year = forms.IntegerField(label=_("年度"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False)

    @property
    def wanted_year(self) -> int:
        return (self.cleaned_data.get("year") if self.is_valid() else None) or clock.today().year


class LeaderField(forms.ModelChoiceField):
    """Posts of leading people in the committees above an organization."""

    def label_from_instance(self, obj: Post) -> str:
        return f"{obj.person.label} {obj.printed}"


class ClassForm(RevisionMixin, ModelForm):
    rank = RankField()
    leader = LeaderField(Post.objects.none(), label=_("包抓领导"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = OrganizationClass
        fields = ("rank", "is_weak", "leader", "started_on", "finished_on", "note")
        widgets = {"started_on": DateInput(), "finished_on": DateInput()}
        help_texts = {"is_weak": _("列为软弱涣散的，填写包抓领导和整顿的起止日期。")}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.instance
        self.fields["leader"].queryset = Post.objects.leading_above(row.organization, user, kept=row.leader_id)
        self.initial["revision"] = row.revision if row.pk else 0

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        if not facts.get("is_weak") and any(facts.get(name) for name in ("leader", "started_on", "finished_on")):
            self.add_error("is_weak", _("填写了包抓领导或整顿日期，请勾选“软弱涣散”，或清空这些内容。"))
        return facts


class ClassRowForm(Form):
    rank = RankField(required=False)
    is_weak = forms.BooleanField(label=_("软弱涣散"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, organization: Organization) -> None:
        self.organization = organization
        self.stored = next(iter(organization.class_of_year), None)
        now = self.stored
        initial = {
            "rank": now.rank if now else "",
            "is_weak": bool(now and now.is_weak),
            "seen": now.revision if now else 0,
        }
        super().__init__(data, initial=initial, prefix=f"class-{organization.pk}")
        self.fields["rank"].widget.attrs["class"] = "form-select"
        self.fields["is_weak"].widget.attrs["class"] = "form-check-input"

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        if not facts.get("rank") and (facts.get("is_weak") or self.stored):
            self.add_error("rank", _("请选择年度分类。"))
        return facts

    def seen_again(self) -> ClassRowForm:
        """The same choices beside what is stored now; saved again they are meant."""
        data = self.data.copy()
        data[self.add_prefix("seen")] = self.initial["seen"]
        return ClassRowForm(data, organization=self.organization)

    @property
    def row(self) -> ClassRow:
        facts = self.cleaned_data
        return ClassRow(self.organization, facts["rank"], facts["is_weak"], facts["seen"])
