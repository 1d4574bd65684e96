from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.forms.people import DateInput
from accounts.models.audit import AuditEntryQuerySet
from common.forms import Form


class AuditFilterForm(Form):
    q = forms.CharField(label=_("对象、操作人或操作"), required=False)
    since = forms.DateField(label=_("起始日期"), required=False, widget=DateInput())
    until = forms.DateField(label=_("截止日期"), required=False, widget=DateInput())

    def filtered(self, entries: AuditEntryQuerySet) -> AuditEntryQuerySet:
        if not self.is_valid():
            return entries
        if q := self.cleaned_data["q"]:
            entries = entries.filter(Q(subject_label__icontains=q) | Q(actor_name__icontains=q) | Q(verb__icontains=q))
        if since := self.cleaned_data["since"]:
            entries = entries.filter(at__date__gte=since)
        if until := self.cleaned_data["until"]:
            entries = entries.filter(at__date__lte=until)
        return entries
