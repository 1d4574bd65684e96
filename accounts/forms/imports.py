from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from accounts.importing.reading import is_long, read_file
from accounts.models import Outcome
from accounts.rules.imports import ReadRows
from common.forms import Form
from common.workbooks import UnreadableWorkbook


class ImportForm(Form):
    """A workbook; once the form is valid `read` holds its rows, or `unread` a long file for a worker to read."""

    file = forms.FileField(
        label=_("Excel 文件"),
        help_text=_("扩展名为 .xlsx，每张工作表最多10000行；也可以是 .csv，一个文件一张表（UTF-8 或 GB18030）。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"empty": _("文件是空的，请重新选择。")},
    )
    read: ReadRows | None = None
    unread: bytes = b""

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        most = settings.IMPORT_MAX_BYTES
        if (file.size or 0) > most:
            raise forms.ValidationError(
                _("文件不能超过%(most)sMB，请分成几个文件上传。"), params={"most": most // 1024 // 1024}
            )
        data = file.read()
        try:
            if is_long(data):
                self.unread = data
                return file
            self.read = read_file(data, name=file.name or "")
        except UnreadableWorkbook as error:
            raise forms.ValidationError(str(error)) from error
        if self.read.faults:
            raise forms.ValidationError(list(self.read.faults))
        return file


class ImportFilterForm(Form):
    """Rows that stay as they are show only when asked for: there are most of them."""

    outcome = forms.ChoiceField(
        label=_("结果"), choices=[("", _("有误和有变动的")), *Outcome.choices, ("all", _("全部"))], required=False
    )
    q = forms.CharField(label=_("名称、姓名或代码"), required=False)

    def matches(self, line: dict[str, Any]) -> bool:
        wanted, outcome = self.cleaned_data["outcome"], line["outcome"]
        fits = outcome == wanted or wanted == "all" or (not wanted and outcome != Outcome.SAME)
        return fits and self.cleaned_data["q"] in line["label"]
