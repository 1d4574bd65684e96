"""Members of the leading group, typed into a small table."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.actions.teams import DutiesChange, Member
from accounts.forms.people import DateInput
from accounts.models import Person, Post, User
from accounts.rules.roles import Role
from common.forms import Form

BLANK_ROWS = 6


class MemberForm(Form):
    name = forms.CharField(label=_("姓名"), max_length=60)
    code = forms.CharField(label=_("人员代码"), max_length=40, required=False)
    title = forms.CharField(label=_("职务"), max_length=Post._meta.get_field("title").max_length)
    role = forms.ChoiceField(
        label=_("角色"), choices=[(role.value, role.label) for role in (Role.MEMBER, Role.DEPUTY)], initial=Role.MEMBER
    )
    duties = forms.CharField(label=_("分管领域"), max_length=200, required=False)
    start = forms.DateField(label=_("任职日期"), required=False, widget=DateInput())

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select" if isinstance(field.widget, forms.Select) else "form-control"

    def clean(self) -> dict[str, Any]:
        """A code names somebody registered; the name must be that person's, so that nobody is mistaken (S-05)."""
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        facts["person"] = None
        if code := facts.get("code"):
            facts["person"] = Person.objects.visible_to(self.user).filter(code=code).first()
            if facts["person"] is None:
                self.add_error("code", _("没有这个人员代码。新登记的人员不用填，代码会自动编出。"))
            elif facts.get("name") and facts["person"].name != facts["name"]:
                self.add_error(
                    "name", _("代码“%(code)s”是%(name)s，请核对。") % {"code": code, "name": facts["person"]}
                )
            elif facts["person"].pk == self.user.person_id:
                self.add_error("code", _("不能给自己登记任职，请由系统管理员办理。"))
        return facts


class TeamDutiesForm(Form):
    """分管领域 of those registered already, each beside the name; `revision-…` is that of the post."""

    def __init__(self, data: Any, *, posts: Sequence[Post]) -> None:
        super().__init__(data)
        self.posts = posts
        for post in posts:
            self.fields[f"duties-{post.pk}"] = forms.CharField(
                label=_("%(name)s的分管领域") % {"name": post.person.name},
                max_length=200,
                required=False,
                initial=post.duties,
                widget=forms.TextInput(attrs={"class": "form-control"}),
            )
            self.fields[f"revision-{post.pk}"] = forms.IntegerField(
                initial=post.revision, required=False, widget=forms.HiddenInput
            )

    def lines(self) -> list[tuple[Post, forms.BoundField, forms.BoundField]]:
        return [(post, self[f"duties-{post.pk}"], self[f"revision-{post.pk}"]) for post in self.posts]

    @property
    def changes(self) -> list[DutiesChange]:
        """A post that the page did not show is left as it is."""
        return [
            DutiesChange(post, self.cleaned_data[f"duties-{post.pk}"], seen)
            for post in self.posts
            if (seen := self.cleaned_data[f"revision-{post.pk}"]) is not None
            and self.cleaned_data[f"duties-{post.pk}"] != post.duties
        ]


class _Rows(forms.BaseFormSet):
    may_be_empty = False

    def clean(self) -> None:
        if not self.may_be_empty and not any(form.has_changed() for form in self.forms):
            raise forms.ValidationError(_("请至少填写一名班子成员，或修改已登记成员的分管领域。"))

    def members(self) -> list[Member]:
        wanted = ("name", "person", "title", "role", "duties", "start")
        return [
            Member(**{name: form.cleaned_data[name] for name in wanted}) for form in self.forms if form.has_changed()
        ]


MemberFormSet = forms.formset_factory(MemberForm, formset=_Rows, extra=BLANK_ROWS, max_num=60)
