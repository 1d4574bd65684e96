"""Choices that forms of the use of results share: units of a committee, their people, what it may cite."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, Post
from reporting.forms.key_tasks import DateInput
from reporting.models import BasisDocument, Cycle

NOBODY = _("不填")


class UnitChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Organization) -> str:
        return str(obj.label)


class PostChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Post) -> str:
        return f"{obj.organization.label} {obj.title} {obj.person.name}"


def units_of(cycle: Cycle) -> QuerySet[Organization]:
    """The committee itself and its direct subordinates."""
    own = Q(pk=cycle.committee_id) | Q(parent=cycle.committee_id)
    return Organization.objects.filter(own).order_by("path", "code")


def posts_of(cycle: Cycle) -> QuerySet[Post]:
    """Posts of those units held in the assessed year or since."""
    since = Q(end__isnull=True) | Q(end__gte=dt.date(cycle.year, 1, 1))
    units = Q(organization=cycle.committee_id) | Q(organization__parent=cycle.committee_id)
    posts = Post.objects.filter(since, units).select_related("organization", "person")
    return posts.order_by("organization__path", "-is_first_responsible", "id")


def basis_of(cycle: Cycle) -> QuerySet[BasisDocument]:
    return BasisDocument.objects.of(cycle.committee)


def date_field(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=DateInput(), help_text=help_text)
