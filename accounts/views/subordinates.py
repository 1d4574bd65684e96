"""Several subordinate organizations at once, typed into a table."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actions.subordinates import create_subordinates
from accounts.forms.subordinates import LevelForm, SubordinateFormSet
from accounts.models import Organization
from accounts.permissions import can_manage_organization

from .deeds import attempt


@require_http_methods(["GET", "POST"])
def subordinate_create(request: HttpRequest, pk: int) -> HttpResponse:
    parent = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk)
    if not can_manage_organization(request.user, parent):
        raise PermissionDenied
    level_form, formset = LevelForm(request.POST or None, parent=parent), SubordinateFormSet(request.POST or None)
    if request.method == "POST" and all([level_form.is_valid(), formset.is_valid()]):
        rows, level = formset.subordinates(), level_form.cleaned_data["level"]
        if attempt(lambda: create_subordinates(parent, rows, level=level, by=request.user), formset):
            messages.success(request, _("已登记%(count)s个下级党组织。") % {"count": len(rows)})
            again = "again" in request.POST
            return redirect("accounts:subordinate_create" if again else "accounts:organization_show", pk)
    context = {"organization": parent, "level_form": level_form, "formset": formset}
    return render(request, "accounts/subordinates/subordinate_create.html", context)
