from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.actions.activations import CodeRefused, usable_activation
from accounts.models import Organization, Person, Post, User
from accounts.rules.roles import REGISTER_ROLES
from common.forms import Form

# What the validators of the settings ask, in one sentence.
PASSWORD_RULES = _("至少8个字符，不能全是数字，不能是常见的密码，也不要与姓名、登录名相近。")


class ActivationForm(Form):
    """The code of the slip and an own password, twice."""

    code = forms.CharField(
        label=_("激活码"),
        max_length=40,
        help_text=_("激活单上的十二位字母和数字，不区分大小写，短横可以不输。"),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        ),
    )
    password = forms.CharField(
        label=_("设置自己的密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label=_("再输入一遍密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = PASSWORD_RULES

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        try:
            self.user: User = usable_activation(code).user
        except CodeRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return code

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if "password" in given and "password_again" in given and given["password"] != given["password_again"]:
            self.add_error("password_again", _("两次输入的密码不一样，请重新输入。"))
        elif "password" in given and "code" in given:
            try:
                validate_password(given["password"], self.user)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return given


class SlipFilterForm(Form):
    """`user` is who prints; heads are those first responsible for the direct subordinates of the user's committees."""

    HEADS = "heads"
    q = forms.CharField(label=_("姓名、代码或单位"), required=False)
    state = forms.ChoiceField(
        label=_("账号"),
        required=False,
        choices=[("", _("全部")), ("none", _("还没有账号")), ("issued", _("已制作激活单，未激活"))],
    )

    who = forms.ChoiceField(
        label=_("人员"), required=False, choices=[("", _("全部")), (HEADS, _("直属下级的书记（第一责任人）"))]
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def filtered(self, people: QuerySet[Person]) -> QuerySet[Person]:
        if not self.is_valid():
            return people
        if q := self.cleaned_data["q"]:
            at = Post.objects.current().filter(organization__in=Organization.objects.filter(_named(q)))
            people = people.filter(_named(q) | Q(Exists(at.filter(person=OuterRef("pk")))))
        if state := self.cleaned_data["state"]:
            people = people.filter(user__isnull=state == "none")
        if self.cleaned_data["who"]:
            led = Organization.objects.filter(parent__in=self.user.organizations_as(*REGISTER_ROLES))
            heads = Post.objects.current().filter(is_first_responsible=True, organization__in=led)
            people = people.filter(Exists(heads.filter(person=OuterRef("pk"))))
        return people


def _named(text: str) -> Q:
    return Q(name__icontains=text) | Q(code__icontains=text)
