"""Five tasks on one form: what was done, whether it is done, what shows it (S-43)."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from common.forms import Form, LongTextField
from reporting.models import SchemeTask
from reporting.models.five_ones import FiveOne


@dataclasses.dataclass(frozen=True)
class FiveOneFields:
    task: SchemeTask
    text: forms.BoundField
    is_done: forms.BoundField
    evidence: forms.BoundField


class FiveOneForm(Form):
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, rows: Sequence[FiveOne], revision: int) -> None:
        super().__init__(data, initial={"revision": revision})
        self.rows = rows
        for row in rows:
            prefix = f"task_{row.task.pk}"
            self.fields[f"{prefix}_text"] = LongTextField(label=_("做了什么"), rows=3, required=False, initial=row.text)
            self.fields[f"{prefix}_is_done"] = forms.BooleanField(
                label=_("已经完成"), required=False, initial=row.is_done
            )
            self.fields[f"{prefix}_evidence"] = forms.CharField(
                label=_("佐证（可不填）"), max_length=200, required=False, strip=False, initial=row.evidence
            )

    def blocks(self) -> list[FiveOneFields]:
        names = ("text", "is_done", "evidence")
        return [FiveOneFields(row.task, *(self[f"task_{row.task.pk}_{name}"] for name in names)) for row in self.rows]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        for row in self.rows:
            prefix = f"task_{row.task.pk}"
            if facts.get(f"{prefix}_is_done") and not facts.get(f"{prefix}_text", "").strip():
                self.add_error(f"{prefix}_text", _("标为已经完成的，请写明做了什么。"))
        return facts

    def with_changes(self, sent: QueryDict) -> FiveOneForm:
        """The form as it is stored, with the fields that an automatic save names as changed."""
        data = {bound.html_name: bound.value() for bound in self}
        for name in set(sent.getlist("changed")) & set(self.fields):
            data[name] = sent.get(name, "")
        data["revision"] = sent.get("revision", "")
        return FiveOneForm(data, rows=self.rows, revision=0)

    @property
    def theirs(self) -> dict[str, Any]:
        """What is stored, as a page reads its own fields: a box that is not ticked has no value."""
        values = {bound.html_name: bound.value() for bound in self if not bound.is_hidden}
        return {name: {True: "on", False: []}.get(value, value) for name, value in values.items()}

    @property
    def records(self) -> dict[int, dict[str, Any]]:
        names = ("text", "is_done", "evidence")
        return {
            row.task.pk: {name: self.cleaned_data[f"task_{row.task.pk}_{name}"] for name in names} for row in self.rows
        }
