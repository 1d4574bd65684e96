"""The minutes as a text."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Form, LongTextField


class MinutesForm(Form):
    text = LongTextField(
        label=_("会议纪要"), rows=32, help_text=_("每行一个自然段；标题写“一、……”“（一）……”，印发时自动排版。")
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
