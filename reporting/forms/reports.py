"""The duty report as it is written, and the reasons for a return."""

import dataclasses
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Domain
from common.chinese_text import chinese_number
from common.forms import Form, LongTextField
from common.ids import ids_of
from reporting.actions.report_parts import ProblemRow, PromiseRow
from reporting.actions.reports import ReportChanges
from reporting.forms.report_parts import PartInput, ReportParts
from reporting.models import CarriedItem, DutyReport, SchemeSection
from reporting.models.report_content import attachments_content, sections_of
from reporting.rules.content import AttachmentContent
from reporting.rules.cycles import ReportMode
from reporting.rules.presets import RETURN_REASONS
from reporting.rules.reports import CarriedStatus, ReportState
from reporting.rules.schemes import SectionKind

PREFIX = "problems"
PROMISES = "promises"
CATEGORY_LIST = "problem-categories"
# Of a small integer in the database.
LAST_POSITION = 32767


class ProblemForm(Form):
    id = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = LongTextField(label=_("存在问题"), rows=4, required=False)
    cause = LongTextField(label=_("原因剖析"), rows=4, required=False)
    category = forms.CharField(
        label=_("问题类别"),
        max_length=30,
        required=False,
        strip=False,
        widget=forms.TextInput(attrs={"list": CATEGORY_LIST}),
    )


class PromiseForm(Form):
    id = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = LongTextField(label=_("承诺事项"), rows=3, required=False)
    due_text = forms.CharField(
        label=_("完成时限"), max_length=60, required=False, strip=False, help_text=_("如“6月底前”“年底前”，原样打印。")
    )


class BasePageRows(forms.BaseFormSet):
    """Rows that an automatic save sends together; `row_type` takes the words of a row by name."""

    row_type: type[ProblemRow | PromiseRow]

    def page_rows(self) -> list[Any]:
        rows = []
        for index, form in enumerate(self.forms):
            facts = form.cleaned_data
            order = facts.get("ORDER")
            words = {name: facts.get(name, "") for name in form.base_fields if name != "id"}
            rows.append(
                self.row_type(
                    index=index,
                    id=facts.get("id"),
                    position=index + 1 if order is None else min(max(order, 0), LAST_POSITION),
                    is_deleted=facts.get("DELETE", False),
                    **words,
                )
            )
        return rows


def _rows_of(form: type[Form], row_type: type[ProblemRow | PromiseRow]) -> type[BasePageRows]:
    base = type(f"{row_type.__name__}s", (BasePageRows,), {"row_type": row_type})
    return forms.formset_factory(form, formset=base, extra=1, can_delete=True, can_order=True, max_num=100)


Problems = _rows_of(ProblemForm, ProblemRow)
Promises = _rows_of(PromiseForm, PromiseRow)


@dataclasses.dataclass(frozen=True)
class Answer:
    """An item of last year with the two fields that answer it."""

    item: CarriedItem
    status: forms.BoundField
    explanation: forms.BoundField


@dataclasses.dataclass(frozen=True)
class Block:
    """A section of the page. `field` belongs to text sections, `answers` to last year's items,
    `inputs` to figures, projects and domains."""

    number: str
    section: SchemeSection
    field: forms.BoundField | None = None
    answers: tuple[Answer, ...] = ()
    inputs: tuple[PartInput, ...] = ()
    attachments: tuple[AttachmentContent, ...] = ()

    @property
    def anchor(self) -> str:
        return f"section-{self.section.key}"

    @property
    def is_asked(self) -> bool:
        """Required, and there is something to fill in: last year's items and projects may be none."""
        nothing_to_fill = self.field is None and not self.answers and not self.inputs
        listed = self.section.kind in {SectionKind.PROBLEMS, SectionKind.PROMISES}
        return self.section.required and (listed or not nothing_to_fill)

    @property
    def is_filled(self) -> bool:
        return any(each.field.value() for each in self.inputs)


