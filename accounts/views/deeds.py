"""Two people register the same thing at the same moment: the later one is told what the form would have said."""

from collections.abc import Callable

from django import forms
from django.db import IntegrityError


def attempt(deed: Callable[[], object], *bound: forms.BaseForm) -> bool:
    """Whether the deed was done. If the database refuses it, the forms are validated again and now say why."""
    try:
        deed()
    except IntegrityError:
        for form in bound:
            form.full_clean()
        if all(form.is_valid() for form in bound):
            raise
        return False
    return True
