"""Forms of inspection records (S-15)."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User
from common.forms import Form, LongTextField
from rectification.permissions import INSPECTING_ROLES
from rectification.rules.items import InspectionKind
from reporting.models import Cycle, KeyTask

from .items import DateInput
from .lists import ALL


class OrganizationChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Organization) -> str:
        return obj.label


class KeyTaskField(forms.ModelChoiceField):
    def label_from_instance(self, obj: KeyTask) -> str:
        return f"{obj}：{obj.short_text}"


class InspectionFilterForm(Form):
    kind = forms.ChoiceField(label=_("督查形式"), required=False, choices=[ALL, *InspectionKind.choices])
    year = forms.IntegerField(label=_("年份"), required=False, min_value=1900, max_value=9999)
    q = forms.CharField(label=_("被督查单位"), required=False)


class InspectionForm(Form):
    committee = OrganizationChoiceField(Organization.objects.none(), label=_("督查单位"), empty_label=None)
    organization = OrganizationChoiceField(Organization.objects.none(), label=_("被督查单位"), empty_label=_("请选择"))
    kind = forms.ChoiceField(label=_("督查形式"), choices=InspectionKind.choices)
    date = forms.DateField(label=_("日期"), widget=DateInput())
    inspectors = forms.CharField(label=_("督查人员"), max_length=120, required=False, strip=False)
    findings = LongTextField(label=_("发现的情况和问题"), rows=8)
    key_task = KeyTaskField(
        KeyTask.objects.none(), label=_("对应的重点任务"), required=False, empty_label=_("不对应某一项")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        committees = user.organizations_as(*INSPECTING_ROLES)
        below = Q(pk__in=[])
        for committee in committees:
            below |= Q(path__startswith=committee.path) & ~Q(pk=committee.pk)
        self.fields["committee"].queryset = committees
        self.fields["organization"].queryset = Organization.objects.filter(below).order_by("path")
        tasks = KeyTask.objects.filter(cycle__committee__in=committees, cycle__in=Cycle.objects.running())
        self.fields["key_task"].queryset = tasks.select_related("cycle").order_by("-cycle__year", "position")
        if len(committees) == 1:
            self.fields["committee"].widget = forms.HiddenInput()
            self.fields["committee"].initial = committees[0]
