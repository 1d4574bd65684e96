"""不得提拔重用."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common import clock
from common.forms import Form, LongTextField
from reporting.models import BasisDocument, Cycle

from .use_of_results import NOBODY, basis_of, date_field


class BarForm(Form):
    reason = LongTextField(label=_("理由"), rows=4)
    basis = forms.ModelChoiceField(
        BasisDocument.objects.none(), label=_("依据文件"), required=False, empty_label=NOBODY
    )
    start = date_field(_("起始日期"))
    until = date_field(_("截止日期"), required=False, help_text=_("不填的，到解除为止。"))

    def __init__(self, *args: Any, cycle: Cycle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["basis"].queryset = basis_of(cycle)
        self.fields["start"].initial = clock.today
