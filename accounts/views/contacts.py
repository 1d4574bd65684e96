"""Contact points and visits (S-20)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.actions.contacts import ContactHasVisits, add_visit, create_contact, edit_visit, remove_contact
from accounts.forms.contacts import ContactFilterForm, ContactForm, VisitForm
from accounts.models import AuditEntry, ContactPoint, ContactVisit, Organization
from accounts.permissions import can_keep_standing, can_list_audit, can_record_visit
from common import clock
from common.conflicts import StaleRevision
from common.pages import page_of

from .deeds import attempt


@require_GET
def contact_list(request: HttpRequest) -> HttpResponse:
    form = ContactFilterForm(request.GET, initial={"year": clock.today().year})
    wanted = form.cleaned_data if form.is_valid() else {}
    rows = ContactPoint.objects.visible_to(request.user).for_table()
    rows = rows.filter(year=wanted["year"]) if wanted.get("year") else rows
    if q := wanted.get("q"):
        found = Q(organization__name__icontains=q) | Q(organization__code__icontains=q)
        rows = rows.filter(found | Q(leader__person__name__icontains=q))
    rows = rows.order_by("-year", "leader__person__pinyin", "leader", "organization__code")
    visits = ContactVisit.objects.filter(contact__in=rows.values("pk")).count()
    context = {"form": form, "page_obj": page_of(request, rows), "visits": visits}
    return render(request, "accounts/contacts/contact_list.html", context)


@require_http_methods(["GET", "POST"])
def contact_create(request: HttpRequest, pk: int) -> HttpResponse:
    organization = get_object_or_404(Organization.objects.visible_to(request.user).select_related("parent"), pk=pk)
    if not can_keep_standing(request.user, organization):
        raise PermissionDenied
    form = ContactForm(request.POST or None, organization=organization, user=request.user)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        if attempt(lambda: create_contact(organization, by=request.user, **facts), form):
            messages.success(request, _("已确定联系点，并通知联系领导。"))
            return redirect("accounts:organization_show", pk)
    return render(request, "accounts/contacts/contact_create.html", {"form": form, "organization": organization})


def _contact(request: HttpRequest, pk: int) -> ContactPoint:
    return get_object_or_404(ContactPoint.objects.visible_to(request.user).for_table(), pk=pk)


@require_GET
def contact_show(request: HttpRequest, pk: int) -> HttpResponse:
    contact = _contact(request, pk)
    context = {
        "contact": contact,
        "visits": contact.visits.all(),
        "can_record": can_record_visit(request.user, contact),
        "can_remove": can_keep_standing(request.user, contact.organization) and not contact.visit_count,
        "sees_organization": Organization.objects.visible_to(request.user).filter(pk=contact.organization_id).exists(),
        "entries": AuditEntry.objects.of(contact)[:20] if can_list_audit(request.user) else None,
    }
    return render(request, "accounts/contacts/contact_show.html", context)


@require_http_methods(["GET", "POST"])
def contact_remove(request: HttpRequest, pk: int) -> HttpResponse:
    contact = _contact(request, pk)
    if not can_keep_standing(request.user, contact.organization):
        raise PermissionDenied
    if request.method == "POST":
        organization = contact.organization_id
        try:
            remove_contact(contact, by=request.user)
        except ContactHasVisits as error:
            messages.error(request, str(error))
            return redirect("accounts:contact_show", pk)
        messages.success(request, _("已取消联系点。"))
        return redirect("accounts:organization_show", organization)
    return render(request, "accounts/contacts/contact_remove.html", {"contact": contact})


@require_http_methods(["GET", "POST"])
def visit_create(request: HttpRequest, pk: int) -> HttpResponse:
    contact = _contact(request, pk)
    if not can_record_visit(request.user, contact):
        raise PermissionDenied
    form = VisitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        add_visit(contact, by=request.user, **form.facts)
        messages.success(request, _("已登记到访。"))
        return redirect("accounts:contact_show", pk)
    return render(request, "accounts/contacts/visit_create.html", {"form": form, "contact": contact})


@require_http_methods(["GET", "POST"])
def visit_edit(request: HttpRequest, pk: int) -> HttpResponse:
    contacts = ContactPoint.objects.visible_to(request.user)
    visit = get_object_or_404(
        ContactVisit.objects.filter(contact__in=contacts).select_related("contact__leader__person"), pk=pk
    )
    if not can_record_visit(request.user, visit.contact):
        raise PermissionDenied
    form, status = VisitForm(request.POST or None, visit=visit), 200
    if request.method == "POST" and form.is_valid():
        try:
            edit_visit(visit, seen=form.cleaned_data["revision"] or 0, by=request.user, **form.facts)
        except StaleRevision as error:
            form.tell_of(error)
            status = 409
        else:
            messages.success(request, _("已保存。"))
            return redirect("accounts:contact_show", visit.contact_id)
    context = {"form": form, "contact": visit.contact, "visit": visit, "is_stale": status == 409}
    return render(request, "accounts/contacts/visit_edit.html", context, status=status)
