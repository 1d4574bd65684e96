"""Forms of items: the plan with its measures, a new owner, progress, verification."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, Post
from common import clock
from common.forms import Form, LongTextField
from documents.forms.attachments import FilesField
from rectification.actions.items import ItemPlan
from rectification.models import RectificationItem, Verification
from rectification.rules.items import ItemKind
from rectification.rules.lists import year_end_date

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
        "revision",
    )

    def clean_due_date(self) -> dt.date | None:
        """A new date lies ahead; one that has passed meanwhile stays as it is."""
        date: dt.date | None = self.cleaned_data["due_date"]
        if date and "due_date" in self.changed_data and date < clock.today():
            raise forms.ValidationError(_("整改时限早于今天，请核对年份和日期。"))
        return date

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("year_end") and not facts.get("due_date"):
            facts["due_date"] = year_end_date(facts.get("due_text", ""), clock.today().year)
            if facts["due_date"] is None:
                self.add_error("year_end", _("时限文字里没有“年底”，请直接填写日期。"))
        return facts

    @classmethod
    def initial_of(cls, item: RectificationItem) -> dict[str, Any]:
        names = (name for name in cls.field_order if name != "year_end")
        return {name: getattr(item, name) for name in names}

    def plan(self, measures: list[str]) -> ItemPlan:
        facts = {k: v for k, v in self.cleaned_data.items() if k not in ("year_end", "revision")}
        return ItemPlan(**facts, measures=measures)


class MeasureForm(Form):
    text = LongTextField(label=_("整改措施"), rows=3, required=False)


class MeasureFormSet(
    forms.formset_factory(  # type: ignore[misc]
        MeasureForm, extra=0, min_num=1, max_num=MAX_MEASURES, can_delete=True, can_order=True
    )
):
    """Measures in their order; rows left empty are no measures."""

    def texts(self) -> list[str]:
        return [form.cleaned_data["text"] for form in self.ordered_forms if form.cleaned_data.get("text", "").strip()]


class ProgressForm(Form):
    date = forms.DateField(label=_("日期"), widget=DateInput())
    text = LongTextField(label=_("进展情况"), rows=6, help_text=_("做了什么、有什么效果、还差什么。原样保存。"))
    files = FilesField(label=_("佐证材料"), required=False)


class ItemVerifyForm(Form):
    outcome = forms.ChoiceField(label=_("审核结果"), choices=Verification.Outcome.choices, widget=forms.RadioSelect)
    reason = LongTextField(label=_("意见"), rows=4, required=False, help_text=_("退回的，必须写明意见。"))
