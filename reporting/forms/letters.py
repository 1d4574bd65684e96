"""The signing of responsibility letters."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common import clock
from common.forms import Form
from reporting.forms.key_tasks import DateInput
from reporting.models import Cycle, ResponsibilityLetter

SIGNED, UNSIGNED = "signed", "unsigned"


class LetterSignForm(Form):
    """Which letters, and the day; `undo` takes a wrong note back."""

    letters = forms.ModelMultipleChoiceField(
        None, label=_("责任书"), error_messages={"required": _("请先勾选责任书。")}
    )
    signed_on = forms.DateField(label=_("签订日期"), required=False, widget=DateInput())
    undo = forms.BooleanField(required=False)

    def __init__(self, data: Any, *, cycle: Cycle) -> None:
        super().__init__(data, initial={"signed_on": clock.today()})
        self.fields["letters"].queryset = ResponsibilityLetter.objects.filter(cycle=cycle).for_table()

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("undo"):
            facts["signed_on"] = None
        elif not facts.get("signed_on") and "signed_on" not in self.errors:
            self.add_error("signed_on", _("请填写签订日期。"))
        return facts


class LetterFilterForm(Form):
    q = forms.CharField(label=_("单位或代码"), required=False)
    state = forms.ChoiceField(
        label=_("签订情况"), required=False, choices=[("", _("全部")), (SIGNED, _("已签订")), (UNSIGNED, _("未签订"))]
    )
