"""The register of organizations."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.actions.organizations import OrganizationLoop, create_domain, create_organization, edit_organization
from accounts.forms.organizations import DomainForm, OrganizationFilterForm, OrganizationForm
from accounts.models import AuditEntry, Domain, Organization, User
from accounts.permissions import (
    can_add_domain,
    can_add_organization,
    can_keep_standing,
    can_list_audit,
    can_manage_organization,
)
from common import clock
from common.ids import ids_of
from common.pages import page_of

from .classes import with_class
from .deeds import attempt

CHILDREN_PER_PAGE = 100


@require_GET
def organization_list(request: HttpRequest) -> HttpResponse:
    form = OrganizationFilterForm(request.GET)
    rows = Organization.objects.visible_to(request.user).select_related("parent", "domain").with_child_count()
    rows = _filtered(rows, form.cleaned_data) if form.is_valid() else rows
    rows = with_class(rows, clock.today().year)
    context = {"form": form, "page_obj": page_of(request, rows), "can_add": can_add_organization(request.user)}
    return render(request, "accounts/organizations/organization_list.html", context)


def _filtered(rows: QuerySet[Organization], wanted: dict) -> QuerySet[Organization]:
    if wanted["q"]:
        rows = rows.filter(Q(name__icontains=wanted["q"]) | Q(code__icontains=wanted["q"]))
    for name in ("kind", "level", "domain"):
        if wanted[name]:
            rows = rows.filter(**{name: wanted[name]})
    return rows.of_rank(wanted["rank"], clock.today().year) if wanted["rank"] else rows


@require_GET
def organization_tree(request: HttpRequest) -> HttpResponse:
    """The tree level by level; `?at=` is whose subordinates are shown, and htmx asks for no more than those (S-01)."""
    visible = Organization.objects.visible_to(request.user)
    at = min(ids_of([request.GET.get("at", "")]), default=None)
    tops = request.user.tops
    here = get_object_or_404(visible, pk=at) if at else tops[0] if len(tops) == 1 else None
    level = visible.filter(parent=here) if here else visible.filter(pk__in=[top.pk for top in tops])
    rows = level.select_related("domain").with_child_count()
    context = {"here": here, "page_obj": page_of(request, rows, CHILDREN_PER_PAGE)}
    if request.htmx:
        part = "_level_rows" if context["page_obj"].number > 1 else "_level"
        return render(request, f"accounts/organizations/{part}.html", context)
    context |= {
        "superiors": visible.filter(pk__in=here.ancestor_ids).order_by("path") if here else [],
        "total": visible.under(here).count() if here else visible.count(),
    }
    return render(request, "accounts/organizations/organization_tree.html", context)


@require_GET
def organization_show(request: HttpRequest, pk: int) -> HttpResponse:
    organization = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk)
    visible = Organization.objects.visible_to(request.user)
    posts = organization.posts.select_related("person")
    context = {
        "organization": organization,
        "superiors": visible.filter(pk__in=organization.ancestor_ids).order_by("path"),
        "page_obj": page_of(request, visible.filter(parent=organization).select_related("domain"), CHILDREN_PER_PAGE),
        "posts": posts.current(),
        "responsible_posts": posts.filter(is_first_responsible=True).order_by(F("start").desc(nulls_last=True)),
        "past_posts": posts.exclude(pk__in=organization.posts.current()).exclude(is_first_responsible=True),
        **_standing(request.user, organization),
        "has_responsible": organization.incumbent is not None,
        "can_manage": can_manage_organization(request.user, organization),
        "entries": AuditEntry.objects.of(organization)[:20] if can_list_audit(request.user) else None,
    }
    return render(request, "accounts/organizations/organization_show.html", context)


def _standing(user: User, organization: Organization) -> dict[str, Any]:
    """Class of the years and contact points, for the sections of the page (S-20, S-21)."""
    return {
        "classes": organization.classes.for_page(),
        "contacts": organization.contact_points.for_table(),
        "can_keep_standing": can_keep_standing(user, organization),
        "this_year": clock.today().year,
    }


@require_http_methods(["GET", "POST"])
def organization_create(request: HttpRequest) -> HttpResponse:
    if not can_add_organization(request.user):
        raise PermissionDenied
    initial = {"parent": request.GET.get("parent")}
    form = OrganizationForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        parent = facts.pop("parent")
        if attempt(lambda: create_organization(parent=parent, facts=facts, by=request.user), form):
            messages.success(request, _("已新增党组织。"))
            return redirect("accounts:organization_show", Organization.objects.get(code=facts["code"]).pk)
    return render(request, "accounts/organizations/organization_create.html", {"form": form})


@require_http_methods(["GET", "POST"])
def organization_edit(request: HttpRequest, pk: int) -> HttpResponse:
    organization = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk)
    if not can_manage_organization(request.user, organization):
        raise PermissionDenied
    initial = {"parent": request.GET["parent"]} if "parent" in request.GET else None
    form = OrganizationForm(request.POST or None, instance=organization, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        fresh, parent = Organization.objects.get(pk=pk), facts.pop("parent")
        try:
            done = attempt(lambda: edit_organization(fresh, parent=parent, facts=facts, by=request.user), form)
        except OrganizationLoop as error:
            form.add_error("parent", str(error))
            done = False
        if done:
            messages.success(request, _("已保存。"))
            return redirect("accounts:organization_show", pk)
    context = {"form": form, "organization": organization}
    return render(request, "accounts/organizations/organization_edit.html", context)


@require_http_methods(["GET", "POST"])
def domain_list(request: HttpRequest) -> HttpResponse:
    """The domains, and a form below for those who may add one (S-03)."""
    if not can_add_organization(request.user):
        raise PermissionDenied
    form = DomainForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        if attempt(lambda: create_domain(code=facts["code"], name=facts["name"], by=request.user), form):
            messages.success(request, _("已新增领域。"))
            return redirect("accounts:domain_list")
    context = {"form": form, "domains": Domain.objects.all(), "can_add": can_add_domain(request.user)}
    return render(request, "accounts/organizations/domain_list.html", context)
