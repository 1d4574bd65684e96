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
        widget=forms.TextInput(attrs={"list": "speakers", "autocomplete": "off"}),
        help_text=_("可以从出席指导和主持人中选，也可以直接填写姓名，如“***”。"),
    )
    document_title = forms.CharField(
        label=_("文件名称"),
        max_length=120,
        required=False,
        strip=False,
        help_text=_("宣读决定、颁奖用，如“关于表彰先进党组织的决定”。"),
    )
    recipients = forms.CharField(
        label=_("受表彰对象或发言人"),
        max_length=2000,
        required=False,
        strip=False,
        help_text=_("用“、”隔开；交流发言的填发言人。"),
    )
    minutes = forms.IntegerField(
        label=_("用时（分钟）"),
        min_value=1,
        max_value=600,
        required=False,
        help_text=_("“述职点评”按人数自动计算，不用填写。"),
    )
    note = forms.CharField(label=_("备注"), max_length=200, required=False, strip=False)


ITEM_FIELDS = ("kind", "title", "speaker", "minutes", "document_title", "recipients", "note")


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
                document_title=row["document_title"],
                recipients=row["recipients"],
                pk=row["id"],
            )
            for row in rows
        ]


AgendaFormSet = formset_factory(
    AgendaItemForm, formset=BaseAgendaFormSet, extra=0, can_order=True, can_delete=True, max_num=60
)


def agenda_rows(meeting: Meeting) -> list[dict[str, Any]]:
    return list(meeting.agenda_items.values("id", *ITEM_FIELDS))


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
