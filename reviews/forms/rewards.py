"""A reward or penalty, and its settling."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, Post
from common import clock
from common.forms import Form, LongTextField
from reporting.models import BasisDocument, Cycle
from reviews.actions.rewards import RewardFacts
from reviews.rules.use_of_results import RewardKind

from .use_of_results import NOBODY, PostChoice, UnitChoice, basis_of, date_field, posts_of, units_of

UNSETTLED, SETTLED = "unsettled", "settled"


class RewardFilterForm(Form):
    q = forms.CharField(label=_("单位或事项"), required=False)
    kind = forms.ChoiceField(label=_("奖罚"), required=False, choices=[("", _("全部")), *RewardKind.choices])
    state = forms.ChoiceField(
        label=_("兑现情况"),
        required=False,
        choices=[("", _("全部")), (UNSETTLED, _("未兑现")), (SETTLED, _("已兑现"))],
    )


class RewardForm(Form):
    organization = UnitChoice(Organization.objects.none(), label=_("单位"))
    post = PostChoice(Post.objects.none(), label=_("个人"), required=False, empty_label=_("不填（奖罚单位）"))
    kind = forms.ChoiceField(label=_("奖罚"), choices=RewardKind.choices, widget=forms.RadioSelect)
    matter = forms.CharField(label=_("事项"), max_length=200, strip=False, help_text=_("如“按星级给予党建经费奖励”。"))
    amount = forms.CharField(
        label=_("金额或内容"),
        max_length=80,
        required=False,
        strip=False,
        help_text=_("按原文填写，原样保留，如“5000元”“X万元”“***”。"),
    )
    basis = forms.ModelChoiceField(
        BasisDocument.objects.none(), label=_("依据文件"), required=False, empty_label=NOBODY
    )
    note = LongTextField(label=_("说明"), required=False, rows=3)

    def __init__(self, *args: Any, cycle: Cycle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = units_of(cycle)
        self.fields["post"].queryset = posts_of(cycle)
        self.fields["basis"].queryset = basis_of(cycle)

    @property
    def facts(self) -> RewardFacts:
        return RewardFacts(**self.cleaned_data)


class RewardSettleForm(Form):
    settled_on = date_field(_("兑现日期"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["settled_on"].initial = clock.today
