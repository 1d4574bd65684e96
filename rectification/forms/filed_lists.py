"""Which of last year's items this year's problem list starts from."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Form
from rectification.models import RectificationItem


class ItemsField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: RectificationItem) -> str:
        return f"{obj.problem.text}（{obj.problem.get_source_display()}，{obj.shown_state[1]}）"


class FiledListStartForm(Form):
    items = ItemsField(None, label=_("上年度事项"), error_messages={"required": _("请至少选择一项。")})

    def __init__(self, data: Any, *, items: Any) -> None:
        super().__init__(data, initial={"items": [item.pk for item in items]})
        self.fields["items"].queryset = items
