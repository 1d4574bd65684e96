"""Who is at the keyboard says once more who he is."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from common.forms import Form


class ProofForm(Form):
    """Its one field has a prefix, so that it never meets a field of the page it stands before."""

    prefix = "proof"

    secret = forms.CharField(
        label=_("当前密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    @classmethod
    def of(cls, request: HttpRequest) -> "ProofForm":
        return cls(request, request.POST if f"{cls.prefix}-secret" in request.POST else None)

    def clean_secret(self) -> str:
        """Wrong ones count with the wrong ones of the login page (django-axes)."""
        user, secret = self.request.user, self.cleaned_data["secret"]
        if authenticate(self.request, username=user.get_username(), password=secret) != user:
            raise forms.ValidationError(
                _("密码不正确，请核对大小写后再试。连续 %(limit)s 次不正确，将暂停登录。")
                % {"limit": settings.AXES_FAILURE_LIMIT}
            )
        return str(secret)
