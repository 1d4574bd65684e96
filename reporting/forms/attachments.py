"""Files beside a report, and what they show."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Form
from documents.forms.attachments import FilesField
from reporting.models.attachments import AttachmentPlace


class AttachmentForm(Form):
    place = forms.ChoiceField(label=_("说明哪一部分"))
    files = FilesField(label=_("附件"))

    def __init__(self, *args: Any, places: Sequence[AttachmentPlace], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [(place.key, place.name) for place in places]
