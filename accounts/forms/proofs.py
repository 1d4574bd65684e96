"""Who is at the keyboard says once more who he is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.second_factors import code_field
from common.forms import Form


class ProofForm(Form):
    """Its one field has a prefix, so that it never meets a field of the page it stands before."""

    prefix = "proof"

    secret = forms.CharField(
        label=_("当前密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )

    def __init__(self, *args: Any, by_code: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if by_code:
            self.fields["secret"] = code_field()
