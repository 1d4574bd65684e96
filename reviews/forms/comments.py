"""A comment: praise, problems one by one, demands (S-108)."""

from typing import Any

from django import forms
from django.forms import formset_factory
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from common.forms import Form, LongTextField
from reviews.actions.comments import CommentWords
from reviews.models import Comment


class CommentForm(Form):
    praise = LongTextField(label=_("肯定成绩"), rows=5, required=False)
    demand = LongTextField(label=_("整改要求和建议"), rows=5, required=False)
    confirmed = forms.BooleanField(label=_("已再次考虑，确实没有问题要指出"), required=False, widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def ask_for_second_look(self) -> None:
        """From now on the page offers the box to tick (S-109)."""
        self.fields["confirmed"].widget = forms.CheckboxInput()


class ProblemForm(Form):
    text = LongTextField(label=_("指出的问题"), rows=3, required=False)


class BaseProblemFormSet(forms.BaseFormSet):
    @property
    def texts(self) -> tuple[str, ...]:
        rows = [form.cleaned_data.get("text", "") for form in self.ordered_forms]
        return tuple(text for text in rows if text.strip())


ProblemFormSet = formset_factory(
    ProblemForm, formset=BaseProblemFormSet, extra=0, can_order=True, can_delete=True, max_num=100
)


def with_rows(data: QueryDict) -> QueryDict | dict[str, str]:
    """A save without changed problems sends no management form; that is no row."""
    if "problems-TOTAL_FORMS" in data:
        return data
    return {"problems-TOTAL_FORMS": "0", "problems-INITIAL_FORMS": "0"}


class ReasonForm(Form):
    reason = LongTextField(label=_("修改的理由"), rows=3)


def comment_initial(comment: Comment | None) -> dict[str, Any]:
    if comment is None:
        return {"revision": 0}
    return {"praise": comment.praise, "demand": comment.demand, "revision": comment.revision}


def problem_rows(comment: Comment | None) -> list[dict[str, Any]]:
    return [] if comment is None else list(comment.problems.values("text"))


def words_of_changed(data: QueryDict, form: CommentForm, problems: BaseProblemFormSet) -> CommentWords:
    """The parts an automatic save says it changed (static/js/autosave.js)."""
    changed = data.getlist("changed")
    rows = any(name.startswith(f"{problems.prefix}-") for name in changed)
    return CommentWords(
        praise=form.cleaned_data["praise"] if "praise" in changed else None,
        problems=problems.texts if rows else None,
        demand=form.cleaned_data["demand"] if "demand" in changed else None,
    )
