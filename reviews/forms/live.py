"""Changes of the order while the meeting is held (S-88)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Form
from reporting.models import Reporter
from reviews.models import Meeting


class SlotTurnWrittenForm(Form):
    reason = forms.CharField(label=_("改为书面述职的原因"), max_length=120, help_text=_("如“外出学习”“因病请假”。"))


class ReporterChoiceField(forms.ModelChoiceField):
    """Names repeat, so the code stands beside them (S-05)."""

    def label_from_instance(self, obj: Reporter) -> str:
        return f"{obj.printed_title} {obj.name}（{obj.organization.code}）"


class SlotAddForm(Form):
    reporter = ReporterChoiceField(label=_("改为大会述职的书面述职人"), queryset=Reporter.objects.none())

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reporter"].queryset = meeting.written_reporters  # type: ignore[attr-defined]
