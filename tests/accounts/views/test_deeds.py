import pytest
from django import forms
from django.db import IntegrityError

from accounts.views.deeds import attempt


def refuse() -> None:
    raise IntegrityError("duplicate key value violates unique constraint")


class CodeForm(forms.Form):
    """Valid until somebody else has taken the code."""

    taken: frozenset[str] = frozenset()
    code = forms.CharField()

    def clean_code(self) -> str:
        if self.cleaned_data["code"] in self.taken:
            raise forms.ValidationError("这个代码已被使用。")
        return str(self.cleaned_data["code"])


def test_the_later_of_two_is_told_what_the_form_says_by_then() -> None:
    form = CodeForm({"code": "N1"})
    assert form.is_valid()
    form.taken = frozenset({"N1"})
    assert not attempt(refuse, form)
    assert form.errors == {"code": ["这个代码已被使用。"]}


def test_a_refusal_no_form_explains_is_not_hidden() -> None:
    with pytest.raises(IntegrityError):
        attempt(refuse, CodeForm({"code": "N1"}))


def test_what_the_deed_chose_itself_is_chosen_anew() -> None:
    """Two clerks add members at once, and both are given the next free code."""
    free = iter(["N1", "N2"])
    done: list[str] = []

    def deed() -> None:
        code = next(free)
        if code == "N1":
            refuse()
        done.append(code)

    assert attempt(deed, CodeForm({"code": "N9"}))
    assert done == ["N2"]


def test_a_deed_that_succeeds_is_done_once() -> None:
    done: list[str] = []
    assert attempt(lambda: done.append("x"), CodeForm({"code": "N1"}))
    assert done == ["x"]
