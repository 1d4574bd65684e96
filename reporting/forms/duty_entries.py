"""An entry of the duty log, quick to fill in on a phone (S-46)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User
from accounts.rules.roles import WRITING_ROLES
from common import clock
from common.forms import Form
from reporting.models import DutyEntry
from reporting.rules.duty_entries import DutyKind


class OrganizationField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Organization) -> str:
        return obj.label


class DutyEntryForm(Form):
    """Either a date or words for it; the year is the date's, or this year's where there are words only."""

    organization = OrganizationField(Organization.objects.none(), label=_("单位"), empty_label=None)
    kind = forms.ChoiceField(label=_("类型"), choices=DutyKind.choices)
    subject = forms.CharField(
        label=_("做了什么"), max_length=200, strip=False, help_text=_("到哪里、办什么事，一句话。")
    )
    date = forms.DateField(
        label=_("日期"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    date_text = forms.CharField(
        label=_("日期（文字）"), max_length=30, required=False, strip=False, help_text=_("不便写明时填，如“3月X日”。")
    )
    count_text = forms.CharField(
        label=_("次数"), max_length=20, required=False, strip=False, help_text=_("不填算1次；可写“3”“多次”“X”。")
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any, *, user: User, entry: DutyEntry | None = None, kind: str = "") -> None:
        super().__init__(data, initial=_stored(entry) if entry else {"date": clock.today(), "kind": kind})
        self.entry = entry
        organizations = user.organizations_as(*WRITING_ROLES)
        if entry is not None:
            del self.fields["organization"]
            return
        field = self.fields["organization"]
        field.queryset, field.initial = organizations, organizations.first()
        if len(organizations) < 2:
            field.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        if not facts.get("date") and not facts.get("date_text", "").strip() and "date" not in self.errors:
            self.add_error("date", _("请选择日期，或者在“日期（文字）”里写明。"))
        return facts

    @property
    def facts(self) -> dict[str, Any]:
        names = ("kind", "subject", "date", "date_text", "count_text")
        facts = {name: self.cleaned_data[name] for name in names}
        if facts["date"]:
            return facts | {"year": facts["date"].year}
        return facts | {"year": self.entry.year if self.entry else clock.today().year}


def _stored(entry: DutyEntry) -> dict[str, Any]:
    names = ("kind", "subject", "date", "date_text", "count_text", "revision")
    return {name: getattr(entry, name) for name in names}


class DutyEntryFilterForm(Form):
    year = forms.IntegerField(label=_("年度"), required=False, min_value=2000, max_value=2100)
    kind = forms.ChoiceField(label=_("类型"), required=False, choices=[("", _("全部")), *DutyKind.choices])
    q = forms.CharField(label=_("事项"), required=False)
