"""The register of organizations."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Q, QuerySet
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
from common.pages import page_of

from .classes import with_class
from .deeds import attempt


@require_GET
def organization_list(request: HttpRequest) -> HttpResponse:
    form = OrganizationFilterForm(request.GET)
    rows = Organization.objects.visible_to(request.user).select_related("parent", "domain")
    rows = rows.annotate(child_count=Count("children")).order_by("code")
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
def organization_show(request: HttpRequest, pk: int) -> HttpResponse:
    organization = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk)
    visible = Organization.objects.visible_to(request.user)
    posts = organization.posts.select_related("person")
    context = {
        "organization": organization,
        "superiors": visible.filter(pk__in=organization.ancestor_ids).order_by("path"),
        "children": visible.filter(parent=organization).select_related("domain"),
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
    form = OrganizationForm(request.POST or None, instance=organization, user=request.user)
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