class ReportForm(Form):
    """A text for each text section, an answer for each item of last year. Nothing is required of a draft.

    With `data` from an automatic save only the fields named by `changed` count.
    """

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, report: DutyReport) -> None:
        self.report = report
        self.sections = sections_of(report)
        self.items = list(report.reporter.carried_items.all())
        texts = {text.section_id: text.text for text in report.texts.all()}
        super().__init__(data, initial={"revision": report.revision})
        for section in self.sections:
            if section.kind == SectionKind.TEXT:
                self._add_text(section, texts.get(section.pk, ""))
        for item in self.items:
            self._add_answer(item)
        self.parts = ReportParts(self, report, {section.kind for section in self.sections})

    def _add_text(self, section: SchemeSection, text: str) -> None:
        self.fields[f"section_{section.key}"] = LongTextField(
            label=section.heading, rows=12, required=False, initial=text
        )

    def _add_answer(self, item: CarriedItem) -> None:
        self.fields[f"carried_{item.pk}_status"] = forms.ChoiceField(
            label=_("整改情况"),
            choices=CarriedStatus.choices,
            widget=forms.RadioSelect,
            required=False,
            initial=item.status,
        )
        self.fields[f"carried_{item.pk}_explanation"] = LongTextField(
            label=_("情况说明"), rows=3, required=False, initial=item.explanation
        )

    def blocks(self) -> list[Block]:
        files = attachments_content(self.report)
        blocks = [self._block(number, section) for number, section in enumerate(self.sections, start=1)]
        return [
            dataclasses.replace(block, attachments=tuple(file for file in files if file.section == block.section.key))
            for block in blocks
        ]

    def _block(self, number: int, section: SchemeSection) -> Block:
        numeral = chinese_number(number)
        if section.kind == SectionKind.TEXT:
            return Block(numeral, section, field=self[f"section_{section.key}"])
        if section.kind == SectionKind.CARRIED:
            return Block(numeral, section, answers=tuple(self._answer(item) for item in self.items))
        return Block(numeral, section, inputs=self.parts.inputs(section.kind))

    def _answer(self, item: CarriedItem) -> Answer:
        return Answer(item, self[f"carried_{item.pk}_status"], self[f"carried_{item.pk}_explanation"])

    def texts(self, changed: set[str] | None = None) -> dict[str, str]:
        names = {f"section_{s.key}": s.key for s in self.sections if s.kind == SectionKind.TEXT}
        return {key: self.cleaned_data[name] for name, key in names.items() if changed is None or name in changed}

    def answers(self, changed: set[str] | None = None) -> dict[int, tuple[str | None, str | None]]:
        answers = {}
        for item in self.items:
            names = (f"carried_{item.pk}_status", f"carried_{item.pk}_explanation")
            status, explanation = (
                self.cleaned_data[name] if changed is None or name in changed else None for name in names
            )
            if status is not None or explanation is not None:
                answers[item.pk] = (status, explanation)
        return answers


class PageRows:
    """One formset of the page: bound when the page sent it, else as stored."""

    def __init__(self, data: Any, prefix: str, formset: type[BasePageRows], stored: Any, revision: int) -> None:
        self.prefix = prefix
        self.is_sent = data is not None and f"{prefix}-TOTAL_FORMS" in data
        self._seen = data.get(f"{prefix}-seen") if self.is_sent else revision
        words = [name for name in formset.form.base_fields if name != "id"]
        initial = [{"id": row.pk, **{name: getattr(row, name) for name in words}} for row in stored]
        self.words = words
        self.formset = formset(data, prefix=prefix) if self.is_sent else formset(prefix=prefix, initial=initial)

    def is_valid(self) -> bool:
        return not self.is_sent or self.formset.is_valid()

    @property
    def errors(self) -> list[Any]:
        if not self.is_sent:
            return []
        return [*(e for form in self.formset.forms for e in form.errors.values()), self.formset.non_form_errors()]

    @property
    def rows(self) -> list[Any] | None:
        return self.formset.page_rows() if self.is_sent else None

    @property
    def seen(self) -> int | None:
        """The revision from which the page has its rows."""
        return next(iter(ids_of([str(self._seen or "")])), None)


