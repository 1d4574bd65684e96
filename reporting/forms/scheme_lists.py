"""The lists of a scheme as three sets of rows (S-43, S-49, S-71)."""

import dataclasses
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.figures import read_figure
from common.forms import Form
from reporting.forms.schemes import BaseRows, RowForm
from reporting.models import Scheme, SchemeFigure, SchemeQuestion, SchemeTask
from reporting.rules.indicators import NEEDS_THRESHOLD, Operator


class FigureForm(RowForm):
    """A figure, and what is asked of it where it is an indicator; folded up while nothing is."""

    folded = ("domain", "operator", "threshold", "base", "period", "definition")
    fold_label = _("适用领域、达标要求和口径")

    class Meta:
        model = SchemeFigure
        fields = ["name", "unit", "source", "domain", "operator", "threshold", "base", "period", "definition"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["operator"]
        choices.choices = [("", _("不判断")), *Operator.choices]
        domains: Any = self.fields["domain"]
        domains.empty_label = _("全部领域")
        self.fields["threshold"].widget.attrs["placeholder"] = _("如 60、XX")
        self.fields["base"].widget.attrs["placeholder"] = _("数，或者本表另一项的名称")

    @property
    def is_unfolded(self) -> bool:
        return any(self[name].value() or self[name].errors for name in self.folded)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        operator, threshold = facts.get("operator", ""), facts.get("threshold", "")
        if not operator:
            if threshold.strip():
                self.add_error("operator", _("填了标准的，请选择达标要求。"))
            return facts
        unit = "倍" if operator == Operator.TIMES else facts.get("unit", "")
        if operator in NEEDS_THRESHOLD and not threshold.strip():
            self.add_error("threshold", _("请填写标准，还没有定的写“XX”。"))
        elif operator in NEEDS_THRESHOLD and read_figure(threshold, unit) is None:
            self.add_error("threshold", _("请填写一个数，还没有定的写“XX”。"))
        if operator == Operator.TIMES and not facts.get("base", "").strip():
            self.add_error("base", _("请填写基数：写数、“XX”，或者本表另一项数据的名称。"))
        return facts


class TaskForm(RowForm):
    class Meta:
        model = SchemeTask
        fields = ["name", "guidance"]


class QuestionForm(RowForm):
    class Meta:
        model = SchemeQuestion
        fields = ["text"]


@dataclasses.dataclass(frozen=True)
class ListPart:
    """One list with its words, for the template."""

    name: str
    title: str
    guidance: str
    row_title: str
    add_label: str
    formset: BaseRows


WORDS = {
    "figures": (
        FigureForm,
        _("履职数据"),
        _(
            "述职报告“履职数据”部分要填的数；选了履职纪实的类型，就按纪实合计预填。写明达标要求的是指标，报送后在“指标完成情况”中看谁达标；各地自己的标准直接填数，没有定的写“XX”。"
        ),
        _("数据"),
        _("添加一项数据"),
    ),
    "tasks": (TaskForm, _("“五个一”"), _("每名书记一年要完成的几件事，逐项记办没办成。"), _("事项"), _("添加一件事")),
    "questions": (
        QuestionForm,
        _("对照检查"),
        _("述职人报送报告前逐条回答，组织部门能看到。"),
        _("问题"),
        _("添加一个问题"),
    ),
}


class SeenForm(Form):
    revision = forms.IntegerField(widget=forms.HiddenInput)


class SchemeListsForm:
    def __init__(self, data: Any, scheme: Scheme) -> None:
        self.seen = SeenForm(data, initial={"revision": scheme.revision})
        self.parts = [self._part(name, data, scheme) for name in WORDS]

    @staticmethod
    def _part(name: str, data: Any, scheme: Scheme) -> ListPart:
        form, *words = WORDS[name]
        factory = forms.formset_factory(form, formset=BaseRows, extra=0, can_delete=True, can_order=True, max_num=60)
        rows = [
            {"id": row.pk, **{field: getattr(row, field) for field in form.Meta.fields}}
            for row in getattr(scheme, name).all()
        ]
        return ListPart(name, *words, factory(data, prefix=name, initial=rows))

    def is_valid(self) -> bool:
        return all([self.seen.is_valid(), *(part.formset.is_valid() for part in self.parts)])

    @property
    def lists(self) -> dict[str, list[dict[str, Any]]]:
        return {part.name: part.formset.rows() for part in self.parts}
