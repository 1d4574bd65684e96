"""The facts of a meeting, and the filter of the list of meetings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, Post
from common.forms import Form, LongTextField
from reporting.models import BasisDocument
from reviews.rules.meetings import COMMENTING_ROLES, MeetingKind, MeetingPattern, MeetingState
from reviews.rules.score_sheets import SHEET_GRACE_SECONDS


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%H:%M", **kwargs)


# The secretary, then as they were entered, which is the order of rank.
LEADERS_FIRST = ("-is_first_responsible", "pk")


class LeaderField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Post) -> str:
        return f"{obj.printed} {obj.person.label}"


class LeadersField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Post) -> str:
        return f"{obj.printed} {obj.person.label}"


class MeetingForm(Form):
    """Title and dates may be masked and are kept as typed (S-195)."""

    kind = forms.ChoiceField(
        label=_("会议类型"),
        choices=MeetingKind.choices,
        help_text=_("类型决定默认议程；没有改动过的会议名称和议程会随类型变化。"),
    )
    pattern = forms.ChoiceField(
        label=_("点评方式"),
        choices=MeetingPattern.choices,
        initial=MeetingPattern.EACH,
        required=False,
        help_text=_("决定主持词、时间安排和现场推进的次序。"),
    )
    title = forms.CharField(
        label=_("会议名称"),
        max_length=200,
        required=False,
        strip=False,
        help_text=_("由年度、范围、述职人职务和会议类型自动组成，可以修改；清空后重新自动组成。"),
    )
    subtitle = forms.CharField(label=_("副标题"), max_length=200, required=False, strip=False)
    date = forms.DateField(label=_("会议日期"), required=False, widget=DateInput)
    date_text = forms.CharField(
        label=_("会议时间（文字）"),
        max_length=60,
        required=False,
        strip=False,
        help_text=_("如“X月X日上午”，填写后文书按文字原样打印。"),
    )
    start_time = forms.TimeField(label=_("开始时间"), required=False, widget=TimeInput)
    planned_minutes = forms.IntegerField(
        label=_("计划会议时长（分钟）"),
        min_value=1,
        max_value=1440,
        required=False,
        help_text=_("议程超出时提示可以改为书面述职的人数。"),
    )
    place = forms.CharField(label=_("地点"), max_length=120, required=False, strip=False)
    host = LeaderField(
        Post.objects.none(),
        label=_("主持人"),
        required=False,
        empty_label=_("尚未确定"),
        help_text=_("没有另行安排点评人的，由主持人点评。"),
    )
    sheet_grace_seconds = forms.IntegerField(
        label=_("宣布收表后等候（秒）"),
        min_value=0,
        max_value=1800,
        required=False,
        initial=SHEET_GRACE_SECONDS,
        help_text=_("宣布收评分表以后，还没有送出的手机可以赶上的时间；会上宣布时还可以改。"),
    )
    basis = LongTextField(
        label=_("会议依据"),
        rows=3,
        required=False,
        help_text=_("用于主持词开头。可以是一个整段，也可以只写“按照……”。"),
    )
    basis_documents = forms.ModelMultipleChoiceField(
        BasisDocument.objects.none(),
        label=_("引用的依据文件"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("写进主持词开头，如“依据《……办法》”。没有的，先到“依据文件”登记。"),
    )
    purpose = LongTextField(label=_("会议主要任务"), rows=3, required=False)
    conduct = LongTextField(
        label=_("会议须知"),
        rows=3,
        required=False,
        help_text=_("一行一条。不填的按通用须知打印：入场、着装、手机、述职限时、请假、保密。"),
    )
    asks_door_code = forms.BooleanField(
        label=_("扫码签到核对到会码"),
        required=False,
        initial=True,
        help_text=_(
            "用手机扫签到单的，还要输入签到屏上每分钟更换的四位数字，不到会场签不了到。会场没有签到屏的不勾选。"
        ),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, committee: Organization, host: Post | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["basis_documents"].queryset = BasisDocument.objects.of(committee)  # type: ignore[attr-defined]
        posts = Post.objects.current().filter(organization=committee, role__in=COMMENTING_ROLES)
        if host is not None:
            posts = posts | Post.objects.filter(pk=host.pk)
        self.fields["host"].queryset = posts.select_related("person", "organization").order_by(*LEADERS_FIRST)  # type: ignore[attr-defined]

    def clean_sheet_grace_seconds(self) -> int:
        given = self.cleaned_data["sheet_grace_seconds"]
        return int(self.initial.get("sheet_grace_seconds", SHEET_GRACE_SECONDS) if given is None else given)

    def clean_pattern(self) -> str:
        return self.cleaned_data["pattern"] or MeetingPattern.EACH


class MeetingDeleteForm(Form):
    reason = forms.CharField(label=_("删除的理由"), max_length=80, help_text=_("记入操作记录，如“重复新建”。"))


class MeetingFilterForm(Form):
    q = forms.CharField(label=_("会议名称"), required=False)
    state = forms.ChoiceField(label=_("状态"), choices=[("", _("全部")), *MeetingState.choices], required=False)
