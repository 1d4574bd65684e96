"""What was found in a quarter."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Form, LongTextField
from rectification.rules.standing_checks import QUARTERS, StandingOutcome


class StandingCheckForm(Form):
    year = forms.IntegerField(label=_("年份"), min_value=2000, max_value=2100)
    quarter = forms.TypedChoiceField(
        label=_("季度"), coerce=int, choices=[(quarter, _("第%s季度") % quarter) for quarter in QUARTERS]
    )
    outcome = forms.ChoiceField(label=_("检查结果"), choices=StandingOutcome.choices, widget=forms.RadioSelect)
    note = LongTextField(label=_("检查情况"), rows=4)
