"""A small table of subordinate organizations, typed in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.actions.subordinates import Subordinate
from accounts.models import Domain, Organization
from accounts.rules.organizations import OrganizationKind, OrganizationLevel, level_below
from common.forms import Form

BLANK_ROWS = 10


class SubordinateForm(Form):
    name = forms.CharField(label=_("名称"), max_length=120)
    code = forms.CharField(label=_("代码"), max_length=40)
    kind = forms.ChoiceField(label=_("类型"), choices=OrganizationKind.choices, initial=OrganizationKind.COMMITTEE)
    domain = forms.ModelChoiceField(Domain.objects.all(), label=_("领域"), required=False)
    secretary = forms.CharField(label=_("书记姓名"), max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            select = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if select else "form-control"

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if Organization.objects.filter(code=code).exists():
            raise forms.ValidationError(_("代码“%(code)s”已有单位使用，请换一个。") % {"code": code})
        return code


class _Rows(forms.BaseFormSet):
    def clean(self) -> None:
        codes: set[str] = set()
        for form in self.forms:
            code = form.cleaned_data.get("code") if form.has_changed() else None
            if code in codes:
                form.add_error("code", _("代码“%(code)s”在表中重复，请换一个。") % {"code": code})
            codes |= {code} if code else set()
        if not any(form.has_changed() for form in self.forms):
            raise forms.ValidationError(_("请至少填写一个单位。"))

    def subordinates(self) -> list[Subordinate]:
        return [Subordinate(**form.cleaned_data) for form in self.forms if form.has_changed()]


SubordinateFormSet = forms.formset_factory(SubordinateForm, formset=_Rows, extra=BLANK_ROWS, max_num=60)


class LevelForm(Form):
    level = forms.ChoiceField(
        label=_("这些单位的层级"),
        choices=[choice for choice in OrganizationLevel.choices if choice[0] != OrganizationLevel.PROVINCE],
    )

    def __init__(self, *args: Any, parent: Organization, **kwargs: Any) -> None:
        super().__init__(*args, initial={"level": level_below(parent.level)}, **kwargs)
