"""Forms of bulletins: the words, one organization's line, and to whom it goes."""

from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from common.forms import Form, LongTextField, RevisionMixin
from rectification.actions.bulletins import LineWords
from rectification.models import Bulletin
from rectification.rules.bulletins import Audience

FACTS = ("title", "number", "opening", "common", "closing", "has_ranking")


class BulletinForm(RevisionMixin, Form):
    title = forms.CharField(label=_("标题"), max_length=120, strip=False)
    number = forms.CharField(label=_("文号"), max_length=60, required=False, strip=False)
    opening = LongTextField(label=_("正文"), rows=8, required=False)
    common = LongTextField(
        label=_("共性问题（不点名）"),
        rows=5,
        required=False,
        help_text=_("写“有的单位……”，不写单位名称，对外刊发时照此印出。"),
    )
    closing = LongTextField(label=_("工作要求"), rows=5, required=False)
    has_ranking = forms.BooleanField(label=_("公布各单位名次"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FACTS}

    @staticmethod
    def initial_of(bulletin: Bulletin) -> dict[str, Any]:
        return {name: getattr(bulletin, name) for name in (*FACTS, "revision")}


class LineForm(Form):
    id = forms.IntegerField(widget=forms.HiddenInput)
    comment = LongTextField(label=_("评语"), rows=2, required=False)
    findings = LongTextField(label=_("督查发现的问题"), rows=2, required=False)
    is_named = forms.BooleanField(label=_("印入下发的通报"), required=False)


class BaseLineFormSet(forms.BaseFormSet):
    @property
    def words(self) -> dict[int, LineWords]:
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data]
        return {row["id"]: LineWords(row["findings"], row["comment"], row["is_named"]) for row in rows}


LineFormSet = formset_factory(LineForm, formset=BaseLineFormSet, extra=0, max_num=3000, absolute_max=3000)


def line_rows(bulletin: Bulletin) -> list[dict[str, Any]]:
    return [
        {"id": line.pk, "comment": line.comment, "findings": line.findings, "is_named": line.is_named}
        for line in bulletin.lines.for_table()
    ]


class OrganizationsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Organization) -> str:
        return obj.label


class BulletinPublishForm(Form):
    audience = forms.ChoiceField(label=_("发送范围"), choices=Audience.choices, widget=forms.RadioSelect)
    organizations = OrganizationsField(
        Organization.objects.none(),
        label=_("指定单位"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("选“指定单位”时勾选。"),
    )

    def __init__(self, *args: Any, bulletin: Bulletin, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organizations"].queryset = bulletin.cycle.committee.children.order_by("code")
        if bulletin.is_special:
            listed = Audience.LISTED
            self.fields["audience"].choices = [choice for choice in Audience.choices if choice[0] != listed]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("audience") == Audience.CHOSEN and not facts.get("organizations"):
            self.add_error("organizations", _("请至少勾选一个单位。"))
        return facts
