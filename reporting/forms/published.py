"""Which of the published reports to show."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Domain
from common.forms import Form


class PublishedFilterForm(Form):
    q = forms.CharField(label=_("单位、代码或姓名"), required=False)
    year = forms.IntegerField(label=_("考核年度"), required=False)
    domain = forms.ModelChoiceField(Domain.objects.all(), label=_("领域"), required=False, empty_label=_("全部"))
