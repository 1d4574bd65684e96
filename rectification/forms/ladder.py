"""The year's ladder, one row per level, and sheets by hand."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Form, LongTextField
from rectification.rules.ladder import LadderLevel, Rung

from .lists import ALL


class LadderForm(Form):
    basic_percent = forms.IntegerField(
        label=_("“基本完成”折算（%）"),
        min_value=0,
        max_value=100,
        help_text=_("年底计算承诺兑现率时，一项“基本完成”按几分之几计。"),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


class RungForm(Form):
    level = forms.TypedChoiceField(label=_("级别"), choices=LadderLevel.choices, coerce=int)
    days = forms.IntegerField(
        label=_("到期后第几天"), min_value=-90, max_value=365, help_text=_("负数是到期以前，如“-7”是提前7天。")
    )
    reply_days = forms.IntegerField(
        label=_("要求几天内反馈"), min_value=0, max_value=365, required=False, help_text=_("不要求反馈的不填。")
    )
    text = LongTextField(label=_("内容"), rows=3)
    automatic = forms.BooleanField(label=_("到期自动发出"), required=False)


class RungFormSet(
    forms.formset_factory(RungForm, extra=0, max_num=len(LadderLevel), can_delete=True)  # type: ignore[misc]
):
    def clean(self) -> None:
        levels = [row["level"] for row in self._rows() if "level" in row]
        if len(levels) != len(set(levels)):
            raise forms.ValidationError(_("同一级别只能有一行。"))

    def _rows(self) -> Iterable[dict[str, Any]]:
        filled = [form for form in self.forms if form not in self.deleted_forms]
        return [form.cleaned_data for form in filled if form.cleaned_data.get("text")]

    def rungs(self) -> list[Rung]:
        names = ("level", "days", "reply_days", "text", "automatic")
        return [Rung(**{name: row[name] for name in names}) for row in self._rows()]

    @staticmethod
    def rows_of(rungs: Sequence[Rung]) -> list[dict[str, Any]]:
        return [
            {"level": r.level, "days": r.days, "reply_days": r.reply_days, "text": r.text, "automatic": r.automatic}
            for r in rungs
        ]


class StepFilterForm(Form):
    ANSWERED = (("no", _("还没有反馈")), ("yes", _("已反馈")))

    level = forms.ChoiceField(label=_("级别"), required=False, choices=[ALL, *LadderLevel.choices])
    answered = forms.ChoiceField(label=_("反馈"), required=False, choices=[ALL, *ANSWERED])


class StepForm(Form):
    level = forms.TypedChoiceField(label=_("级别"), coerce=int, widget=forms.RadioSelect)
    text = LongTextField(
        label=_("内容"), rows=4, required=False, help_text=_("不填的，用督促规则中这一级的文字（见下）。")
    )

    def __init__(self, *args: Any, rungs: Sequence[Rung], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = {rung.level: rung.text for rung in rungs}
        self.fields["level"].choices = [(rung.level, LadderLevel(rung.level).label) for rung in rungs]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if not facts.get("text", "").strip() and facts.get("level") in self.words:
            facts["text"] = self.words[facts["level"]]
        return facts


class StepReplyForm(Form):
    reply = LongTextField(label=_("整改情况和下一步措施"), rows=5)
