"""The words of a feedback letter."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Form, LongTextField
from reviews.actions.feedback_letters import LetterWords
from reviews.models import FeedbackLetter

_NAMES = ("praise", "problems", "demands", "due_text", "signature")


class FeedbackLetterForm(Form):
    praise = LongTextField(label=_("肯定的方面"), required=False, rows=6)
    problems = LongTextField(
        label=_("指出的问题"), required=False, rows=8, help_text=_("一行一个问题，末尾写明来源，打印时自动编号。")
    )
    demands = LongTextField(label=_("整改要求"), required=False, rows=5)
    due_text = forms.CharField(label=_("报送整改清单的时限"), max_length=60, required=False, strip=False)
    signature = forms.CharField(label=_("落款"), max_length=120, required=False, strip=False)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, letter: FeedbackLetter, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(letter, name) for name in (*_NAMES, "revision")}
        super().__init__(*args, **kwargs)

    @property
    def words(self) -> LetterWords:
        return LetterWords(**{name: self.cleaned_data[name] for name in _NAMES})
