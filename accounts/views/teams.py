"""班子成员: who leads an organization and what each is in charge of (S-11)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actions.teams import add_members
from accounts.forms.teams import MemberFormSet, TeamDutiesForm
from accounts.models import Organization
from accounts.permissions import can_edit_post, can_manage_organization
from accounts.rules.roles import TEAM_ROLES
from common.conflicts import StaleRevision

from .deeds import attempt


@require_http_methods(["GET", "POST"])
def team_edit(request: HttpRequest, pk: int) -> HttpResponse:
    organization = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk)
    if not can_manage_organization(request.user, organization):
        raise PermissionDenied
    team = list(organization.posts.current().filter(role__in=TEAM_ROLES).select_related("person", "organization"))
    kept = [post for post in team if can_edit_post(request.user, post)]
    duties = TeamDutiesForm(request.POST if request.method == "POST" else None, posts=kept)
    formset, status = MemberFormSet(request.POST or None, form_kwargs={"user": request.user}), 200
    formset.may_be_empty = duties.is_valid() and bool(duties.changes)
    if request.method == "POST" and duties.is_valid() and formset.is_valid():
        members, changes = formset.members(), duties.changes
        try:
            if attempt(lambda: add_members(organization, members, changes=changes, by=request.user), formset):
                messages.success(request, _done(len(members), len(changes)))
                return redirect("accounts:organization_show", pk)
        except StaleRevision as error:
            duties.add_error(None, str(error))
            status = 409
    others = [post for post in team if post not in kept]
    context = {"organization": organization, "formset": formset, "duties": duties, "others": others}
    return render(request, "accounts/teams/team_edit.html", context, status=status)


def _done(added: int, changed: int) -> str:
    if not changed:
        return _("已登记%(count)s名班子成员。") % {"count": added}
    words = {"added": added, "changed": changed}
    return _("已登记%(added)s名班子成员，修改%(changed)s名的分管领域。") % words
