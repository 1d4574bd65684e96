"""The one field for files that people hand in. What a file holds is checked when it is stored."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from documents.rules.attachments import ALL_KINDS, LONGEST_NAME, accept_attribute, kinds_label, megabytes


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files in one field."""

    widget = FilesInput
    default_error_messages = {"required": "请选择文件。", "missing": "没有收到文件，请重新选择。"}

    def __init__(self, *, kinds: tuple[str, ...] = ALL_KINDS, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", lazy(_files_hint, str)(kinds))
        super().__init__(max_length=LONGEST_NAME, **kwargs)
        self.widget.attrs["accept"] = accept_attribute(kinds)
        # An empty file is told by name, with the others that cannot be kept.
        self.allow_empty_file = True

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if not files:
            return super().clean(None, initial) or []
        return [super(FilesField, self).clean(file, initial) for file in files]


def _files_hint(kinds: tuple[str, ...]) -> str:
    return _("可一次选多个文件：%(kinds)s，每个不超过%(size)s兆。不能带宏，不能设密码。") % {
        "kinds": kinds_label(kinds),
        "size": megabytes(settings.EVIDENCE_MAX_BYTES),
    }
