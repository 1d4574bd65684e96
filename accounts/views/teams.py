"""班子成员: who leads an organization and what each is in charge of (S-11)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actions.teams import add_members
from accounts.forms.teams import MemberFormSet
from accounts.models import Organization
from accounts.permissions import can_manage_organization
from accounts.rules.roles import TEAM_ROLES

from .deeds import attempt


@require_http_methods(["GET", "POST"])
def team_edit(request: HttpRequest, pk: int) -> HttpResponse:
    organization = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk)
    if not can_manage_organization(request.user, organization):
        raise PermissionDenied
    formset = MemberFormSet(request.POST or None, form_kwargs={"user": request.user})
    if request.method == "POST" and formset.is_valid():
        members = formset.members()
        if attempt(lambda: add_members(organization, members, by=request.user), formset):
            messages.success(request, _("已登记%(count)s名班子成员。") % {"count": len(members)})
            return redirect("accounts:organization_show", pk)
    team = organization.posts.current().filter(role__in=TEAM_ROLES).select_related("person")
    return render(
        request, "accounts/teams/team_edit.html", {"organization": organization, "formset": formset, "team": team}
    )
