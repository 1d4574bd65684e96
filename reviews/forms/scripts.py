"""The hosting script as a text."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Form, LongTextField


class ScriptForm(Form):
    text = LongTextField(
        label=_("主持词"),
        rows=32,
        help_text=_("每行一个自然段；他人讲话处的省略号、括号里的提示语原样保留。"),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
