"""Open a year, change its facts, filter its reporters."""

import dataclasses
import itertools
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Domain, User
from accounts.rules.roles import Role
from common import clock
from common.figures import plain_decimal
from common.forms import Form
from reporting.actions.schemes import PARTS, SchemeSource
from reporting.models import Cycle, Scheme
from reporting.rules.cycles import ReportMode
from reporting.rules.presets import PRESETS
from reporting.rules.reports import Standing
from reporting.rules.schemes import EVERYBODY

FIRST_YEAR, LAST_YEAR = 2000, 2100
OLDER_SCHEMES = 5


@dataclasses.dataclass(frozen=True)
class SourceCard:
    """A scheme to start from with its figures, shown before it is taken."""

    value: str
    name: str
    origin: str
    lines: list[tuple[str, str]]


def source_lines(source: SchemeSource) -> list[tuple[str, str]]:
    """The figures of a preset or of another year's scheme, one line for each part."""

    def weights(part: str) -> str:
        return "、".join(f"{row.name}{_number(row.weight)}%" for row in _rows(source, part))

    sections = _rows(source, "sections")
    report = [_("%(n)s个部分") % {"n": len(sections)}]
    if source.report_max_characters:
        report.append(_("不超过%(n)s字") % {"n": source.report_max_characters})
    if source.problem_share_min:
        block = _("不足不能报送") if source.shares_block else _("不足时提醒")
        report.append(_("问题及原因不低于%(n)s%%（%(block)s）") % {"n": source.problem_share_min, "block": block})
    lines = [
        (_("报告"), "，".join(map(str, report))),
        (_("评分项目"), weights("dimensions")),
        (_("评分人类别"), weights("categories")),
        (_("综合评价"), weights("components")),
        (_("等次线"), "、".join(f"{row.label}{_number(row.min_score)}" for row in _rows(source, "grades"))),
        (_("等次名额"), "；".join(_quota_words(row) for row in _rows(source, "quotas")) or _("不限")),
        (_("每人用时"), _("述职%(r)s分钟，点评%(c)s分钟") % {"r": source.report_minutes, "c": source.comment_minutes}),
    ]
    return [(str(label), str(text)) for label, text in lines]


def _rows(source: SchemeSource, part: str) -> list[Any]:
    rows = getattr(source, part)
    return list(rows.all() if isinstance(source, Scheme) else rows)


def _number(value: Any) -> str:
    return plain_decimal(Decimal(value))


def _quota_words(row: Any) -> str:
    words = []
    if row.good_max is not None:
        words.append(_("“好”不超过%(n)s%%") % {"n": row.good_max})
    if row.lower_min is not None:
        words.append(_("“较好”及以下不少于%(n)s%%") % {"n": row.lower_min})
    return f"{getattr(row, 'group', EVERYBODY)}：{'，'.join(map(str, words))}"


def _free_year(cycles: QuerySet[Cycle]) -> int:
    """This year, or the first after it that has not been opened yet."""
    taken = set(cycles.values_list("year", flat=True))
    return next(year for year in itertools.count(clock.today().year) if year not in taken)


class CycleEditForm(Form):
    year = forms.IntegerField(
        label=_("考核年度"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text=_("述职评议哪一年的工作。会议可以在下一年召开，标题仍写考核年度。"),
    )
    theme = forms.CharField(label=_("年度主题"), max_length=60, required=False, help_text=_("没有可不填。"))
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class CycleCreateForm(CycleEditForm):
    committee = forms.ModelChoiceField(None, label=_("组织单位"), empty_label=None)
    source = forms.ChoiceField(
        label=_("考核方案从哪里开始"),
        widget=forms.RadioSelect,
        help_text=_("建立以后可以逐项修改，第一份报告报送后冻结。"),
    )
    copies_reporters = forms.BooleanField(
        label=_("沿用上一年度的述职对象"),
        required=False,
        initial=True,
        help_text=_("按上一年度的名单列入各单位现任第一责任人，述职方式照旧；建立后可以增减和调整。"),
    )
    field_order = ("committee", "year", "theme", "source")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        committees = user.organizations_as(Role.ORGANIZATION_DEPARTMENT)
        self.fields["committee"].queryset = committees
        self.fields["committee"].label_from_instance = lambda committee: committee.label
        cycles = Cycle.objects.filter(committee__in=committees)
        self.fields["year"].initial = _free_year(cycles.filter(committee=committees.first()))
        if not cycles.filter(reporters__isnull=False).exists():
            del self.fields["copies_reporters"]
        self.schemes = {
            f"scheme:{scheme.pk}": scheme
            for scheme in Scheme.objects.filter(cycle__committee__in=committees)
            .select_related("cycle__committee")
            .prefetch_related(*PARTS)
            .order_by("-cycle__year")[:OLDER_SCHEMES]
        }
        copies = [(key, _("沿用%(cycle)s的方案") % {"cycle": scheme.cycle}) for key, scheme in self.schemes.items()]
        self.fields["source"].choices = [*copies, *((key, preset.name) for key, preset in PRESETS.items())]
        self.fields["source"].initial = self.fields["source"].choices[0][0]

    @property
    def source_cards(self) -> list[SourceCard]:
        sources: dict[str, SchemeSource] = {**self.schemes, **PRESETS}
        return [
            SourceCard(key, name, getattr(sources[key], "origin", ""), source_lines(sources[key]))
            for key, name in self.fields["source"].choices
        ]

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        committee, year = facts.get("committee"), facts.get("year")
        if committee and year and Cycle.objects.filter(committee=committee, year=year).exists():
            told = _("%(committee)s%(year)s年度的述职评议已经建立，请直接打开，或改选其他年度。")
            self.add_error("year", told % {"committee": committee, "year": year})
        return facts

    @property
    def earlier(self) -> Cycle | None:
        """The year whose reporters are taken over, if that is wanted and there is one."""
        if not self.cleaned_data.get("copies_reporters"):
            return None
        facts = self.cleaned_data
        before = Cycle.objects.filter(committee=facts["committee"], year__lt=facts["year"], reporters__isnull=False)
        return before.order_by("-year").first()

    @property
    def chosen_source(self) -> SchemeSource:
        key = self.cleaned_data["source"]
        return self.schemes[key] if key in self.schemes else PRESETS[key]


class ReporterFilterForm(Form):
    """Which reporters of a cycle to show (S-03, S-75)."""

    q = forms.CharField(label=_("单位、代码或姓名"), required=False)
    state = forms.ChoiceField(label=_("报告"), required=False, choices=[("", _("全部")), *Standing.choices])
    mode = forms.ChoiceField(label=_("述职方式"), required=False, choices=[("", _("全部")), *ReportMode.choices])
    domain = forms.ModelChoiceField(Domain.objects.all(), label=_("领域"), required=False, empty_label=_("全部"))


class CycleFilterForm(Form):
    year = forms.IntegerField(label=_("考核年度"), required=False)
    running = forms.BooleanField(label=_("只看未办结的"), required=False)

    def filtered(self, cycles: Any) -> Any:
        if self.is_valid() and self.cleaned_data["year"]:
            cycles = cycles.filter(year=self.cleaned_data["year"])
        if self.is_valid() and self.cleaned_data["running"]:
            cycles = cycles.running()
        return cycles
