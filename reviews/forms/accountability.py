"""An accountability record."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, Post
from common.forms import Form, LongTextField
from rectification.models import Bulletin, RectificationItem
from reporting.models import BasisDocument, Cycle
from reviews.actions.accountability import RecordFacts
from reviews.models import AccountabilityRecord, AccountabilityRule
from reviews.rules.use_of_results import Measure, ReplacementReason, Responsibility

from .use_of_results import NOBODY, PostChoice, UnitChoice, basis_of, date_field, posts_of, units_of


class ItemChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: RectificationItem) -> str:
        return f"{obj.organization.label} 第{obj.position}项 {obj.problem.text[:40]}"


class AccountabilityFilterForm(Form):
    q = forms.CharField(label=_("单位、代码或姓名"), required=False)
    measure = forms.ChoiceField(label=_("措施"), required=False, choices=[("", _("全部")), *Measure.choices])
    typical = forms.ChoiceField(
        label=_("典型问题"), required=False, choices=[("", _("全部")), ("yes", _("仅典型问题"))]
    )


class BulletinChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Bulletin) -> str:
        return f"{obj.title}（{obj.get_kind_display()}）"


class RecordCiteForm(Form):
    bulletin = BulletinChoice(Bulletin.objects.none(), label=_("写入哪一期通报"), help_text=_("只列出正在拟稿的通报。"))
    text = LongTextField(label=_("通报文字"), rows=6)

    def __init__(self, *args: Any, bulletins: QuerySet[Bulletin], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bulletin"].queryset = bulletins


class RecordForm(Form):
    organization = UnitChoice(Organization.objects.none(), label=_("被问责单位"))
    post = PostChoice(Post.objects.none(), label=_("被问责人"), required=False, empty_label=_("不填（问责单位）"))
    responsibility = forms.ChoiceField(label=_("责任"), choices=Responsibility.choices)
    measure = forms.ChoiceField(label=_("措施"), choices=Measure.choices)
    replacement_reason = forms.ChoiceField(
        label=_("撤换原因"),
        required=False,
        choices=[("", _("不是撤换")), *ReplacementReason.choices],
        help_text=_("撤换的，登记后被撤换人的任职到这一天结束。"),
    )
    date = date_field(_("日期"))
    reason = LongTextField(label=_("事由"), rows=5)
    item = ItemChoice(RectificationItem.objects.none(), label=_("对应的整改事项"), required=False, empty_label=NOBODY)
    rule = forms.ModelChoiceField(
        AccountabilityRule.objects.none(), label=_("对应条款"), required=False, empty_label=NOBODY
    )
    decided_by = forms.CharField(label=_("决定单位或会议"), max_length=120, strip=False)
    handled_by = forms.CharField(
        label=_("承办单位"), max_length=120, required=False, strip=False, help_text=_("如“县纪委监委”“县委组织部”。")
    )
    document = forms.CharField(label=_("决定文书（文号）"), max_length=120, required=False, strip=False)
    basis = forms.ModelChoiceField(
        BasisDocument.objects.none(), label=_("依据文件"), required=False, empty_label=NOBODY
    )
    is_typical = forms.BooleanField(label=_("作为典型问题通报"), required=False)
    is_masked = forms.BooleanField(label=_("通报时隐去单位和姓名"), required=False, initial=True)
    joint_of = forms.ModelChoiceField(
        AccountabilityRecord.objects.none(), label=_("同步问责自"), required=False, empty_label=NOBODY
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, cycle: Cycle, entry: AccountabilityRecord | None = None, **kwargs: Any) -> None:
        if entry is not None:
            names = (*self.base_fields,)
            kwargs["initial"] = {name: getattr(entry, name) for name in names}
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = units_of(cycle)
        self.fields["post"].queryset = posts_of(cycle)
        items = RectificationItem.objects.filter(list__reporter__cycle__committee=cycle.committee_id)
        self.fields["item"].queryset = items.unfinished().for_table() if entry is None else items.for_table()
        self.fields["rule"].queryset = AccountabilityRule.objects.filter(
            committee=cycle.committee_id, is_active=True
        ).exclude(measure="")
        self.fields["basis"].queryset = basis_of(cycle)
        self.fields["joint_of"].queryset = AccountabilityRecord.objects.filter(cycle=cycle)

    @property
    def facts(self) -> RecordFacts:
        return RecordFacts(**{name: value for name, value in self.cleaned_data.items() if name != "revision"})
