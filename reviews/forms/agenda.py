"""Agenda items as rows, and the commenters of a slot."""

from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from common.forms import Form
from reviews.actions.agenda import ItemValues
from reviews.forms.meetings import LEADERS_FIRST, LeadersField
from reviews.models import Meeting, Slot
from reviews.rules.meetings import AgendaItemKind


class RevisionForm(Form):
    """The revision a page was made from."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class AgendaItemForm(Form):
    id = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label=_("类型"), choices=AgendaItemKind.choices)
    title = forms.CharField(label=_("议程内容"), max_length=120, strip=False)
    speaker = forms.CharField(
        label=_("主讲人"),
        max_length=80,
        required=False,
        strip=False,
        help_text=_("填写姓名，如“***”；主持人本人讲话的填主持人姓名。"),
    )
    minutes = forms.IntegerField(
        label=_("用时（分钟）"),
        min_value=1,
        max_value=600,
        required=False,
        help_text=_("“述职点评”按人数自动计算，不用填写。"),
    )
    note = forms.CharField(label=_("备注"), max_length=200, required=False, strip=False)


class BaseAgendaFormSet(forms.BaseFormSet):
    @property
    def items(self) -> list[ItemValues]:
        """Filled rows that stay, in the order chosen."""
        rows = [form.cleaned_data for form in self.ordered_forms if form.cleaned_data.get("title")]
        return [
            ItemValues(
                kind=row["kind"],
                title=row["title"],
                speaker=row["speaker"],
                note=row["note"],
                minutes=row["minutes"],
                pk=row["id"],
            )
            for row in rows
        ]


AgendaFormSet = formset_factory(
    AgendaItemForm, formset=BaseAgendaFormSet, extra=0, can_order=True, can_delete=True, max_num=60
)


def agenda_rows(meeting: Meeting) -> list[dict[str, Any]]:
    return list(meeting.agenda_items.values("id", "kind", "title", "speaker", "minutes", "note"))


class SlotForm(Form):
    commenters = LeadersField(
        None,
        label=_("点评人"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("可以选一人或几人；都不选的，由主持人点评。"),
    )

    def __init__(self, *args: Any, slot: Slot, meeting: Meeting, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"commenters": slot.commenters.all()})
        super().__init__(*args, **kwargs)
        posts = meeting.possible_commenters.order_by(*LEADERS_FIRST)
        self.fields["commenters"].queryset = posts  # type: ignore[attr-defined]
