"""A page that asks, does one deed and goes on; what goes wrong stays on the page with everything typed."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from common.conflicts import StaleRevision
from common.flow import TransitionNotAllowed
from documents.rules.attachments import AttachmentRefused
from rectification.rules.amendments import AmendmentRefused
from rectification.rules.bulletins import BulletinRefused
from rectification.rules.escalations import EscalationRefused
from rectification.rules.fulfilments import FulfilmentRefused
from rectification.rules.inquiries import InquiryRefused
from rectification.rules.inspections import InspectionRefused
from rectification.rules.ladder import LadderRefused
from rectification.rules.lists import (
    DeadlineMissing,
    ListIncomplete,
    ListNotWritable,
    OwnerNotHere,
    ReasonMissing,
    SourceNotAllowed,
)
from rectification.rules.problems import ProblemRefused
from rectification.rules.progress import NoProgress, ProgressRefused
from rectification.rules.standing_checks import StandingCheckRefused
from reporting.rules.refusals import CycleClosed

CONFLICTS = (TransitionNotAllowed, ListNotWritable, StaleRevision, CycleClosed)
INVALID = (
    BulletinRefused,
    AttachmentRefused,
    InquiryRefused,
    StandingCheckRefused,
    LadderRefused,
    FulfilmentRefused,
    EscalationRefused,
    AmendmentRefused,
    DeadlineMissing,
    InspectionRefused,
    ListIncomplete,
    NoProgress,
    OwnerNotHere,
    ProblemRefused,
    ProgressRefused,
    ReasonMissing,
    SourceNotAllowed,
)


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
    """GET shows `template`; a valid POST runs `deed`, says `done` and redirects to `url`.

    A named error becomes an error of the form: 409 when the row has moved on, 200 when something is missing.
    """
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            deed()
        except (*CONFLICTS, *INVALID) as error:
            form.add_error(None, str(error))
            status = 409 if isinstance(error, CONFLICTS) else 200
        else:
            messages.success(request, done)
            return redirect(url)
    return render(request, template, {**context, "form": form}, status=status)


def attempt(request: HttpRequest, deed: Callable[[], object], done: str) -> bool:
    """One press of a button: whether it was done; either way the person is told on the next page."""
    try:
        deed()
    except (*CONFLICTS, *INVALID) as error:
        messages.error(request, str(error))
        return False
    messages.success(request, done)
    return True
