"""The marks of one list: a choice and its evidence per item."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Form, LongTextField
from documents.forms.attachments import FilesField
from rectification.actions.fulfilments import MarkRow
from rectification.models import RectificationItem
from rectification.rules.fulfilments import FulfilmentMark
from rectification.rules.items import ItemState

UNMARKED = ("", _("未评定"))


class MarksForm(Form):
    """Fields `mark_<item>`, `evidence_<item>`, `files_<item>`, `revision_<item>`; rows left unmarked are passed over."""

    def __init__(self, *args: Any, items: Sequence[RectificationItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for item in items:
            self._add(item)

    def _add(self, item: RectificationItem) -> None:
        found = getattr(item, "fulfilment", None)
        start = found.mark if found else FulfilmentMark.DONE if item.state == ItemState.CLOSED else ""
        self.fields[f"mark_{item.pk}"] = forms.ChoiceField(
            label=_("评定"), required=False, choices=[UNMARKED, *FulfilmentMark.choices], initial=start
        )
        self.fields[f"evidence_{item.pk}"] = LongTextField(
            label=_("依据"), rows=2, required=False, initial=found.evidence if found else _known(item)
        )
        self.fields[f"files_{item.pk}"] = FilesField(label=_("依据材料"), required=False)
        self.fields[f"revision_{item.pk}"] = forms.IntegerField(
            required=False, widget=forms.HiddenInput, initial=found.revision if found else 0
        )

    def sections(self) -> list[tuple[RectificationItem, list[forms.BoundField]]]:
        names = ("mark", "evidence", "files", "revision")
        return [(item, [self[f"{name}_{item.pk}"] for name in names]) for item in self.items]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        for item in self.items:
            if facts.get(f"files_{item.pk}") and not facts.get(f"mark_{item.pk}"):
                self.add_error(f"mark_{item.pk}", _("上传依据材料的，请同时选择评定结果。"))
        return facts

    def rows(self) -> list[MarkRow]:
        facts = self.cleaned_data
        return [
            MarkRow(
                item.pk,
                facts[f"mark_{item.pk}"],
                facts[f"evidence_{item.pk}"],
                facts[f"revision_{item.pk}"] or 0,
                facts[f"files_{item.pk}"] or (),
            )
            for item in self.items
            if facts.get(f"mark_{item.pk}")
        ]


def _known(item: RectificationItem) -> str:
    """What the verification said, to start from."""
    passed = [each for each in item.verifications.all() if each.outcome == "passed"]
    return f"{passed[-1].at:%Y年%-m月%-d日}审核销号。{passed[-1].reason}" if passed else ""
