"""Asking the superior, and the answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Form, LongTextField
from rectification.rules.escalations import EscalationState

from .lists import ALL


class EscalationFilterForm(Form):
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[ALL, *EscalationState.choices])


class EscalationForm(Form):
    reason = LongTextField(
        label=_("需要协调解决的问题"), rows=5, help_text=_("写明本级做了什么、为什么解决不了、请上级协调什么。")
    )


class EscalationAnswerForm(Form):
    reply = LongTextField(label=_("答复意见"), rows=5)
