"""Forms of lists: filters, an added problem, return, the promise."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Domain, User
from common.forms import Form, LongTextField
from rectification.rules.items import ItemState, ListState, ProblemSource
from reporting.models import Cycle

ALL = ("", _("全部"))


class CycleChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Cycle) -> str:
        return f"{obj.committee}{obj.year}年度"


class CycleFilterForm(Form):
    """Filters that begin with the year."""

    cycle = CycleChoiceField(Cycle.objects.none(), label=_("年度"), required=False, empty_label=_("全部年度"))
    domain = forms.ModelChoiceField(Domain.objects.all(), label=_("领域"), required=False, empty_label=_("全部"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cycle"].queryset = Cycle.objects.visible_to(user).select_related("committee").distinct()


class ListFilterForm(CycleFilterForm):
    state = forms.ChoiceField(label=_("清单状态"), required=False, choices=[ALL, *ListState.choices])
    overdue = forms.BooleanField(label=_("只看有逾期事项的"), required=False)


class ItemFilterForm(CycleFilterForm):
    DUE = (("overdue", _("逾期")), ("soon", _("临期")))

    source = forms.ChoiceField(label=_("问题来源"), required=False, choices=[ALL, *ProblemSource.choices])
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[ALL, *ItemState.choices])
    due = forms.ChoiceField(label=_("时限"), required=False, choices=[ALL, *DUE])


class OverdueFilterForm(CycleFilterForm):
    """Filters of 逾期与临期, where the state is given by the page."""

    due = forms.ChoiceField(label=_("时限"), required=False, choices=[ALL, *ItemFilterForm.DUE])


class ListReturnForm(Form):
    reason = LongTextField(label=_("退回意见"), rows=4, help_text=_("写明哪一项、缺什么、怎样修改，单位据此修改。"))


class ListCommitForm(Form):
    text = LongTextField(label=_("承诺内容"), rows=7, help_text=_("可以修改文字。承诺后随清单一并存档，不再变更。"))
    confirmed = forms.BooleanField(
        label=_("我已逐项看过整改清单，确认由本人作出以上承诺"),
        error_messages={"required": _("请勾选确认，再作出承诺。")},
    )


class ConfirmForm(Form):
    """A deed that needs nothing but a yes; it carries what went wrong."""
