"""The scheme: limits, deadlines as worded and dated, and five lists of rows (S-31, S-66, S-119)."""

import dataclasses
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.figures import plain_decimal
from common.forms import ModelForm
from reporting.actions.schemes import LIMITS, PARTS, SchemeChanges, SchemeDeadlines
from reporting.models import (
    RaterCategory,
    Scheme,
    SchemeGrade,
    SchemeQuota,
    SchemeSection,
    ScoreComponent,
    ScoreDimension,
)
from reporting.rules.filings import ListKind, all_list_kinds

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
DEADLINE_FIELDS = [field.name for field in dataclasses.fields(SchemeDeadlines)]
DEADLINE_HELP = {
    "report_due_text": _("按通知原文写，如“12月15日前”“X月底前”，原样显示和打印。"),
    "report_due_date": _("可不填。填了日期才提醒和认定逾期，当天报送不算逾期。"),
    "list_due_text": _("如“会后30日内”。"),
    "list_due_date": _("可不填，会议日期定了以后再补。"),
    "letter_due_text": _("如“3月底前”。不签订目标责任书的空着。"),
    "letter_due_date": _("可不填。填了日期，到期没有签订的自动提醒。"),
    "reminder_days": _("填了时限日期才提醒，只提醒没有办完的；如“7、3、1”，当天写0，不提醒就空着。"),
    "result_readers": _("等次审定、由组织部门公布以后，谁能看到；公布以前谁也看不到。"),
    "report_readers": _("审核采用以后，除本单位和组织部门、领导以外，谁还能读到报告正文。"),
}


class SchemeDeadlinesForm(ModelForm):
    list_kinds = forms.MultipleChoiceField(
        label=_("整改清单须分列的清单"),
        choices=[(kind, ListKind(kind).label) for kind in all_list_kinds()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("每个单位的整改清单按这些清单分别查看和打印；一种都不选的，只用总的整改清单。"),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Scheme
        fields = DEADLINE_FIELDS
        help_texts = DEADLINE_HELP
        widgets = {"report_due_date": DATE, "list_due_date": DATE, "letter_due_date": DATE}

    @property
    def deadlines(self) -> SchemeDeadlines:
        return SchemeDeadlines(**{name: self.cleaned_data[name] for name in DEADLINE_FIELDS})


class SchemeLimitsForm(SchemeDeadlinesForm):
    class Meta(SchemeDeadlinesForm.Meta):
        fields = [*DEADLINE_FIELDS, *LIMITS]
        help_texts = {
            **DEADLINE_HELP,
            "report_max_characters": _("超过不能报送；不填不限。按Word“字数”计算，标点计入。"),
            "problem_share_min": _("不填不限。低于时提醒，还是不能报送，由下一项决定。"),
            "scoring_mode": _("选等次或分档时每项按百分计，各等次的分值和分档在下面“等次”中填写；弃权不计入平均。"),
            "asks_overall": _("在各项之外，对每名述职人再选一个等次，单独统计。"),
            "small_groups": _("比例对几个人意义不大；选“合并”的，各自的比例先相加再折算成整数。"),
            "trims_extremes": _("同一类别有三份以上时，各去掉一个最高分和一个最低分再平均；一般不用。"),
            "satisfaction_min": _("不填不提示。低于时在结果页提示约谈。"),
        }


class RowForm(ModelForm):
    """A row of a part; which stored row it is, is told by its hidden id."""

    id = forms.IntegerField(widget=forms.HiddenInput, required=False)


class SectionForm(RowForm):
    class Meta:
        model = SchemeSection
        fields = [
            "heading",
            "kind",
            "required",
            "min_characters",
            "max_characters",
            "min_share",
            "max_share",
            "guidance",
        ]


class DimensionForm(RowForm):
    class Meta:
        model = ScoreDimension
        fields = ["name", "domain", "max_score", "weight", "guidance"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["domain"].empty_label = _("通用")


class CategoryForm(RowForm):
    class Meta:
        model = RaterCategory
        fields = ["name", "weight", "channel", "colour"]
        help_texts = {"colour": _("不填按次序用粉红、浅黄、浅绿、浅蓝。")}


class ComponentForm(RowForm):
    class Meta:
        model = ScoreComponent
        fields = ["name", "weight", "input"]


class GradeForm(RowForm):
    class Meta:
        model = SchemeGrade
        fields = ["code", "label", "min_score", "points", "band_min", "band_max"]


class QuotaForm(RowForm):
    class Meta:
        model = SchemeQuota
        fields = ["domain", "good_max", "lower_min"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["domain"].empty_label = _("全部述职人（合并计算）")


ROW_FORMS = {
    "sections": SectionForm,
    "dimensions": DimensionForm,
    "categories": CategoryForm,
    "components": ComponentForm,
    "grades": GradeForm,
    "quotas": QuotaForm,
}
PART_TITLES = {
    "sections": (_("报告部分"), _("部分"), _("添加一个部分")),
    "dimensions": (_("评分项目"), _("项目"), _("添加一个评分项目")),
    "categories": (_("评分人类别"), _("类别"), _("添加一个类别")),
    "components": (_("综合评价组成"), _("组成"), _("添加一个组成部分")),
    "grades": (_("等次"), _("等次"), _("添加一个等次")),
    "quotas": (_("等次名额"), _("名额"), _("添加一行名额")),
}


class BaseRows(forms.BaseFormSet):
    deletion_widget = forms.CheckboxInput

    def rows(self) -> list[dict[str, Any]]:
        """The rows that stay, in the order of the page, without what only the page needs."""
        return [
            {name: value for name, value in form.cleaned_data.items() if name not in {"ORDER", "DELETE"}}
            for form in self.ordered_forms
            if form.cleaned_data
        ]


@dataclasses.dataclass(frozen=True)
class Part:
    """A list of rows with its words, for the template."""

    name: str
    title: str
    row_title: str
    add_label: str
    formset: BaseRows


class SchemeForm:
    """The limits and the five lists as one form."""

    def __init__(self, data: Any, scheme: Scheme) -> None:
        self.limits = SchemeLimitsForm(data, instance=scheme, initial={"seen": scheme.revision})
        self.parts = [Part(name, *PART_TITLES[name], _formset(name, data, scheme)) for name in PARTS]

    def is_valid(self) -> bool:
        return all([self.limits.is_valid(), *(part.formset.is_valid() for part in self.parts)])

    @property
    def changes(self) -> SchemeChanges:
        return SchemeChanges(
            limits={name: self.limits.cleaned_data[name] for name in LIMITS},
            deadlines=self.limits.deadlines,
            parts={part.name: part.formset.rows() for part in self.parts},
        )


def _formset(name: str, data: Any, scheme: Scheme) -> BaseRows:
    form = ROW_FORMS[name]
    factory = forms.formset_factory(form, formset=BaseRows, extra=0, can_delete=True, can_order=True, max_num=60)
    rows = [
        {
            "id": row.pk,
            **{
                field: _plain(getattr(row, form.Meta.model._meta.get_field(field).attname))
                for field in form.Meta.fields
            },
        }
        for row in getattr(scheme, name).all()
    ]
    return factory(data, prefix=name, initial=rows)


def _plain(value: Any) -> Any:
    """Weights are shown as people write them: 25, not 25.00."""
    return plain_decimal(value) if isinstance(value, Decimal) else value
