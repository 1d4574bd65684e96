"""Guests as rows, categories with members as lines, the total (S-85 to S-87)."""

from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from common.forms import Form, LongTextField
from reviews.actions.attendance import GroupValues
from reviews.models.meeting_facts import MeetingFacts
from reviews.rules.attendance import AttendancePreset, Member, parse_members, write_members


class AttendanceForm(Form):
    total_text = forms.CharField(
        label=_("参会总人数（文字）"),
        max_length=40,
        required=False,
        strip=False,
        help_text=_("不填的按各类人数相加；填了的（如“130多人”“***多人”）文书按文字原样打印。"),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class PresetForm(Form):
    preset = forms.ChoiceField(
        label=_("套用常用类别"),
        choices=AttendancePreset.choices,
        widget=forms.Select(attrs={"class": "form-select"}),
    )


class GuestForm(Form):
    name = forms.CharField(label=_("姓名"), max_length=60, required=False, strip=False)
    unit = forms.CharField(label=_("单位"), max_length=120, required=False, strip=False)
    post = forms.CharField(label=_("职务"), max_length=120, required=False, strip=False)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if not facts.get("name") and (facts.get("unit") or facts.get("post")):
            self.add_error("name", _("请填写姓名（可以写“***”）。"))
        return facts


class BaseGuestFormSet(forms.BaseFormSet):
    @property
    def members(self) -> list[Member]:
        rows = [form.cleaned_data for form in self.ordered_forms]
        return [Member(r["name"], r["unit"], r["post"]) for r in rows if r.get("name")]


GuestFormSet = formset_factory(
    GuestForm, formset=BaseGuestFormSet, extra=0, can_order=True, can_delete=True, max_num=100
)


class GroupForm(Form):
    id = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("类别"), max_length=80, strip=False)
    count_text = forms.CharField(
        label=_("人数"),
        max_length=20,
        required=False,
        strip=False,
        help_text=_("可写“12”“12人”“***”；不写的按名单人数。"),
    )
    members = LongTextField(
        label=_("名单"),
        rows=3,
        required=False,
        help_text=_(
            "每行一人：姓名 单位 职务，用空格或逗号隔开；只写姓名的，一行可以写几人，用“、”隔开。"
            "内容本身有空格的，用“|”隔开。可以不填。"
        ),
    )

    def clean_members(self) -> str:
        text = str(self.cleaned_data["members"])
        for member in parse_members(text):
            if len(member.name) > 60 or max(len(member.unit), len(member.post)) > 120:
                raise forms.ValidationError(_("姓名不超过60字，单位、职务不超过120字，请分行填写。"))
            if not member.name:
                raise forms.ValidationError(_("有一行没有姓名。"))
        return text


class BaseGroupFormSet(forms.BaseFormSet):
    @property
    def groups(self) -> list[GroupValues]:
        rows = [form.cleaned_data for form in self.ordered_forms if form.cleaned_data.get("name")]
        return [
            GroupValues(
                name=row["name"],
                count_text=row["count_text"],
                members=tuple(parse_members(row["members"])),
                pk=row["id"],
            )
            for row in rows
        ]


GroupFormSet = formset_factory(
    GroupForm, formset=BaseGroupFormSet, extra=0, can_order=True, can_delete=True, max_num=100
)


def guest_rows(facts: MeetingFacts) -> list[dict[str, Any]]:
    return [{"name": g.name, "unit": g.unit, "post": g.post_title} for g in facts.guests]


def group_rows(facts: MeetingFacts) -> list[dict[str, Any]]:
    return [
        {
            "id": line.group.pk,
            "name": line.group.name,
            "count_text": line.group.count_text,
            "members": write_members(Member(row.name, row.unit, row.post_title) for row in line.attendees),
        }
        for line in facts.groups
    ]


class DoorCodeForm(Form):
    """Four digits read from the screen at the door; without them nobody is asked while the meeting does not."""

    door_code = forms.CharField(
        label=_("到会码（看签到屏上的四位数字）"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "door-code"}),
    )
