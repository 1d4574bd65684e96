"""A note on a passage, and the answer to it."""

from collections.abc import Iterable

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from common.forms import Form, LongTextField
from reporting.models import ReportNote
from reporting.rules.notes import Anchor

LARGEST_OFFSET = 2**31 - 1


class ReportNoteForm(Form):
    """`place` and `offset` are filled in by static/js/screening.js; without them the passage is looked for."""

    quote = LongTextField(
        label=_("原文"),
        rows=2,
        required=False,
        help_text=_("在正文中选中一段，点“批注”，自动填入；也可以复制过来。不针对某句话的不填。"),
    )
    text = LongTextField(label=_("批注意见"), rows=2)
    place = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)
    offset = forms.IntegerField(min_value=0, max_value=LARGEST_OFFSET, required=False, widget=forms.HiddenInput)

    @property
    def anchor(self) -> Anchor:
        facts = self.cleaned_data
        return Anchor(facts["place"], facts["quote"].strip(), facts["offset"] or 0)


class NoteAnswersForm(Form):
    """What the page of notes has written so far, note by note; a note it does not show is left alone."""

    def __init__(self, data: QueryDict, *, notes: Iterable[ReportNote]) -> None:
        super().__init__(data)
        self.shown = [note for note in notes if self._name(note) in data]
        for note in self.shown:
            self.fields[self._name(note)] = LongTextField(required=False)

    @staticmethod
    def _name(note: ReportNote) -> str:
        return f"answer-{note.pk}"

    @property
    def answers(self) -> dict[int, str]:
        return {note.pk: self.cleaned_data[self._name(note)] for note in self.shown}
