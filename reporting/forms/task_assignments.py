"""Targets and deadlines organization by organization, and progress of one of them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Form, LongTextField
from reporting.actions.task_assignments import TargetRow
from reporting.forms.key_tasks import DateInput
from reporting.models import KeyTask, TaskAssignment
from reporting.rules.key_tasks import QUARTER_CHOICES, TaskState


class TargetForm(Form):
    """One organization's row; told apart by the assignment's id in its prefix."""

    target = LongTextField(label=_("本单位目标"), rows=2, required=False)
    due_text = forms.CharField(label=_("本单位时限（文字）"), max_length=60, required=False, strip=False)
    due_date = forms.DateField(label=_("本单位时限（日期）"), required=False, widget=DateInput())
    is_removed = forms.BooleanField(label=_("收回"), required=False)

    def __init__(self, data: Any, *, assignment: TaskAssignment) -> None:
        initial = {name: getattr(assignment, name) for name in ("target", "due_text", "due_date")}
        super().__init__(data, prefix=f"assignment-{assignment.pk}", initial=initial)
        self.assignment = assignment
        for field in self.fields.values():
            is_box = isinstance(field.widget, forms.CheckboxInput)
            field.widget.attrs["class"] = "form-check-input" if is_box else "form-control"

    @property
    def row(self) -> TargetRow:
        return TargetRow(self.assignment, **self.cleaned_data)


class TargetsForm(Form):
    """All rows of one task on one page, under the task's revision."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, task: KeyTask) -> None:
        super().__init__(data, initial={"revision": task.revision})
        self.rows = [TargetForm(data, assignment=assignment) for assignment in task.assignments.for_table()]

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(row.is_valid() for row in self.rows)])

    @property
    def targets(self) -> list[TargetRow]:
        return [row.row for row in self.rows]


class TaskReportForm(Form):
    quarter = forms.TypedChoiceField(label=_("哪个季度的进展"), choices=QUARTER_CHOICES, coerce=int)
    state = forms.ChoiceField(label=_("目前进度"), choices=TaskState.choices, widget=forms.RadioSelect)
    text = LongTextField(
        label=_("进展情况"),
        rows=6,
        help_text=_("做了什么、完成多少、还差什么。原样保存，填报后不能修改，可以再次填报。"),
    )
