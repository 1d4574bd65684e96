"""What every page of this app does when a deed is refused: say why, lose nothing."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from common.conflicts import StaleRevision
from common.flow import TransitionNotAllowed
from reviews.models import Meeting
from reviews.rules.meetings import MeetingError

REFUSALS = (MeetingError, TransitionNotAllowed, StaleRevision)


def done(request: HttpRequest, deed: Callable[[], Any], said: str = "") -> bool:
    """Do it and say so, or say why not. For buttons, where nothing typed can be lost."""
    try:
        deed()
    except REFUSALS as error:
        messages.error(request, str(error))
        return False
    if said:
        messages.success(request, said)
    return True


def visible_meeting(request: HttpRequest, pk: int) -> Meeting:
    return get_object_or_404(Meeting.objects.with_facts().visible_to(request.user), pk=pk)


def take_over(form: BaseForm, revision: int) -> None:
    """After both texts were shown, the next save is made knowing the other one."""
    data = form.data.copy()
    data[form.add_prefix("revision")] = str(revision)
    form.data = data
