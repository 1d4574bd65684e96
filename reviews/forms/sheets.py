"""The call to hand in score sheets."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Form


class SheetCallForm(Form):
    grace_seconds = forms.IntegerField(label=_("再等多少秒"), min_value=0, max_value=1800)
