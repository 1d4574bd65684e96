"""Asking for the lists of the year's start, and writing them."""

import dataclasses
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Form, LongTextField
from reporting.actions.filings import CallFacts, RowChange
from reporting.forms.key_tasks import DateInput
from reporting.models import Cycle, FiledList, FilingCall
from reporting.rules.filings import FiledWords, FilingState, ListKind

WORDS = tuple(field.name for field in dataclasses.fields(FiledWords))
LATE, MISSING = "late", "missing"


class FilingCallForm(Form):
    kinds = forms.MultipleChoiceField(
        label=_("要报的清单"),
        choices=ListKind.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选择一种清单。")},
    )
    due_text = forms.CharField(
        label=_("报送时限（文字）"),
        max_length=60,
        required=False,
        strip=False,
        help_text=_("按通知原文写，如“3月15日前”“X月底前”，原样显示。"),
    )
    due_date = forms.DateField(
        label=_("报送时限（日期）"),
        required=False,
        widget=DateInput(),
        help_text=_("可不填。填了日期才认定逾期，当天报送不算逾期。"),
    )
    organizations = forms.ModelMultipleChoiceField(
        None,
        label=_("报送单位"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选择一个单位。")},
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any, *, cycle: Cycle, call: FilingCall | None) -> None:
        below = cycle.committee.children.order_by("code")
        if call:
            stored = {name: getattr(call, name) for name in ("kinds", "due_text", "due_date", "revision")}
            initial = stored | {"organizations": [*call.lists.values_list("organization", flat=True)]}
        else:
            # Whoever has a first responsible person files: 每名第一责任人都报 (S-38).
            heads = below.filter(posts__is_first_responsible=True, posts__end__isnull=True)
            first_kinds = [ListKind.PROBLEMS, ListKind.RESPONSIBILITIES]
            initial = {"kinds": first_kinds, "revision": 0, "organizations": [*heads.values_list("pk", flat=True)]}
        super().__init__(data, initial=initial)
        self.fields["organizations"].queryset = below
        self.fields["organizations"].label_from_instance = lambda organization: organization.label

    @property
    def facts(self) -> CallFacts:
        return CallFacts(**{name: self.cleaned_data[name] for name in ("kinds", "due_text", "due_date")})


class FiledRowForm(Form):
    id = forms.IntegerField(widget=forms.HiddenInput, required=False)
    matter = LongTextField(label=_("事项"), rows=2, required=False)
    measure = LongTextField(label=_("措施"), rows=3, required=False)
    owner = forms.CharField(label=_("责任人"), max_length=120, required=False, strip=False)
    lead_unit = forms.CharField(label=_("牵头单位"), max_length=120, required=False, strip=False)
    co_units = forms.CharField(label=_("责任单位"), max_length=250, required=False, strip=False)
    due_text = forms.CharField(
        label=_("时限（文字）"),
        max_length=60,
        required=False,
        strip=False,
        help_text=_("如“6月底前”“长期坚持”，原样打印。"),
    )
    due_date = forms.DateField(label=_("时限（日期）"), required=False, widget=DateInput(), help_text=_("可不填。"))

    def __init__(self, *args: Any, matter: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["matter"].label = matter

    @property
    def change(self) -> RowChange:
        facts = self.cleaned_data
        words = {name: facts[name] for name in WORDS if name in facts}
        deleted = bool(facts.get("DELETE"))
        return RowChange(FiledWords(**{"matter": "", **words}), facts.get("id"), self.add_prefix("id"), deleted)


class BaseRows(forms.BaseFormSet):
    @property
    def changes(self) -> list[RowChange]:
        """Rows in their order; those left blank are none."""
        rows = [form.change for form in self.ordered_forms if form.cleaned_data]
        return [row for row in rows if not row.words.is_blank]

    @property
    def sent(self) -> list[RowChange]:
        """Every row that the page knows, in its order, those taken away and those left blank too."""
        forms = [form for form in self.forms if form.cleaned_data]
        return [form.change for form in sorted(forms, key=lambda form: form.cleaned_data.get("ORDER") or len(forms))]

    @property
    def told(self) -> list[str]:
        """What an automatic save is told: which row, which field, what is wrong."""
        found = [f"{error}" for error in self.non_form_errors()]
        for number, form in enumerate(self.forms, start=1):
            for name, errors in form.errors.items():
                label = form.fields[name].label if name in form.fields else ""
                found += [f"第{number}项{label}：{error}" for error in errors]
        return found


FiledRows = forms.formset_factory(FiledRowForm, formset=BaseRows, extra=1, can_delete=True, can_order=True, max_num=100)


def rows_of(filed: FiledList, data: Any) -> BaseRows:
    stored = [{"id": row.pk, **dataclasses.asdict(row.words)} for row in filed.rows.all()]
    return FiledRows(data, prefix="rows", initial=stored, form_kwargs={"matter": filed.matter})


class FiledListForm(Form):
    revision = forms.IntegerField(widget=forms.HiddenInput)


class FiledListReturnForm(Form):
    reason = LongTextField(label=_("退回意见"), rows=4, help_text=_("写明哪一项、缺什么、怎样修改，单位据此修改。"))


class FilingFilterForm(Form):
    q = forms.CharField(label=_("单位或代码"), required=False)
    kind = forms.ChoiceField(label=_("清单"), required=False, choices=[("", _("全部")), *ListKind.choices])
    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("", _("全部")), *FilingState.choices, (LATE, _("逾期"))]
    )
