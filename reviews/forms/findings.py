"""Which finding becomes what."""

from django import forms

from common.forms import Form


class FindingRaiseForm(Form):
    key = forms.CharField(max_length=60)
    scope = forms.ChoiceField(choices=[("individual", ""), ("common", "")])
    category = forms.CharField(max_length=30, required=False)
