"""Looking for somebody in the list of people over the years."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Domain
from common.forms import Form
from reviews.models.cadre_sheets import CadreRow


class CadreFilterForm(Form):
    q = forms.CharField(label=_("姓名或单位"), required=False)
    domain = forms.ModelChoiceField(Domain.objects.all(), label=_("领域"), required=False, empty_label=_("全部"))
    barred = forms.ChoiceField(
        label=_("不得提拔重用"), required=False, choices=[("", _("全部")), ("yes", _("有效期内"))]
    )

    def filtered(self, rows: list[CadreRow]) -> list[CadreRow]:
        if not self.is_valid():
            return rows
        q, domain = self.cleaned_data["q"], self.cleaned_data["domain"]
        if q:
            rows = [row for row in rows if q in row.person.name or q in row.reporter.organization.name]
        if domain:
            rows = [row for row in rows if row.reporter.organization.domain_id == domain.pk]
        return [row for row in rows if row.is_barred] if self.cleaned_data["barred"] else rows
