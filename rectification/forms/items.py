"""Forms of items: the plan with its measures, a new owner, progress, verification."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, Post
from common import clock
from common.forms import Form, LongTextField
from documents.forms.attachments import FilesField
from rectification.models import RectificationItem, Verification
from rectification.models.plans import ItemPlan, MeasurePlan, PartyPlan
from rectification.rules.items import ItemKind
from rectification.rules.lists import year_end_date
from rectification.rules.parties import PartiesInvalid, PartyKind, party_lines
from rectification.rules.targets import TargetOperator

MAX_MEASURES = 50


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class PostChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Post) -> str:
        return f"{obj.person.label} {obj.title}"


class OwnerForm(Form):
    """Owner by post, or as typed where the person holds no post in the register (S-153)."""

    owner_post = PostChoiceField(
        Post.objects.none(),
        label=_("责任人（从本单位任职中选）"),
        required=False,
        empty_label=_("不选，按文字填写"),
        help_text=_("所选人员离任后，本事项显示为“待明确”，直到重新明确。"),
    )
    owner_text = forms.CharField(
        label=_("责任人（文字）"),
        max_length=120,
        required=False,
        strip=False,
        help_text=_("上面没有选人时按这里的文字，如“***”“党建办主任”，原样保存。"),
    )

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = Post.objects.current().filter(organization=organization).select_related("person")
        self.fields["owner_post"].queryset = posts


class ItemReassignForm(OwnerForm):
    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if not facts.get("owner_post") and not facts.get("owner_text", "").strip():
            raise forms.ValidationError(_("请选择责任人，或填写责任人的文字。"))
        return facts


class ItemForm(OwnerForm):
    """The plan of an item but its measures. What is incomplete is saved and named when the list is handed in."""

    kind = forms.ChoiceField(
        label=_("整改类型"),
        choices=ItemKind.choices,
        widget=forms.RadioSelect,
        help_text=_("“长期坚持”的事项不要求时限，不计逾期，转入下一年度继续报告。"),
    )
    lead_unit = forms.CharField(label=_("牵头单位"), max_length=120, required=False, strip=False)
    co_units = forms.CharField(label=_("责任单位"), max_length=250, required=False, strip=False)
    due_text = forms.CharField(
        label=_("整改时限（文字）"),
        max_length=60,
        required=False,
        strip=False,
        help_text=_("按文件写法填写，如“X月底前”“年底前”，原样打印。"),
    )
    due_date = forms.DateField(
        label=_("整改时限（日期）"),
        required=False,
        widget=DateInput(),
        help_text=_("填了日期才计算临期、逾期；次日起算逾期。"),
    )
    year_end = forms.BooleanField(label=_("文字是“年底前”的，日期按12月31日"), required=False)
    target = forms.CharField(label=_("整改目标"), max_length=250, required=False, strip=False)
    target_operator = forms.ChoiceField(
        label=_("量化要求"), required=False, choices=[("", _("没有量化目标")), *TargetOperator.choices]
    )
    target_value = forms.CharField(
        label=_("目标数"), max_length=30, required=False, strip=False, help_text=_("如“4”“90%”“XX”，原样保存。")
    )
    target_unit = forms.CharField(label=_("单位"), max_length=20, required=False, help_text=_("如“次”“个村”。"))
    parties = LongTextField(
        label=_("责任分工"),
        rows=3,
        required=False,
        help_text=_("几个单位共同负责的，每行一个，如“主体：XX镇党委”“协同：县民政局”；类别有主体、跟踪、协同、托底。"),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)
    field_order = (
        "kind",
        "owner_post",
        "owner_text",
        "due_text",
        "due_date",
        "year_end",
        "lead_unit",
        "co_units",
        "target",
        "target_operator",
        "target_value",
        "target_unit",
        "parties",
        "revision",
    )

    def clean_due_date(self) -> dt.date | None:
        """A new date lies ahead; one that has passed meanwhile stays as it is."""
        date: dt.date | None = self.cleaned_data["due_date"]
        if date and "due_date" in self.changed_data and date < clock.today():
            raise forms.ValidationError(_("整改时限早于今天，请核对年份和日期。"))
        return date

    def clean_parties(self) -> list[PartyPlan]:
        try:
            return [PartyPlan(kind, unit) for kind, unit in party_lines(self.cleaned_data["parties"])]
        except PartiesInvalid as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("year_end") and not facts.get("due_date"):
            facts["due_date"] = year_end_date(facts.get("due_text", ""), clock.today().year)
            if facts["due_date"] is None:
                self.add_error("year_end", _("从时限文字看不出是哪年年底，请直接填写日期。"))
        return facts

    @classmethod
    def initial_of(cls, item: RectificationItem) -> dict[str, Any]:
        names = (name for name in ItemForm.field_order if name not in ("year_end", "parties"))
        parties = "\n".join(f"{PartyKind(party.kind).label}：{party.unit}" for party in item.parties.all())
        return {name: getattr(item, name) for name in names} | {"parties": parties}

    @classmethod
    def offered_by(cls, before: RectificationItem) -> dict[str, Any]:
        """Who did it last year and for what target; until when is asked anew."""
        facts = cls.initial_of(before)
        return {name: facts[name] for name in facts.keys() - {"kind", "due_text", "due_date", "revision"}}

    def plan(self, measures: list[MeasurePlan]) -> ItemPlan:
        facts = {k: v for k, v in self.cleaned_data.items() if k not in ("year_end", "revision", "reason")}
        return ItemPlan(**facts, measures=measures)


class MeasureForm(Form):
    text = LongTextField(label=_("整改措施"), rows=3, required=False)
    owner = forms.CharField(
        label=_("这条措施的责任人"),
        max_length=120,
        required=False,
        strip=False,
        help_text=_("不填的，由本项责任人负责。"),
    )


class MeasureFormSet(
    forms.formset_factory(  # type: ignore[misc]
        MeasureForm, extra=0, min_num=1, max_num=MAX_MEASURES, can_delete=True, can_order=True
    )
):
    """Measures in their order; rows left empty are no measures."""

    def plans(self) -> list[MeasurePlan]:
        rows = [form.cleaned_data for form in self.ordered_forms]
        return [MeasurePlan(row["text"], row.get("owner", "")) for row in rows if row.get("text", "").strip()]


class ProgressForm(Form):
    date = forms.DateField(label=_("日期"), widget=DateInput())
    text = LongTextField(label=_("进展情况"), rows=6, help_text=_("做了什么、有什么效果、还差什么。原样保存。"))
    files = FilesField(label=_("佐证材料"), required=False)
    actual = forms.CharField(
        label=_("目前完成数"),
        max_length=30,
        required=False,
        strip=False,
        help_text=_("对照量化目标填写到目前为止的数，原样保存。"),
    )

    def __init__(self, *args: Any, item: RectificationItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["actual"].initial = item.target_actual
        if not item.quantity:
            del self.fields["actual"]


class ItemVerifyForm(Form):
    outcome = forms.ChoiceField(label=_("审核结果"), choices=Verification.Outcome.choices, widget=forms.RadioSelect)
    reason = LongTextField(label=_("意见"), rows=4, required=False, help_text=_("退回、补课、回炉的，必须写明意见。"))
    due_text = forms.CharField(
        label=_("新的时限（文字）"),
        max_length=60,
        required=False,
        strip=False,
        help_text=_("补课、回炉的，写明新的时限，文字、日期至少一项。"),
    )
    due_date = forms.DateField(label=_("新的时限（日期）"), required=False, widget=DateInput())


class ItemAmendForm(ItemForm):
    """Another plan of a promised item, with a reason (S-149)."""

    reason = LongTextField(label=_("调整的理由"), rows=3)
    field_order = ("reason", *ItemForm.field_order)


class ItemCaseForm(Form):
    group = LongTextField(
        label=_("工作专班"), rows=3, required=False, help_text=_("组长、成员和分工。一事一议、一事一案的事项填写。")
    )
    report = LongTextField(label=_("办结报告"), rows=8, required=False, help_text=_("办结后填写，随事项存档。"))
    revision = forms.IntegerField(widget=forms.HiddenInput)
