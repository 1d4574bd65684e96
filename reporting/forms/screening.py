"""Which of the reports that were handed in to look at."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Domain
from common.forms import Form
from reporting.models import DutyReport
from reporting.rules.cycles import ReportMode
from reporting.rules.reports import ReportState
from reporting.rules.validity import SOFT_KINDS, FindingKind

STATES = [state for state in ReportState if state != ReportState.DRAFT]
COLUMNS = {
    "mode": "reporter__mode",
    "domain": "reporter__organization__domain",
    "cycle": "reporter__cycle",
}


class ScreeningFilterForm(Form):
    q = forms.CharField(label=_("单位、代码或姓名"), required=False)
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[("", _("待审核")), ("all", _("全部")), *((s.value, s.label) for s in STATES[1:])],
    )
    domain = forms.ModelChoiceField(Domain.objects.all(), label=_("领域"), required=False, empty_label=_("全部"))
    mode = forms.ChoiceField(label=_("述职方式"), required=False, choices=[("", _("全部")), *ReportMode.choices])
    round = forms.ChoiceField(
        label=_("轮次"), required=False, choices=[("", _("全部")), ("first", _("首次报送")), ("again", _("退回后重报"))]
    )
    hint = forms.ChoiceField(
        label=_("提示"),
        required=False,
        choices=[
            ("", _("全部")),
            ("any", _("有提示的")),
            ("none", _("没有提示的")),
            *((kind.value, kind.label) for kind in FindingKind if kind in SOFT_KINDS),
        ],
    )
    late = forms.BooleanField(label=_("只看逾期报送"), required=False)
    cycle = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def filtered(self, reports: QuerySet[DutyReport]) -> QuerySet[DutyReport]:
        if not self.is_valid():
            return reports
        wanted = self.cleaned_data
        reports = reports.filter(**{column: wanted[name] for name, column in COLUMNS.items() if wanted[name]})
        if wanted["state"] != "all":
            reports = reports.filter(state=wanted["state"] or ReportState.SUBMITTED)
        if wanted["round"]:
            reports = reports.filter(rounds=0) if wanted["round"] == "first" else reports.filter(rounds__gt=0)
        if wanted["hint"]:
            reports = reports.with_hint(wanted["hint"])
        if wanted["late"]:
            reports = reports.filter(is_late=True)
        return reports.filter(_named(wanted)) if wanted["q"] else reports


def _named(wanted: dict[str, Any]) -> Q:
    return (
        Q(reporter__organization__name__icontains=wanted["q"])
        | Q(reporter__organization__code__icontains=wanted["q"])
        | Q(reporter__post__person__name__icontains=wanted["q"])
    )
