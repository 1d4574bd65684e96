import datetime as dt
from typing import Any

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, Post, User
from accounts.permissions import can_give_post
from accounts.rules.roles import Role
from common.forms import NOTHING_CHOSEN, Form, ModelForm, RevisionMixin


class PersonForm(ModelForm):
    class Meta:
        model = Person
        fields = ("code", "name")
        error_messages = {"code": {"unique": _("这个人员代码已经有人使用，请换一个。")}}
        help_texts = {
            "code": _("唯一的代码，用来区分同名同志。"),
            "name": _("可填“***”等脱敏文字，按原样保存。"),
        }


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class PostForm(ModelForm):
    class Meta:
        model = Post
        fields = ("title", "role", "start", "end", "is_first_responsible", "is_primary", "is_unit_head", "duties")
        widgets = {"start": DateInput(), "end": DateInput()}
        help_texts = {
            "title": _("按印发时的写法填写，如 党委书记、党组书记、局长。"),
            "is_first_responsible": _("每个党组织同一时间只有一名第一责任人。"),
            "is_unit_head": _("本人是这个党组织所在单位的主要负责人，如局长、校长。"),
        }

    def __init__(self, *args, user: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        post = self.instance
        roles = [r for r in Role if can_give_post(user, r, post.organization, getattr(post, "person", None))]
        self.fields["role"].choices = [("", NOTHING_CHOSEN), *((role.value, role.label) for role in roles)]

    def _get_validation_exclusions(self) -> set[str]:
        # The organization is no field here, yet the rule of one first responsible person needs it.
        return super()._get_validation_exclusions() - {"organization"}


class PostEditForm(RevisionMixin, PostForm):
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial["revision"] = self.instance.revision

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in PostForm.Meta.fields}


class PostEndForm(Form):
    end = forms.DateField(label=_("免职日期"), widget=DateInput())

    def __init__(self, *args, post: Post, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.post = post

    def clean_end(self) -> dt.date:
        end: dt.date = self.cleaned_data["end"]
        if self.post.start and end < self.post.start:
            raise forms.ValidationError(_("免职日期不能早于任职日期。"))
        return end


class PersonFilterForm(Form):
    q = forms.CharField(label=_("姓名、代码或单位"), required=False)
    role = forms.ChoiceField(label=_("角色"), choices=[("", _("全部")), *Role.choices], required=False)


class AccountForm(Form):
    username = forms.CharField(label=_("登录名"), max_length=150, validators=[UnicodeUsernameValidator()])

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError(_("这个登录名已被使用，请换一个。"))
        return username
