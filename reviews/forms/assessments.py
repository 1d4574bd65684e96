"""Responsibility assessment, appraisal, veto."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Form, LongTextField
from reporting.models import Scheme, SchemeGrade
from reviews.actions.assessments import AssessmentFacts, CapFacts
from reviews.models import Appraisal, Assessment
from reviews.rules.satisfaction import satisfaction_rate
from reviews.rules.use_of_results import AppraisalGrade, Outcome

from .use_of_results import date_field

_COUNTS = ("satisfied", "fairly_satisfied", "dissatisfied", "unknown")
_NAMES = ("outcome", "score", "satisfaction", *_COUNTS, "is_unfunded", "basis", "decided_by", "decided_on")


def _count_field(label: str, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=1_000_000, help_text=help_text)


class AssessmentForm(Form):
    outcome = forms.ChoiceField(
        label=_("责任制考核结果"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        help_text=_("不合格的实行一票否决：本年度年度考核不能为优秀，不能登记奖励。"),
    )
    score = forms.DecimalField(
        label=_("责任制考核得分"), required=False, min_value=0, max_value=100, max_digits=5, decimal_places=2
    )
    satisfaction = forms.DecimalField(
        label=_("党员群众满意度（%）"),
        required=False,
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        help_text=_("民主测评、群众评议得出的满意度，没有的不填；填了下面的份数就自动算出。"),
    )
    satisfied = _count_field(_("测评表：满意（份）"))
    fairly_satisfied = _count_field(_("测评表：基本满意（份）"))
    dissatisfied = _count_field(_("测评表：不满意（份）"))
    unknown = _count_field(_("测评表：不了解（份）"), _("不了解的不计入。"))
    is_unfunded = forms.BooleanField(label=_("基层党建经费没有落实"), required=False)
    basis = LongTextField(label=_("依据和情况"), required=False, rows=4)
    decided_by = forms.CharField(label=_("审定会议或单位"), max_length=120, required=False, strip=False)
    decided_on = date_field(_("审定日期"), required=False)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, assessment: Assessment | None, **kwargs: Any) -> None:
        if assessment is not None:
            kwargs["initial"] = {name: getattr(assessment, name) for name in (*_NAMES, "revision")}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Counts of forms give the figure; a typed one that says otherwise is refused."""
        data = super().clean() or self.cleaned_data
        counts = [data.get(name) for name in _COUNTS]
        if any(count is not None for count in counts):
            rate = satisfaction_rate(counts[0] or 0, counts[1] or 0, counts[2] or 0)
            typed = data.get("satisfaction")
            if rate is None:
                self.add_error("satisfied", _("份数都是0，算不出满意度。"))
            elif typed is not None and typed != rate:
                self.add_error("satisfaction", _("按份数应为%(rate)s，请改份数或者清空这一格。") % {"rate": rate})
            data["satisfaction"] = rate
        return data

    @property
    def facts(self) -> AssessmentFacts:
        return AssessmentFacts(**{name: self.cleaned_data[name] for name in _NAMES})


class AppraisalForm(Form):
    grade = forms.ChoiceField(label=_("年度考核等次"), choices=AppraisalGrade.choices, widget=forms.RadioSelect)
    note = LongTextField(label=_("说明"), required=False, rows=3)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, appraisal: Appraisal | None, **kwargs: Any) -> None:
        if appraisal is not None:
            kwargs["initial"] = {name: getattr(appraisal, name) for name in ("grade", "note", "revision")}
        super().__init__(*args, **kwargs)


class CapForm(Form):
    reason = forms.CharField(
        label=_("否决事由"),
        max_length=200,
        strip=False,
        help_text=_("如“弄虚作假”“发生严重违纪违法问题”“未按要求述职”。"),
    )
    max_grade = forms.ModelChoiceField(
        SchemeGrade.objects.none(), label=_("等次最高为"), empty_label=None, widget=forms.RadioSelect
    )
    evidence = LongTextField(label=_("依据和证据"), rows=4)
    approved_by = forms.CharField(label=_("批准人或批准会议"), max_length=120, strip=False)
    approved_on = date_field(_("批准日期"))

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["max_grade"].queryset = scheme.grades.all()

    @property
    def facts(self) -> CapFacts:
        return CapFacts(**self.cleaned_data)


class ReasonForm(Form):
    """Taking something back that stays on record."""

    reason = LongTextField(label=_("理由"), rows=3)
