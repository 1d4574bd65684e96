"""The one form helper: no form tag, no buttons; those belong to the template (house rule)."""

import copy
import datetime as dt
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from common.conflicts import StaleRevision


def bare_helper() -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper


# What a wrong entry is told, by the code of Django's own message; the later class of field wins.
PLAIN_WORDS: tuple[tuple[type[forms.Field], dict[str, Any]], ...] = (
    (
        forms.Field,
        {
            "required": _("请填写此项。"),
            "min_value": _("不能小于%(limit_value)s。"),
            "max_value": _("不能大于%(limit_value)s。"),
            "max_length": _("不能超过%(limit_value)s字，现在有%(show_value)s字。"),
        },
    ),
    (forms.IntegerField, {"invalid": _("请填写整数，如“30”。")}),
    (forms.DecimalField, {"invalid": _("请填写数字，如“85.5”。")}),
    (forms.DateField, {"invalid": _("请填写日期，如“2027-01-12”。")}),
    (forms.TimeField, {"invalid": _("请填写时间，如“14:30”。")}),
    (
        forms.ChoiceField,
        {"required": _("请选择一项。"), "invalid_choice": _("请从列出的内容中选择。")},
    ),
    (forms.FileField, {"required": _("请选择文件。")}),
)
NOTHING_CHOSEN = _("请选择")


def _is_own(field: forms.Field, code: str) -> bool:
    """Whether the form gave the field its own message; that one stays."""
    for cls in type(field).__mro__:
        defaults = cls.__dict__.get("default_error_messages", {})
        if code in defaults:
            return field.error_messages.get(code) is not defaults[code]
    return code in field.error_messages


def speak_plainly(field: forms.Field) -> None:
    words: dict[str, Any] = {}
    for cls, of_class in PLAIN_WORDS:
        if isinstance(field, cls):
            words |= of_class
    told = {code: text for code, text in words.items() if not _is_own(field, code)}
    field.error_messages = field.error_messages | told


EARLIEST, LATEST = 1900, 2100


def check_year(value: dt.date) -> None:
    """A slip of the finger, 0026 for 2026, is stored nowhere: what counts days from it would have no date to come to."""
    if not EARLIEST <= value.year <= LATEST:
        limits = {"earliest": EARLIEST, "latest": LATEST}
        raise forms.ValidationError(_("请核对年份，应当在%(earliest)s年到%(latest)s年之间。"), params=limits)


def keep_to_our_time(field: forms.Field) -> None:
    if isinstance(field, forms.DateField | forms.DateTimeField) and check_year not in field.validators:
        field.validators.append(check_year)


def refuse_endless_ids(field: forms.Field) -> None:
    """SQLite gives up when it is asked for an id larger than any; nobody was offered one."""
    if not isinstance(field, forms.ModelMultipleChoiceField) or "clean" in vars(field):
        return
    clean = field.clean

    def bounded(value: Any) -> Any:
        try:
            return clean(value)
        except OverflowError:
            raise forms.ValidationError(_("请从列出的内容中选择。"), code="invalid_choice") from None

    field.clean = bounded  # type: ignore[method-assign]


def name_the_empty_choice(field: forms.Field) -> None:
    """请选择 in place of a row of dashes."""
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label is not None and set(str(field.empty_label)) == {"-"}:
            field.empty_label = NOTHING_CHOSEN
    elif isinstance(field, forms.ChoiceField) and not callable(field.choices):
        rows = list(field.choices)
        if rows and rows[0][0] == "" and set(str(rows[0][1])) == {"-"}:
            field.choices = [("", NOTHING_CHOSEN), *rows[1:]]


class HelperMixin(forms.BaseForm):
    """Gives every form `helper`, so that templates render it with `{% crispy %}` inside their own form tag.

    It also has faults told in plain words, and rows that were added and left blank ignored.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            name_the_empty_choice(field)

    def full_clean(self) -> None:
        # Here, not in __init__: forms add fields of their own after it.
        for field in self.fields.values():
            speak_plainly(field)
            keep_to_our_time(field)
            refuse_endless_ids(field)
        super().full_clean()

    def has_changed(self) -> bool:
        # A row added on the page counts by what stands in it: once stored by an automatic save it no
        # longer differs from what the form starts from, and would be passed over as blank.
        return bool(self._written) if self.empty_permitted else super().has_changed()

    @property
    def _written(self) -> set[str]:
        """Fields of a row in which something stands; its place and what a list of choices begins with do not count."""
        preset = {name for name, field in self.fields.items() if isinstance(field, forms.ChoiceField)}
        counted = set(self.fields) - preset - {"ORDER", "DELETE"}
        return {name for name in counted if self[name].data not in (None, "", [], False)}

    @property
    def helper(self) -> FormHelper:
        return bare_helper()


class Form(HelperMixin, forms.Form):
    pass


class ModelForm(HelperMixin, forms.ModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class RevisionMixin(forms.BaseForm):
    """For forms with a hidden `revision`: the loser of two saves is told, and may save again over the other."""

    def tell_of(self, error: StaleRevision) -> None:
        self.add_error(None, str(error))
        data: Any = copy.copy(self.data)  # by its own copy: unpacking what was posted would make lists of the values
        data[self.add_prefix("revision")] = str(error.current_revision)
        self.data = data


class LongTextField(forms.CharField):
    """Running text kept exactly as typed: no stripping, no limit below 20,000 characters (S-79)."""

    def __init__(self, *, rows: int = 8, **kwargs: Any) -> None:
        kwargs.setdefault("strip", False)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        # Browsers send CRLF; stored text has plain line feeds so that counts, hashes and diffs agree.
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")
