"""Lots: drawn by the system, or numbers from a draw on paper."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Form
from reviews.models.draws import DrawLine
from reviews.rules.draws import DrawGroups


class DrawForm(Form):
    groups = forms.ChoiceField(label=_("分组"), choices=DrawGroups.choices, required=False)
    reason = forms.CharField(label=_("重新抽签的理由"), max_length=200, required=False)

    def __init__(self, *args: Any, lines: Sequence[DrawLine], is_again: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        if not is_again:
            del self.fields["reason"]
        for line in lines:
            self.fields[f"lot-{line.slot.pk}"] = forms.IntegerField(
                label=line.slot.reporter.organization.label,
                min_value=1,
                max_value=999,
                required=False,
                widget=forms.NumberInput(attrs={"class": "form-control"}),
            )

    @property
    def rows(self) -> list[tuple[DrawLine, Any]]:
        return [(line, self[f"lot-{line.slot.pk}"]) for line in self.lines]

    @property
    def numbers(self) -> dict[int, int | None]:
        return {line.slot.pk: self.cleaned_data[f"lot-{line.slot.pk}"] for line in self.lines}
