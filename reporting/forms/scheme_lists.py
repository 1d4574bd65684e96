"""The lists of a scheme as three sets of rows (S-43, S-49, S-71)."""

import dataclasses
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Form
from reporting.forms.schemes import BaseRows, RowForm
from reporting.models import Scheme, SchemeFigure, SchemeQuestion, SchemeTask


class FigureForm(RowForm):
    class Meta:
        model = SchemeFigure
        fields = ["name", "unit", "source"]


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
        _("述职报告“履职数据”部分要填的数；选了履职纪实的类型，就按纪实合计预填。"),
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
