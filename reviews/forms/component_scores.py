"""A filled-in table of typed scores."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Form


class ComponentScoreImportForm(Form):
    upload = forms.FileField(
        label=_("Excel 文件"), help_text=_("用下载的模板填写（.xlsx）；空着的格子不改动已经录入的得分。")
    )
