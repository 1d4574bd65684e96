"""Score sheets and the list of raters."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Post
from accounts.rules.roles import Role
from common.forms import Form
from reporting.models import RaterCategory, Scheme, ScoreDimension
from reviews.models import ScoreSheet
from reviews.rules.scoring import plain


class SheetForm(Form):
    """One mark for each dimension. With `complete` every mark is asked for, by name.

    `blank` shows none of the stored marks: a rater's draft is not the clerk's to read.
    """

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        dimensions: Iterable[ScoreDimension],
        sheet: ScoreSheet | None,
        complete: bool,
        blank: bool = False,
        **kwargs: Any,
    ) -> None:
        self.dimensions = list(dimensions)
        kwargs["initial"] = {
            "revision": sheet.revision if sheet else 0,
            **_stored(None if blank else sheet),
        }
        super().__init__(*args, **kwargs)
        for dimension in self.dimensions:
            self.fields[_name(dimension.pk)] = _mark_field(dimension, required=complete)

    @property
    def marks(self) -> dict[int, Decimal | None]:
        """What was typed, by id of the dimension."""
        return {d.pk: self.cleaned_data.get(_name(d.pk)) for d in self.dimensions}

    @property
    def mark_fields(self) -> list[forms.BoundField]:
        return [self[_name(d.pk)] for d in self.dimensions]


def _name(pk: int) -> str:
    return f"mark_{pk}"


def _stored(sheet: ScoreSheet | None) -> dict[str, str]:
    if sheet is None:
        return {}
    return {_name(mark.dimension_id): plain(mark.score) for mark in sheet.marks.all()}


def _mark_field(dimension: ScoreDimension, *, required: bool) -> forms.DecimalField:
    top = plain(dimension.max_score)
    out_of_range = _("请填写0到%(top)s之间的得分。") % {"top": top}
    # A text box with the phone's number keys: a wheel or a stray key never changes a mark unseen.
    attrs = {"inputmode": "decimal", "autocomplete": "off", "size": 6}
    return forms.DecimalField(
        label=dimension.name,
        help_text=dimension.guidance,
        required=required,
        min_value=Decimal(0),
        max_value=dimension.max_score,
        decimal_places=2,
        widget=forms.TextInput(attrs={**attrs, "data-top": top}),
        error_messages={
            "required": _("请填写得分。"),
            "invalid": out_of_range,
            "min_value": out_of_range,
            "max_value": out_of_range,
            "max_decimal_places": _("最多两位小数。"),
        },
    )


class SheetFilterForm(Form):
    state = forms.ChoiceField(
        label=_("评分情况"),
        required=False,
        choices=[("", _("全部")), ("todo", _("未评")), ("done", _("已评"))],
    )


class RaterFilterForm(Form):
    q = forms.CharField(label=_("姓名、单位"), required=False)
    category = forms.ModelChoiceField(
        RaterCategory.objects.none(), label=_("类别"), required=False, empty_label=_("全部")
    )

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = scheme.categories.all()


class RaterPostFilterForm(Form):
    q = forms.CharField(label=_("姓名、单位、职务"), required=False)
    role = forms.ChoiceField(label=_("角色"), required=False, choices=[("", _("全部")), *Role.choices])


class RaterAddForm(Form):
    """Which posts' people become raters, and in which category."""

    category = forms.ModelChoiceField(
        RaterCategory.objects.none(),
        label=_("类别"),
        error_messages={"required": _("请选择评分人类别。")},
    )
    posts = forms.ModelMultipleChoiceField(
        Post.objects.none(),
        label=_("人员"),
        error_messages={"required": _("请在名单中至少勾选一人。")},
    )

    def __init__(self, *args: Any, scheme: Scheme, posts: QuerySet[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = scheme.categories.all()
        self.fields["posts"].queryset = posts
