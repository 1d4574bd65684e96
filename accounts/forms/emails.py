"""One's own e-mail address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Form


class EmailForm(Form):
    email = forms.EmailField(
        label=_("邮箱"),
        required=False,
        max_length=254,
        help_text=_("催报等提醒同时发到这个邮箱（本单位启用邮件时）。不需要就空着。"),
        error_messages={"invalid": _("请填写完整的邮箱地址，如“name@example.gov.cn”。")},
    )
