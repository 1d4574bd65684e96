"""Score sheets and the list of raters."""

import dataclasses
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Post
from accounts.rules.roles import Role
from common.figures import plain_decimal
from common.forms import Form, LongTextField
from reporting.models import RaterCategory, Scheme, ScoreDimension
from reviews.models import AttendanceGroup, ScoreSheet
from reviews.rules.marks import ABSTAIN, Mark
from reviews.rules.sheets import REMARK_MAX


@dataclasses.dataclass(frozen=True)
class SheetLine:
    """A line of the sheet for the template: its name, what is looked at, and its one or two fields."""

    label: str
    guidance: str
    out_of: str
    fields: list[forms.BoundField]

    @property
    def errors(self) -> list[str]:
        return [error for field in self.fields for error in field.errors]


class SheetForm(Form):
    """One mark for each dimension, as the scheme has it. With `complete` every mark is asked for, by name.

    `blank` shows none of the stored marks: a rater's draft is not the clerk's to read.
    """

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        scheme: Scheme,
        dimensions: Iterable[ScoreDimension],
        sheet: ScoreSheet | None,
        complete: bool,
        blank: bool = False,
        **kwargs: Any,
    ) -> None:
        self.dimensions, self.scheme = list(dimensions), scheme
        kwargs["initial"] = {
            "revision": sheet.revision if sheet else 0,
            **_stored(None if blank else sheet, scheme),
        }
        super().__init__(*args, **kwargs)
        grades = [(grade.code, grade.label) for grade in scheme.grades.all()]
        for dimension in self.dimensions:
            if not scheme.marks_by_points:
                self.fields[f"grade_{dimension.pk}"] = _grade_field(dimension.name, grades, required=complete)
            if not scheme.marks_by_grade:
                required = complete and scheme.marks_by_points
                self.fields[f"mark_{dimension.pk}"] = _mark_field(
                    dimension, scheme.full_mark_of(dimension), required=required
                )
        if scheme.asks_overall:
            self.fields["overall"] = _grade_field(_("总体评价"), grades, required=complete)
        if scheme.asks_remark:
            self.fields["remark"] = LongTextField(
                label=_("意见建议（可不填）"), rows=3, required=False, max_length=REMARK_MAX
            )

    @property
    def given(self) -> dict[str, Any]:
        """What was typed, as the actions take it."""
        return {
            "marks": {d.pk: self._mark(d.pk) for d in self.dimensions},
            "overall": self.cleaned_data.get("overall", ""),
            "remark": self.cleaned_data.get("remark", ""),
            "revision": self.cleaned_data["revision"],
        }

    def _mark(self, pk: int) -> Mark | None:
        grade, points = self.cleaned_data.get(f"grade_{pk}", ""), self.cleaned_data.get(f"mark_{pk}")
        if not grade and (points is None or not self.scheme.marks_by_points):
            return None
        return Mark(grade, None if grade == ABSTAIN else points)

    @property
    def lines(self) -> list[SheetLine]:
        found = []
        for d in self.dimensions:
            names = [name for name in (f"grade_{d.pk}", f"mark_{d.pk}") if name in self.fields]
            out_of = "" if self.scheme.marks_by_grade else plain_decimal(self.scheme.full_mark_of(d))
            found.append(SheetLine(d.name, d.guidance, out_of, [self[name] for name in names]))
        whole = [self[name] for name in ("overall", "remark") if name in self.fields]
        return found + [SheetLine(str(field.label), "", "", [field]) for field in whole]


def _stored(sheet: ScoreSheet | None, scheme: Scheme) -> dict[str, str]:
    if sheet is None:
        return {}
    found = {"overall": sheet.overall, "remark": sheet.remark}
    for mark in sheet.marks.all():
        found[f"grade_{mark.dimension_id}"] = mark.grade
        if mark.score is not None and not scheme.marks_by_grade:
            found[f"mark_{mark.dimension_id}"] = plain_decimal(mark.score)
    return found


def _grade_field(label: str, grades: list[tuple[str, str]], *, required: bool) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        required=required,
        choices=[*grades, (ABSTAIN, _("弃权"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一个等次，不了解的选“弃权”。"), "invalid_choice": _("没有这个等次。")},
    )


def _mark_field(dimension: ScoreDimension, full: Decimal, *, required: bool) -> forms.DecimalField:
    top = plain_decimal(full)
    out_of_range = _("请填写0到%(top)s之间的得分。") % {"top": top}
    # A text box with the phone's number keys: a wheel or a stray key never changes a mark unseen.
    attrs = {"inputmode": "decimal", "autocomplete": "off", "size": 6}
    return forms.DecimalField(
        label=dimension.name,
        help_text=dimension.guidance,
        required=required,
        min_value=Decimal(0),
        max_value=full,
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


class RaterTakeForm(Form):
    """For each group of the attendance list that has people of the register: the category they score in."""

    def __init__(self, *args: Any, scheme: Scheme, groups: Iterable[AttendanceGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for group in groups:
            self.fields[f"group_{group.pk}"] = forms.ModelChoiceField(
                scheme.categories.named(),
                label=group.name,
                required=False,
                empty_label=_("不带入"),
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not any(data.values()):
            raise forms.ValidationError(_("请至少给一个参会类别选定评分人类别。"))
        return data

    @property
    def chosen(self) -> dict[int, RaterCategory]:
        return {int(name.removeprefix("group_")): value for name, value in self.cleaned_data.items() if value}


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
        self.fields["category"].queryset = scheme.categories.named()
        self.fields["posts"].queryset = posts
