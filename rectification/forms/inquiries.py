"""Forms of talks and letters of inquiry (S-172, S-173)."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, Post, User
from accounts.rules.roles import TEAM_ROLES
from common.forms import Form, LongTextField
from rectification.permissions import INSPECTING_ROLES
from rectification.rules.inquiries import InquiryKind, InquiryState

from .items import DateInput
from .lists import ALL

FACTS = ("kind", "by_whom", "date", "date_text", "place", "reason", "demands", "due_text", "due_date")


class InquiryFilterForm(Form):
    kind = forms.ChoiceField(label=_("方式"), required=False, choices=[ALL, *InquiryKind.choices])
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[ALL, *InquiryState.choices])
    overdue = forms.BooleanField(label=_("只看逾期未答复的"), required=False)
    q = forms.CharField(label=_("单位或姓名"), required=False)

    def filtered(self, rows: Any, today: Any) -> Any:
        wanted = self.cleaned_data if self.is_valid() else {}
        for name in ("kind", "state"):
            if wanted.get(name):
                rows = rows.filter(**{name: wanted[name]})
        if wanted.get("q"):
            q = wanted["q"]
            rows = rows.filter(Q(post__person__name__icontains=q) | Q(post__organization__name__icontains=q))
        return rows.overdue(today) if wanted.get("overdue") else rows


class PostField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Post) -> str:
        return f"{obj.organization.label}　{obj.title}　{obj.person.name}"


class CommitteeField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Organization) -> str:
        return obj.label


class InquiryForm(Form):
    committee = CommitteeField(Organization.objects.none(), label=_("发出单位"), empty_label=None)
    kind = forms.ChoiceField(label=_("方式"), choices=InquiryKind.choices, widget=forms.RadioSelect)
    post = PostField(Post.objects.none(), label=_("对象"), empty_label=_("请选择"))
    by_whom = forms.CharField(label=_("约谈人（发函人）"), max_length=120, strip=False)
    date = forms.DateField(label=_("约谈日期"), required=False, widget=DateInput())
    date_text = forms.CharField(
        label=_("约谈日期（文字）"),
        max_length=60,
        required=False,
        strip=False,
        help_text=_("如“X月X日”，填写后按文字印发。"),
    )
    place = forms.CharField(label=_("地点"), max_length=120, required=False, strip=False)
    reason = LongTextField(label=_("事由"), rows=4)
    demands = LongTextField(label=_("要求说明的问题和整改要求"), rows=6)
    due_date = forms.DateField(label=_("答复、整改时限"), required=False, widget=DateInput())
    due_text = forms.CharField(
        label=_("时限（文字）"),
        max_length=60,
        required=False,
        strip=False,
        help_text=_("只有文字没有日期的，不计逾期。"),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        committees = user.organizations_as(*INSPECTING_ROLES)
        below = Q(pk__in=[])
        for committee in committees:
            below |= Q(organization__path__startswith=committee.path) & ~Q(organization=committee)
        posts = Post.objects.current().filter(below, role__in=TEAM_ROLES)
        self.fields["post"].queryset = posts.select_related("organization", "person").order_by(
            "organization__code", "-is_first_responsible"
        )
        self.fields["committee"].queryset = committees
        if len(committees) == 1:
            self.fields["committee"].widget = forms.HiddenInput()
            self.fields["committee"].initial = committees[0]

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FACTS}


class InquiryAnswerForm(Form):
    text = LongTextField(label=_("书面答复"), rows=12)


class InquiryHoldForm(Form):
    text = LongTextField(label=_("谈话情况和本人表态"), rows=12)


class InquiryReturnForm(Form):
    reason = LongTextField(label=_("需要补充说明什么"), rows=4)


class InquiryCloseForm(Form):
    conclusion = LongTextField(label=_("办结意见"), rows=4, required=False)
