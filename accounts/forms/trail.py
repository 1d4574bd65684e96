from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.people import DateInput
from common.forms import Form


class AuditFilterForm(Form):
    q = forms.CharField(label=_("对象、操作人或操作"), required=False)
    since = forms.DateField(label=_("起始日期"), required=False, widget=DateInput())
