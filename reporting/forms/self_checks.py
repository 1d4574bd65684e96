"""The questions of the self-check as a form (S-49)."""

from typing import Any

from django import forms

from common.forms import Form, LongTextField
from reporting.models import SchemeQuestion


class SelfCheckForm(Form):
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, rows: list[tuple[SchemeQuestion, str]], revision: int) -> None:
        super().__init__(data, initial={"revision": revision})
        self.questions = [question for question, _answer in rows]
        for question, answer in rows:
            self.fields[f"question_{question.pk}"] = LongTextField(
                label=question.text, rows=3, required=False, initial=answer
            )

    @property
    def answers(self) -> dict[int, str]:
        return {question.pk: self.cleaned_data[f"question_{question.pk}"] for question in self.questions}
