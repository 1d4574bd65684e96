"""Proposing and answering a correction."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Form, LongTextField
from reporting.models import SchemeGrade
from reporting.rules.schemes import ComponentInput
from reviews.actions.corrections import CorrectionFacts
from reviews.models import Result

from .use_of_results import date_field


class CorrectionForm(Form):
    grade = forms.ModelChoiceField(
        SchemeGrade.objects.none(), label=_("更正为"), empty_label=None, widget=forms.RadioSelect
    )
    deciding_meeting = forms.CharField(label=_("审定会议"), max_length=120, strip=False)
    decided_on = date_field(_("审定日期"))
    reason = LongTextField(label=_("更正理由"), rows=4)

    def __init__(self, *args: Any, result: Result, **kwargs: Any) -> None:
        kwargs["initial"] = {"grade": result.decided_grade_id}
        super().__init__(*args, **kwargs)
        scheme = result.reporter.cycle.scheme
        self.fields["grade"].queryset = scheme.grades.all()
        self.components = list(scheme.components.filter(input=ComponentInput.TYPED))
        stored = {row.component_id: row.score for row in result.reporter.component_scores.all()}
        for component in self.components:
            old = stored.get(component.pk)
            self.fields[f"score_{component.pk}"] = forms.DecimalField(
                label=_("%(name)s改为") % {"name": component.name},
                required=False,
                min_value=Decimal(0),
                max_value=Decimal(100),
                decimal_places=2,
                help_text=_("现为%(old)s；不改的空着。") % {"old": "—" if old is None else old},
            )

    @property
    def facts(self) -> CorrectionFacts:
        facts = self.cleaned_data
        scores = {component.pk: facts[f"score_{component.pk}"] for component in self.components}
        return CorrectionFacts(
            facts["grade"],
            facts["deciding_meeting"],
            facts["decided_on"],
            facts["reason"],
            {pk: score for pk, score in scores.items() if score is not None},
        )


class CorrectionAnswerForm(Form):
    decision = forms.ChoiceField(
        label=_("批准与否"),
        choices=[("approve", _("批准，按更正执行")), ("refuse", _("不批准"))],
        widget=forms.RadioSelect,
    )
    answer = LongTextField(label=_("意见"), required=False, rows=3)
