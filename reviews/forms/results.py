"""Typed parts of the composite, and the decided grade."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Domain
from common.figures import plain_decimal
from common.forms import Form, LongTextField
from reporting.models import Reporter, Scheme, SchemeGrade, ScoreComponent
from reviews.models import Result


class ResultFilterForm(Form):
    domain = forms.ModelChoiceField(Domain.objects.all(), label=_("领域"), required=False, empty_label=_("全部"))
    grade = forms.ModelChoiceField(
        SchemeGrade.objects.none(), label=_("审定等次"), required=False, empty_label=_("全部")
    )
    state = forms.ChoiceField(
        label=_("审定情况"),
        required=False,
        choices=[("", _("全部")), ("undecided", _("未审定")), ("decided", _("已审定"))],
    )

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grade"].queryset = scheme.grades.all()


class ComponentScoresForm(Form):
    """The whole table: one cell per reporter and typed component, empty where nothing is typed yet."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        reporters: Iterable[Reporter],
        components: Iterable[ScoreComponent],
        stored: dict[tuple[int, int], Decimal],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.reporters, self.components = list(reporters), list(components)
        for reporter in self.reporters:
            for component in self.components:
                score = stored.get((reporter.pk, component.pk))
                self.fields[_cell(reporter, component)] = _score_field(reporter, component, score)

    @property
    def rows(self) -> list[tuple[Reporter, list[forms.BoundField]]]:
        return [(r, [self[_cell(r, c)] for c in self.components]) for r in self.reporters]

    @property
    def scores(self) -> dict[tuple[int, int], Decimal | None]:
        return {(r.pk, c.pk): self.cleaned_data.get(_cell(r, c)) for r in self.reporters for c in self.components}


def _cell(reporter: Reporter, component: ScoreComponent) -> str:
    return f"score_{reporter.pk}_{component.pk}"


def _score_field(reporter: Reporter, component: ScoreComponent, stored: Decimal | None) -> forms.DecimalField:
    label = f"{reporter.organization.label}{reporter.name} {component.name}"
    out_of_range = _("得分应在0到100之间。")
    attrs = {"inputmode": "decimal", "autocomplete": "off", "size": 6, "aria-label": label}
    return forms.DecimalField(
        label=label,
        required=False,
        initial=None if stored is None else plain_decimal(stored),
        min_value=Decimal(0),
        max_value=Decimal(100),
        decimal_places=2,
        widget=forms.TextInput(attrs={**attrs, "class": "form-control"}),
        error_messages={
            "invalid": out_of_range,
            "min_value": out_of_range,
            "max_value": out_of_range,
            "max_decimal_places": _("最多两位小数。"),
        },
    )


class DecisionForm(Form):
    """What every decision says: which meeting, when."""

    deciding_meeting = forms.CharField(
        label=_("审定会议"),
        max_length=120,
        strip=False,
        help_text=_("如“中共某县委常委会第12次会议”，按原文填写。"),
        error_messages={"required": _("请填写审定等次的会议，如“县委常委会会议”。")},
    )
    decided_on = forms.DateField(
        label=_("审定日期"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("请填写审定日期。")},
    )


class GradeDecideProposedForm(DecisionForm):
    pass


class GradeDecideForm(DecisionForm):
    grade = forms.ModelChoiceField(
        SchemeGrade.objects.none(),
        label=_("审定等次"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择审定等次。")},
    )
    reason = LongTextField(
        label=_("与建议等次不一致的理由"),
        required=False,
        rows=4,
        help_text=_("审定等次与建议等次不一致时必填。"),
    )
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    field_order = ("grade", "deciding_meeting", "decided_on", "reason", "revision")

    def __init__(self, *args: Any, result: Result, scheme: Scheme, **kwargs: Any) -> None:
        grade = result.decided_grade_id or result.proposed_grade_id
        kwargs["initial"] = {
            "grade": grade,
            "deciding_meeting": result.deciding_meeting,
            "decided_on": result.decided_on,
            "reason": result.reason,
            "revision": result.revision,
        }
        super().__init__(*args, **kwargs)
        self.fields["grade"].queryset = scheme.grades.all()
