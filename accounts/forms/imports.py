from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from accounts.models import Outcome
from accounts.rules.imports import ReadRows, read_rows
from common.csv_tables import read_csv
from common.forms import Form
from common.workbooks import Sheet, UnreadableWorkbook, read_workbook

MOST_ROWS = 10_000


class ImportForm(Form):
    """A workbook; `read` holds its rows once the form is valid."""

    file = forms.FileField(
        label=_("Excel 文件"),
        help_text=_("扩展名为 .xlsx，每张工作表最多10000行；也可以是 .csv，一个文件一张表（UTF-8 或 GB18030）。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"empty": _("文件是空的，请重新选择。")},
    )
    read: ReadRows

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        most = settings.IMPORT_MAX_BYTES
        if (file.size or 0) > most:
            raise forms.ValidationError(
                _("文件不能超过%(most)sMB，请分成几个文件上传。"), params={"most": most // 1024 // 1024}
            )
        try:
            self.read = read_rows(_sheets(file))
        except UnreadableWorkbook as error:
            raise forms.ValidationError(str(error)) from error
        if self.read.faults:
            raise forms.ValidationError(list(self.read.faults))
        return file


def _sheets(file: UploadedFile) -> list[Sheet]:
    """By what the file is, not by its name; what is no workbook may still be a table of text."""
    data = file.read()
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return read_workbook(data, most_rows=MOST_ROWS)
    return read_csv(data, name=PurePath(file.name or "CSV").stem, most_rows=MOST_ROWS)


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
