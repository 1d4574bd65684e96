"""催报 of rectification lists by hand; the clock does the same by itself (S-75, S-147)."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rectification.models.owed import lists_owed
from reporting.actions.reminders import send_reminders
from reporting.permissions import can_remind_cycle
from reporting.rules.reminders import OwedKind
from reporting.views.deeds import attempt

from .problems import get_cycle


@require_POST
def list_remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody of the year who has not handed the list in, once a day; what was sent stands among the reminders."""
    cycle = get_cycle(request, pk)
    if not can_remind_cycle(request.user, cycle):
        raise PermissionDenied
    attempt(
        request,
        lambda: send_reminders(cycle, kind=OwedKind.LIST, source=lists_owed, by=request.user),
        _("已催报没有报审整改清单的单位，结果见催报记录。"),
    )
    return redirect("rectification:list_list")
