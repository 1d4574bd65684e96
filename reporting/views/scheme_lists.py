"""The lists of a scheme on a page of their own (S-43, S-49, S-71)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reporting.actions.scheme_lists import edit_scheme_lists
from reporting.forms.scheme_lists import SchemeListsForm
from reporting.models import Cycle, Scheme
from reporting.permissions import can_edit_scheme
from reporting.views.deeds import REFUSED, look_again, posted, sentences, status_of


@require_http_methods(["GET", "POST"])
def scheme_lists_edit(request: HttpRequest, pk: int) -> HttpResponse:
    schemes = Scheme.objects.filter(cycle__in=Cycle.objects.visible_to(request.user))
    scheme = get_object_or_404(schemes.select_related("cycle__committee"), pk=pk)
    if not can_edit_scheme(request.user, scheme):
        raise PermissionDenied
    form = SchemeListsForm(posted(request), scheme)
    faults: list[str] = []
    status = 200
    if request.method == "POST" and form.is_valid():
        seen = form.seen.cleaned_data["revision"]
        try:
            edit_scheme_lists(scheme, lists=form.lists, seen=seen, by=request.user)
        except REFUSED as error:
            faults, status = sentences(error), status_of(error)
        else:
            messages.success(request, _("已保存。"))
            return redirect("reporting:scheme_show", pk)
    if status == 409:
        scheme.refresh_from_db()
        look_again(form.seen, scheme.revision)
    context = {"form": form, "scheme": scheme, "cycle": scheme.cycle, "faults": faults, "is_stale": status == 409}
    return render(request, "reporting/scheme_lists/scheme_lists_edit.html", context, status=status)
