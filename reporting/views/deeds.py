"""Do one deed and say how it went; a refusal is said on the page, never an error page."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from common.conflicts import StaleRevision
from common.flow import TransitionNotAllowed
from documents.rules.attachments import AttachmentRefused
from reporting.rules.refusals import Refusal

REFUSED = (Refusal, AttachmentRefused, TransitionNotAllowed, StaleRevision)


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: an empty POST is one too."""
    return request.POST if request.method == "POST" else None


def sentences(error: Exception) -> list[str]:
    return error.sentences if isinstance(error, Refusal) else [str(error)]


def status_of(error: Exception) -> int:
    """409 when the row has moved on, 200 when something is missing from what was sent."""
    return 200 if isinstance(error, Refusal | AttachmentRefused) else 409


def attempt(request: HttpRequest, deed: Callable[[], object], done: str) -> bool:
    """Whether the deed was done; either way the person is told on the next page."""
    try:
        deed()
    except REFUSED as error:
        for sentence in sentences(error):
            messages.error(request, sentence)
        return False
    messages.success(request, done)
    return True


def look_again(form: forms.BaseForm, revision: int) -> None:
    """After a conflict: with the other's text beside it, the next press of the button means one's own."""
    form.data = form.data.copy()
    form.data["revision"] = str(revision)


def deed_page(
    request: HttpRequest,
    form: forms.Form,
    *,
    deed: Callable[[], object],
    done: str,
    url: str,
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """GET shows `template`; a valid POST runs `deed`, says `done` and goes on to `url`.

    A refusal stays on the page with everything typed. After a lost race the page has `is_stale`, shows what is
    stored now, and the form carries the new revision: saving again is a decision.
    """
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            deed()
        except REFUSED as error:
            form.add_error(None, sentences(error))
            status = status_of(error)
            if isinstance(error, StaleRevision):
                look_again(form, error.current_revision)
        else:
            messages.success(request, done)
            return redirect(url)
    return render(request, template, {**context, "form": form, "is_stale": status == 409}, status=status)
