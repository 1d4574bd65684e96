"""A basis document of the register."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Form
from reporting.forms.key_tasks import DateInput
from reporting.models import BasisDocument


class BasisDocumentFilterForm(Form):
    q = forms.CharField(label=_("名称、文号或制发机关"), required=False)


class BasisDocumentForm(Form):
    title = forms.CharField(
        label=_("文件名称"), max_length=200, strip=False, help_text=_("书名号可以不写；名称中的XX、**原样保留。")
    )
    issuer = forms.CharField(label=_("制发机关"), max_length=120, required=False, strip=False)
    number = forms.CharField(label=_("文号"), max_length=60, required=False, strip=False)
    issued_on = forms.DateField(label=_("印发日期"), required=False, widget=DateInput())
    upload = forms.FileField(
        label=_("文件"), required=False, help_text=_("PDF 或 DOCX，严禁上传涉密文件。没有电子版的可以不上传。")
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, document: BasisDocument | None = None, **kwargs: Any) -> None:
        if document is not None:
            names = ("title", "issuer", "number", "issued_on", "revision")
            kwargs["initial"] = {name: getattr(document, name) for name in names}
        super().__init__(*args, **kwargs)
