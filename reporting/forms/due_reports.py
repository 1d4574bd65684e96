"""Reports that are due, and one that is filed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common import clock
from common.forms import Form
from reporting.actions.due_reports import DueFacts
from reporting.forms.key_tasks import DateInput
from reporting.models import Cycle

FILED, UNFILED, OVERDUE = "filed", "unfiled", "overdue"


class DueReportForm(Form):
    kind = forms.CharField(
        label=_("报告事项"),
        max_length=120,
        strip=False,
        help_text=_("如“上半年抓党建工作情况报告”“上年度全面从严治党工作报告”“班子成员抓党建情况报告”。"),
    )
    recipient = forms.CharField(
        label=_("报告对象"), max_length=60, required=False, strip=False, help_text=_("如“县委”“本单位党委”。")
    )
    due_text = forms.CharField(
        label=_("时限（文字）"), max_length=60, required=False, strip=False, help_text=_("按原文写，原样显示。")
    )
    due_date = forms.DateField(
        label=_("时限（日期）"), required=False, widget=DateInput(), help_text=_("可不填。填了日期才计算逾期。")
    )
    organizations = forms.ModelMultipleChoiceField(
        None,
        label=_("报告单位"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选择一个单位。")},
    )

    def __init__(self, *args: Any, cycle: Cycle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organizations"]
        field.queryset = cycle.committee.children.order_by("code")
        field.label_from_instance = lambda organization: organization.label
        field.initial = list(cycle.reporters.values_list("organization", flat=True))

    @property
    def facts(self) -> DueFacts:
        return DueFacts(**{name: self.cleaned_data[name] for name in ("kind", "recipient", "due_text", "due_date")})


class DueReportFileForm(Form):
    filed_on = forms.DateField(label=_("报告日期"), widget=DateInput(), initial=clock.today)
    upload = forms.FileField(
        label=_("文件"), required=False, help_text=_("PDF 或 DOCX，一个文件。口头报告的可以不上传。")
    )


class DueReportFilterForm(Form):
    q = forms.CharField(label=_("单位、代码或事项"), required=False)
    state = forms.ChoiceField(
        label=_("报告情况"),
        required=False,
        choices=[("", _("全部")), (UNFILED, _("未报")), (OVERDUE, _("逾期未报")), (FILED, _("已报"))],
    )
