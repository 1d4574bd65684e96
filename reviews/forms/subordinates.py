"""Which of the committees below to show."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Form
from reviews.models.subordinates import SubordinateRow
from reviews.rules.subordinates import SubordinateStanding


class SubordinateFilterForm(Form):
    q = forms.CharField(label=_("单位或代码"), required=False)
    standing = forms.ChoiceField(
        label=_("开展情况"), required=False, choices=[("", _("全部")), *SubordinateStanding.choices]
    )

    def filtered(self, rows: list[SubordinateRow]) -> list[SubordinateRow]:
        wanted: dict[str, Any] = self.cleaned_data if self.is_valid() else {}
        if wanted.get("q"):
            rows = [row for row in rows if wanted["q"] in row.organization.label]
        if wanted.get("standing"):
            rows = [row for row in rows if row.standing == wanted["standing"]]
        return rows
