"""Contact points and visits."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.classes import FIRST_YEAR, LAST_YEAR, LeaderField
from accounts.forms.people import DateInput
from accounts.models import ContactPoint, ContactVisit, Organization, Post, User
from common import clock
from common.forms import Form, LongTextField, RevisionMixin


class ContactForm(Form):
    leader = LeaderField(Post.objects.none(), label=_("联系领导"))
    year = forms.IntegerField(label=_("年度"), min_value=FIRST_YEAR, max_value=LAST_YEAR)

    def __init__(self, *args: Any, organization: Organization, user: User, **kwargs: Any) -> None:
        super().__init__(*args, initial={"year": clock.today().year}, **kwargs)
        self.organization = organization
        self.fields["leader"].queryset = Post.objects.leading_above(organization, user)

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        if {"leader", "year"} <= facts.keys() and ContactPoint.objects.filter(
            organization=self.organization, leader=facts["leader"], year=facts["year"]
        ).exists():
            raise forms.ValidationError(_("这位领导本年度已经联系这个单位。"))
        return facts


class VisitForm(RevisionMixin, Form):
    date = forms.DateField(label=_("日期"), required=False, widget=DateInput())
    date_text = forms.CharField(
        label=_("日期（文字）"), max_length=30, required=False, help_text=_("说不准日期时填写，如“X月X日”“10月下旬”。")
    )
    note = LongTextField(label=_("调研、指导的情况"), rows=4)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, visit: ContactVisit | None = None, **kwargs: Any) -> None:
        facts = ("date", "date_text", "note", "revision")
        initial = {name: getattr(visit, name) for name in facts} if visit else {}
        super().__init__(*args, initial=initial, **kwargs)

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not (facts.get("date") or facts.get("date_text")):
            self.add_error("date", _("请填写日期，或在“日期（文字）”中写明。"))
        return facts

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("date", "date_text", "note")}


class ContactFilterForm(Form):
    year = forms.IntegerField(label=_("年度"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False)
    q = forms.CharField(label=_("领导或单位"), max_length=60, required=False)
