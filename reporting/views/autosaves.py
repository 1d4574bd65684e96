"""The server's end of automatic saves; the contract stands at the top of static/js/autosave.js."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from common.conflicts import StaleRevision
from common.ids import mark_of
from reporting.models.autosaves import Autosaved
from reporting.rules.autosaves import SaveMarks
from reporting.views.deeds import REFUSED, sentences


def marks_in(request: HttpRequest) -> SaveMarks:
    return SaveMarks(mark_of(request.POST.get("save_id", "")), mark_of(request.POST.get("after", "")))


def refused(sentences: list[str]) -> JsonResponse:
    """What was typed is not what the form takes; tried again after the next edit."""
    return JsonResponse({"message": "".join(sentences)}, status=400)


def autosave(
    deed: Callable[[], Any], *, stored: Callable[[], Any], theirs: Callable[[], dict[str, Any]], user: User
) -> JsonResponse:
    """Do the save and answer for it. `stored` reads the row again, `theirs` what it says under the page's names."""
    try:
        row = deed()
    except StaleRevision:
        return _conflict(stored(), theirs(), user)
    except REFUSED as error:
        return JsonResponse({"message": "".join(sentences(error))}, status=423)
    return JsonResponse(
        {
            "ok": True,
            "revision": row.revision,
            "saved_at": timezone.localtime(row.saved_at).strftime("%H:%M:%S"),
            "values": row.last_save_values,
        }
    )


def _conflict(row: Autosaved, theirs: dict[str, Any], user: User) -> JsonResponse:
    answer = {
        "conflict": True,
        "revision": row.revision,
        "theirs": theirs,
        "by": _("您在另一个窗口") if row.saved_by_id == user.pk else str(row.saved_by or ""),
        "at": timezone.localtime(row.saved_at).strftime("%H:%M") if row.saved_at else "",
    }
    return JsonResponse(answer, status=409)