class ReportPage:
    """The form and the rows of problems and promises as one; what a page or an automatic save sends."""

    def __init__(self, data: Any, *, report: DutyReport) -> None:
        self.report = report
        self.data = data
        self.changed = set(data.getlist("changed")) if data is not None and "save_id" in data else None
        self.form = ReportForm(data, report=report)
        self.problem_rows = PageRows(data, PREFIX, Problems, report.problems.all(), report.problems_revision)
        self.promise_rows = PageRows(data, PROMISES, Promises, report.promises.all(), report.promises_revision)
        self.row_sets = (self.problem_rows, self.promise_rows)

    @property
    def problems(self) -> BasePageRows:
        return self.problem_rows.formset

    @property
    def promises(self) -> BasePageRows:
        return self.promise_rows.formset

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), *(rows.is_valid() for rows in self.row_sets)])

    @property
    def errors(self) -> list[str]:
        groups = [*self.form.errors.values(), *(errors for rows in self.row_sets for errors in rows.errors)]
        return [str(error) for errors in groups for error in errors]

    @property
    def changes(self) -> ReportChanges:
        return ReportChanges(
            texts=self.form.texts(self.changed),
            answers=self.form.answers(self.changed),
            problems=self.problem_rows.rows,
            problems_seen=self.problem_rows.seen,
            promises=self.promise_rows.rows,
            promises_seen=self.promise_rows.seen,
            parts=self.form.parts.changes(self.changed),
        )


class ReportReturnForm(Form):
    reasons = forms.MultipleChoiceField(
        label=_("退回原因"),
        required=False,
        choices=[(reason, reason) for reason in RETURN_REASONS],
        widget=forms.CheckboxSelectMultiple,
    )
    words = LongTextField(
        label=_("具体意见"), rows=5, required=False, help_text=_("写清改哪里、怎么改，对方照此修改。")
    )
    until = forms.CharField(
        label=_("重新报送时限"),
        max_length=60,
        required=False,
        strip=False,
        help_text=_("如“12月20日前”“收到后3日内”，按原文写进退回意见。可不填。"),
    )

    def __init__(self, data: Any, *, notes: int = 0) -> None:
        super().__init__(data)
        self.notes = notes
        if notes:
            self.fields["only_notes"] = forms.BooleanField(label=_("只退回批注，没有别的意见"), required=False)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        if facts.get("reasons") or facts.get("words", "").strip() or facts.get("only_notes"):
            return facts
        if self.notes:
            self.add_error("only_notes", _("没有选择原因，也没有写意见。确实只退回批注的，请勾选这一项再退回。"))
        else:
            self.add_error("words", _("请选择退回原因，或者写明具体意见。"))
        return facts

    @property
    def reason(self) -> str:
        until = self.cleaned_data["until"]
        parts = ["；".join(self.cleaned_data["reasons"]), self.cleaned_data["words"]]
        parts.append(f"正文中有{self.notes}处批注，请逐条修改。" if self.notes else "")
        parts.append(f"重新报送时限：{until}" if until.strip() else "")
        return "\n".join(part for part in parts if part.strip())


class ReportSubmitForm(Form):
    note = LongTextField(
        label=_("修改说明"),
        rows=3,
        required=False,
        help_text=_("对照退回意见，说明改了哪里。可不填，会印在审核意见单上。"),
    )


class ReportReopenForm(Form):
    reason = LongTextField(label=_("重新打开的原因"), rows=3)


class ReportFilterForm(Form):
    q = forms.CharField(label=_("单位、代码或姓名"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("全部")), *ReportState.choices])
    mode = forms.ChoiceField(label=_("述职方式"), required=False, choices=[("", _("全部")), *ReportMode.choices])
    domain = forms.ModelChoiceField(Domain.objects.all(), label=_("领域"), required=False, empty_label=_("全部"))
    year = forms.IntegerField(label=_("考核年度"), required=False)
