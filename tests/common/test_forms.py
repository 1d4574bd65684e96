import datetime as dt
from decimal import Decimal

import pytest
from django import forms
from django.forms import formset_factory
from django.http import QueryDict

from common.conflicts import StaleRevision
from common.forms import Form, LongTextField, RevisionMixin


class Sheet(Form):
    title = forms.CharField(max_length=4)
    minutes = forms.IntegerField(min_value=1, max_value=60, required=False)
    score = forms.DecimalField(required=False)
    date = forms.DateField(required=False)
    time = forms.TimeField(required=False)
    kind = forms.ChoiceField(choices=[("a", "甲"), ("b", "乙")])
    reason = LongTextField(error_messages={"required": "请写明理由。"})


GOOD = {"title": "四个字啊", "kind": "a", "reason": "有"}


def faults(**typed: str) -> dict[str, list[str]]:
    return dict(Sheet(GOOD | typed).errors)


def test_what_is_well_filled_in_has_no_fault() -> None:
    form = Sheet(GOOD | {"minutes": "3", "score": "8.5", "date": "2027-01-12", "time": "14:30"})
    assert form.is_valid()
    assert form.cleaned_data["score"] == Decimal("8.5")
    assert form.cleaned_data["date"] == dt.date(2027, 1, 12)


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("title", "", "请填写此项。"),
        ("title", "五个字太长", "不能超过4字，现在有5字。"),
        ("minutes", "三", "请填写整数，如“30”。"),
        ("minutes", "0", "不能小于1。"),
        ("minutes", "61", "不能大于60。"),
        ("score", "高", "请填写数字，如“85.5”。"),
        ("date", "X月X日", "请填写日期，如“2027-01-12”。"),
        ("time", "下午", "请填写时间，如“14:30”。"),
        ("kind", "", "请选择一项。"),
        ("kind", "c", "请从列出的内容中选择。"),
        ("reason", "", "请写明理由。"),
    ],
)
def test_faults_are_told_in_plain_words(name: str, typed: str, words: str) -> None:
    assert faults(**{name: typed}) == {name: [words]}


class Row(Form):
    id = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(choices=[("a", "甲"), ("b", "乙")])
    title = forms.CharField()


Rows = formset_factory(Row, extra=0, can_order=True, can_delete=True)


def rows_of(**last: str) -> forms.BaseFormSet:
    """One stored row, and one that was added on the page."""
    first = {"r-0-id": "7", "r-0-kind": "a", "r-0-title": "一", "r-0-ORDER": "1"}
    added = {f"r-1-{name}": value for name, value in last.items()}
    head = {"r-TOTAL_FORMS": "2", "r-INITIAL_FORMS": "1"}
    return Rows({**head, **first, **added}, initial=[{"id": 7, "kind": "a", "title": "一"}], prefix="r")


def test_a_row_that_was_added_and_left_blank_is_ignored() -> None:
    rows = rows_of(kind="b", title="", ORDER="2")
    assert rows.is_valid()
    assert [form.cleaned_data["title"] for form in rows.ordered_forms] == ["一"]


def test_a_row_somebody_began_or_emptied_is_asked_for() -> None:
    assert rows_of(kind="b", title="二", ORDER="2").is_valid()
    stored = rows_of(id="8", kind="b", title="", ORDER="2")
    assert stored.errors[1] == {"title": ["请填写此项。"]}


class Choose(Form):
    dashes = forms.ChoiceField(choices=[("", "---------"), ("a", "甲")], required=False)
    named = forms.ChoiceField(choices=[("", "全部"), ("a", "甲")], required=False)


def test_no_choice_is_a_row_of_dashes() -> None:
    page = Choose().as_p()
    assert "请选择" in page
    assert "全部" in page
    assert "---" not in page


class _Revised(RevisionMixin, Form):
    name = forms.CharField()
    revision = forms.IntegerField()


def test_the_loser_of_two_saves_finds_what_was_typed_as_it_was() -> None:
    form = _Revised(QueryDict("name=%E7%94%B2&revision=1"))
    assert form.is_valid()
    form.tell_of(StaleRevision(4))
    assert (form["name"].value(), form["revision"].value()) == ("甲", "4")
