"""When a stage of a project was done."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Form
from reporting.forms.projects import DateInput


class MilestoneForm(Form):
    done_on = forms.DateField(
        label=_("完成日期"), required=False, widget=DateInput, help_text=_("清空日期，即改为未完成。")
    )
