from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from common.forms import Form
from common.workbooks import UnreadableWorkbook, read_workbook
from reviews.rules.attendance_imports import ReadList, read_list

MOST_ROWS = 5_000


class AttendanceImportForm(Form):
    """A workbook; `read` holds its rows once the form is valid."""

    file = forms.FileField(
        label=_("Excel 文件"),
        help_text=_("扩展名为 .xlsx，表头要有“类别”和“姓名”，最多5000行。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"empty": _("文件是空的，请重新选择。")},
    )
    read: ReadList

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        most = settings.IMPORT_MAX_BYTES
        if (file.size or 0) > most:
            raise forms.ValidationError(
                _("文件不能超过%(most)sMB，请分成几个文件上传。"), params={"most": most // 1024 // 1024}
            )
        try:
            self.read = read_list(read_workbook(file.read(), most_rows=MOST_ROWS))
        except UnreadableWorkbook as error:
            raise forms.ValidationError(str(error)) from error
        if self.read.faults:
            raise forms.ValidationError(list(self.read.faults))
        return file
