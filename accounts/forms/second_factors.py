"""The code of the second step."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Form


def code_field() -> forms.CharField:
    return forms.CharField(
        label=_("验证码"),
        max_length=40,
        help_text=_("手机上现在显示的六位数字；手机不在身边时，输入一个没有用过的恢复码。"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )


class SecondFactorForm(Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field()
