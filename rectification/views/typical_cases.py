"""A typical case is taken out of a bulletin again (S-142); it is put in from the record it tells of."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rectification.actions.typical_cases import remove_case
from rectification.models import Bulletin, TypicalCase
from rectification.permissions import can_keep_bulletins

from .deeds import attempt


@require_POST
def case_remove(request: HttpRequest, pk: int) -> HttpResponse:
    cases = TypicalCase.objects.filter(bulletin__in=Bulletin.objects.visible_to(request.user))
    case = get_object_or_404(cases.select_related("bulletin__cycle__committee"), pk=pk)
    if not can_keep_bulletins(request.user, case.bulletin.cycle.committee):
        raise PermissionDenied
    attempt(request, lambda: remove_case(case, by=request.user), _("已从通报中移出。"))
    return redirect("rectification:bulletin_show", case.bulletin_id)
