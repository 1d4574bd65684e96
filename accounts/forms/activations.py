from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.utils.translation import gettext_lazy as _

from accounts.actions.activations import CodeRefused, usable_activation
from accounts.models import Organization, User
from common.forms import Form


class ActivationForm(Form):
    """The code of the slip and an own password, twice."""

    code = forms.CharField(
        label=_("激活码"),
        max_length=40,
        help_text=_("激活单上的十二位字母和数字，不区分大小写，短横可以不输。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("设置自己的密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=True),
    )
    password_again = forms.CharField(
        label=_("再输入一遍密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=True),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        try:
            self.user: User = usable_activation(code).user
        except CodeRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return code

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if "password" in given and "password_again" in given and given["password"] != given["password_again"]:
            self.add_error("password_again", _("两次输入的密码不一样，请重新输入。"))
        elif "password" in given and "code" in given:
            try:
                validate_password(given["password"], self.user)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return given


class SlipFilterForm(Form):
    organization = forms.ModelChoiceField(label=_("党组织及其下级"), queryset=Organization.objects.none(), required=False)
    q = forms.CharField(label=_("姓名、代码或登录名"), required=False)
    state = forms.ChoiceField(
        label=_("激活单"),
        required=False,
        choices=[("", _("全部")), ("none", _("还没有账号")), ("issued", _("已有账号，未激活"))],
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = Organization.objects.visible_to(user)
