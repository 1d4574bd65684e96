"""佐证材料, and which of the five ones they show."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Form
from documents.forms.attachments import FilesField
from reporting.models import SchemeTask


class EvidenceForm(Form):
    files = FilesField(label=_("文件"))


class FiveOneEvidenceForm(Form):
    task = forms.TypedChoiceField(label=_("说明哪一项"), coerce=int)
    files = FilesField(label=_("文件"))

    def __init__(self, *args: Any, tasks: Sequence[SchemeTask], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["task"].choices = [(task.pk, task.name) for task in tasks]
