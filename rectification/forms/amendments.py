"""Deciding on a change of a promised item."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Form, LongTextField
from rectification.rules.amendments import AmendmentState

from .lists import ALL


class AmendmentFilterForm(Form):
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[ALL, *AmendmentState.choices])
    q = forms.CharField(label=_("单位"), required=False)


class AmendmentDecideForm(Form):
    verb = forms.ChoiceField(
        label=_("审批结果"),
        choices=[("approve", _("同意调整")), ("refuse", _("不同意，仍按原承诺整改"))],
        widget=forms.RadioSelect,
    )
    opinion = LongTextField(label=_("审批意见"), rows=3, required=False, help_text=_("不同意的，必须写明意见。"))
