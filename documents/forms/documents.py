"""Which documents to list."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Form
from documents.models.documents import DocumentQuerySet
from documents.rules.documents import DocumentState


class DocumentFilterForm(Form):
    q = forms.CharField(label=_("标题"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("全部")), *DocumentState.choices])

    def filtered(self, documents: DocumentQuerySet) -> DocumentQuerySet:
        if not self.is_valid():
            return documents
        if self.cleaned_data["q"]:
            documents = documents.filter(title__icontains=self.cleaned_data["q"])
        if self.cleaned_data["state"]:
            documents = documents.filter(state=self.cleaned_data["state"])
        return documents
