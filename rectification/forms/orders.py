"""The form of 责令限期整改 (S-10)."""

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from common import clock
from common.forms import Form, LongTextField
from rectification.forms.items import DateInput


class OrderForm(Form):
    text = LongTextField(label=_("问题"), rows=3)
    measure = LongTextField(label=_("整改要求"), rows=3)
    due_date = forms.DateField(label=_("整改时限"), widget=DateInput(), help_text=_("在这一天以前完成，含当天。"))
    lead_unit = forms.CharField(label=_("牵头单位（责任人）"), max_length=120, strip=False)

    def clean_due_date(self) -> dt.date:
        day: dt.date = self.cleaned_data["due_date"]
        if day < clock.today():
            raise forms.ValidationError(_("整改时限不能早于今天。"))
        return day
