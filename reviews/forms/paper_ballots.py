"""Typing a ballot of paper: a grid with a box for each cell, and what is decided where two typings differ."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Form
from reviews.rules.paper_ballots import OVERALL, VOID_REASONS, CellError, Entry, cells_of, read_cell, show_cell
from reviews.rules.sheets import Person, Sheet


class PaperScanForm(Form):
    codes = forms.CharField(
        label=_("纸票上的测评码"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("一行一个，扫码枪扫进来或者照着输入。核销以后，这个码在手机上不能再投。"),
    )

    @property
    def texts(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["codes"].splitlines() if line.strip()]


class PaperNumberForm(Form):
    number = forms.IntegerField(label=_("票面编号"), min_value=1, max_value=100_000)


@dataclasses.dataclass(frozen=True)
class PaperRow:
    person: Person
    boxes: list[forms.BoundField]
    remark: forms.BoundField | None


class PaperEntryForm(Form):
    """A box for each cell of the paper; `shown` is what was typed before, or what both typings agree on."""

    void_reason = forms.ChoiceField(
        label=_("整票无效"),
        required=False,
        choices=[("", _("不是，照票面录入")), *((reason, reason) for reason in VOID_REASONS)],
    )

    def __init__(self, *args: Any, sheet: Sheet, shown: Entry | None = None, **kwargs: Any) -> None:
        self.sheet = sheet
        marks: Mapping[str, Any] = shown.marks if shown else {}
        initial = {"void_reason": shown.void_reason if shown else ""}
        for person, line, _name in cells_of(sheet):
            initial[_box(person, line)] = show_cell(sheet, shown.cell(person.id, line)) if shown else ""
        initial |= {f"r-{key}": row.get("remark", "") for key, row in marks.items()}
        super().__init__(*args, **{"initial": initial, **kwargs})
        for person, line, name in cells_of(sheet):
            attrs = {"autocomplete": "off", "inputmode": "decimal", "size": 3, "data-cell": ""}
            attrs["aria-label"] = f"{person.order} {person.unit}{person.name} {name}"
            self.fields[_box(person, line)] = forms.CharField(
                label=name, required=False, max_length=10, widget=forms.TextInput(attrs=attrs)
            )
        for person in sheet.people if sheet.remark else ():
            attrs = {"autocomplete": "off", "aria-label": f"{person.order} {person.unit}{person.name} 意见建议"}
            self.fields[f"r-{person.id}"] = forms.CharField(
                required=False, max_length=sheet.remark_max, strip=False, widget=forms.TextInput(attrs=attrs)
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.read: dict[str, Any] = {}
        if data.get("void_reason"):
            return data
        for person, line, _name in cells_of(self.sheet):
            item = next((item for item in self.sheet.items_of(person) if item.id == line), None)
            try:
                mark = read_cell(self.sheet, item, data.get(_box(person, line), ""))
            except CellError as error:
                self.add_error(_box(person, line), str(error))
                continue
            if mark:
                row = self.read.setdefault(person.id, {"items": {}})
                if line == OVERALL:
                    row["overall"] = mark
                else:
                    row["items"][line] = mark
        for person in self.sheet.people:
            if (data.get(f"r-{person.id}") or "").strip():
                self.read.setdefault(person.id, {"items": {}})["remark"] = data[f"r-{person.id}"]
        return data

    @property
    def entry(self) -> Entry:
        return Entry(self.read, self.cleaned_data["void_reason"])

    @property
    def groups(self) -> list[tuple[list[str], list[PaperRow]]]:
        """A table for each set of lines: the heads, and the rows."""
        found: dict[tuple[str, ...], list[PaperRow]] = {}
        for person in self.sheet.people:
            lines = [item.id for item in self.sheet.items_of(person)]
            heads = [item.name for item in self.sheet.items_of(person)]
            if self.sheet.overall:
                lines, heads = [*lines, OVERALL], [*heads, "总体评价"]
            remark = self[f"r-{person.id}"] if self.sheet.remark else None
            row = PaperRow(person, [self[_box(person, line)] for line in lines], remark)
            found.setdefault(tuple(heads), []).append(row)
        return [(list(heads), rows) for heads, rows in found.items()]


def _box(person: Person, line: str) -> str:
    return f"c-{person.id}-{line or 'overall'}"
