"""Two people register the same thing at the same moment: the later one is told what the form would have said."""

from collections.abc import Callable

from django import forms
from django.db import IntegrityError


def attempt(deed: Callable[[], object], *bound: forms.BaseForm) -> bool:
    """Whether the deed was done. If the database refuses it, the forms are validated again and now say why.

    Where they have nothing to say, it was something that the deed chose itself, such as the next free code: once more.
    """
    try:
        deed()
    except IntegrityError:
        for form in bound:
            form.full_clean()
        if not all(form.is_valid() for form in bound):
            return False
        deed()
    return True
