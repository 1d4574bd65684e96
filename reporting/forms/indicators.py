"""Which organizations and which figures the board of indicators shows."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Domain
from common.forms import Form
from reporting.rules.indicators import Verdict


class IndicatorFilterForm(Form):
    q = forms.CharField(label=_("单位或代码"), required=False)
    domain = forms.ModelChoiceField(Domain.objects.all(), label=_("领域"), required=False, empty_label=_("全部"))
    verdict = forms.ChoiceField(
        label=_("有一项"), required=False, choices=[("", _("全部")), *Verdict.choices, ("none", _("没有报送"))]
    )
    every = forms.BooleanField(label=_("没有标准的数据也列出"), required=False)
