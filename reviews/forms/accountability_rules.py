"""A rule of the committee: situation, consequence, basis."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from common.forms import Form
from reporting.models import BasisDocument
from reviews.actions.accountability_rules import RuleFacts
from reviews.models import AccountabilityRule
from reviews.rules.accountability_rules import Situation
from reviews.rules.use_of_results import Measure

from .use_of_results import date_field

_NAMES = ("situation", "threshold", "text", "measure", "consequence", "effective_from", "basis", "is_active")


class RuleForm(Form):
    situation = forms.ChoiceField(label=_("情形"), choices=Situation.choices)
    threshold = forms.DecimalField(
        label=_("界限"),
        required=False,
        min_value=0,
        max_digits=6,
        decimal_places=2,
        help_text=_("情形后括号里写着单位（项、天、次、%）的，填数字。"),
    )
    text = forms.CharField(label=_("条款原文"), max_length=300, strip=False, widget=forms.Textarea(attrs={"rows": 3}))
    measure = forms.ChoiceField(
        label=_("问责措施"),
        required=False,
        choices=[("", _("无（激励条款）")), *Measure.choices],
        help_text=_("系统只提出建议，不会自动问责。"),
    )
    consequence = forms.CharField(
        label=_("处理（激励）内容"), max_length=200, required=False, strip=False, help_text=_("如“扣减转移支付”。")
    )
    effective_from = date_field(_("施行日期"))
    basis = forms.ModelChoiceField(
        BasisDocument.objects.none(),
        label=_("依据文件"),
        help_text=_("先在“依据文件”中登记，再在这里选择。"),
        error_messages={"required": _("请选择依据文件。")},
    )
    is_active = forms.BooleanField(label=_("施行"), required=False, initial=True)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, committee: Organization, rule: AccountabilityRule | None = None, **kwargs: Any
    ) -> None:
        if rule is not None:
            kwargs["initial"] = {name: getattr(rule, name) for name in (*_NAMES, "revision")}
        super().__init__(*args, **kwargs)
        self.fields["basis"].queryset = BasisDocument.objects.of(committee)

    @property
    def facts(self) -> RuleFacts:
        return RuleFacts(**{name: self.cleaned_data[name] for name in _NAMES})
