"""What narrows the list of results that others can take over."""

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Domain
from common.forms import Form
from reporting.models import Project


class ReplicableResultFilterForm(Form):
    q = forms.CharField(label=_("项目、单位或成效"), required=False)
    domain = forms.ModelChoiceField(Domain.objects.all(), label=_("领域"), required=False, empty_label=_("全部"))
    year = forms.IntegerField(label=_("考核年度"), required=False)

    def filtered(self, projects: QuerySet[Project]) -> QuerySet[Project]:
        if not self.is_valid():
            return projects
        wanted = self.cleaned_data
        if wanted["q"]:
            words = wanted["q"]
            named = Q(organization__name__icontains=words) | Q(organization__code__icontains=words)
            projects = projects.filter(named | Q(title__icontains=words) | Q(outcome__icontains=words))
        columns = {"domain": "organization__domain", "year": "cycle__year"}
        return projects.filter(**{column: wanted[name] for name, column in columns.items() if wanted[name]})
