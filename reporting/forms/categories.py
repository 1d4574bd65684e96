"""One category a line."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Form, LongTextField
from reporting.rules.categories import CategoriesInvalid, category_names


class CategoriesForm(Form):
    names = LongTextField(label=_("问题类别"), rows=14, help_text=_("每行一个，按这里的顺序列出。"))

    def clean_names(self) -> list[str]:
        try:
            return category_names(self.cleaned_data["names"])
        except CategoriesInvalid as error:
            raise forms.ValidationError(str(error)) from error
