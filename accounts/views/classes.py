"""Class of the year (S-21)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actions.classes import set_class, set_classes
from accounts.forms.classes import ClassForm, ClassRowForm, YearForm
from accounts.models import Organization, OrganizationClass, User
from accounts.permissions import can_keep_standing
from common.conflicts import StaleRevision
from common.pages import page_of

ROWS_PER_PAGE = 50


def with_class(organizations: QuerySet[Organization], year: int) -> QuerySet[Organization]:
    """Adds `class_of_year`, a list of at most one."""
    classes = OrganizationClass.objects.filter(year=year).for_page()
    return organizations.prefetch_related(Prefetch("classes", classes, to_attr="class_of_year"))


@require_http_methods(["GET", "POST"])
def class_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The direct subordinates of a committee with their class; a table to fill for whoever keeps it."""
    committee = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk)
    year_form = YearForm(request.GET)
    year = year_form.wanted_year
    children = Organization.objects.visible_to(request.user).filter(parent=committee).order_by("code")
    page = page_of(request, with_class(children, year), ROWS_PER_PAGE)
    can_keep = _can_keep(request.user, page.object_list)
    rows = [ClassRowForm(request.POST or None, organization=each) for each in page.object_list]
    if request.method == "POST" and not can_keep:
        raise PermissionDenied
    status = 200
    if request.method == "POST" and all(row.is_valid() for row in rows):
        try:
            count = set_classes([row.row for row in rows], year=year, by=request.user)
        except StaleRevision as error:
            messages.error(request, str(error))
            rows, status = [row.seen_again() for row in rows], 409
        else:
            messages.success(request, _("已保存，%(count)s个单位有变化。") % {"count": count})
            return redirect(request.get_full_path())
    context = {"committee": committee, "year": year, "page_obj": page, "rows": rows, "can_keep": can_keep}
    context |= {"form": YearForm(initial={"year": year}), "totals": _totals(children, year)}
    return render(request, "accounts/classes/class_list.html", context, status=status)


def _can_keep(user: User, organizations: Any) -> bool:
    first = next(iter(organizations), None)
    return first is not None and can_keep_standing(user, first)


def _totals(children: QuerySet[Organization], year: int) -> dict[str, int]:
    classes = list(OrganizationClass.objects.filter(organization__in=children, year=year))
    ranks = [each.rank for each in classes]
    return {
        "advanced": ranks.count("advanced"),
        "ordinary": ranks.count("ordinary"),
        "lagging": ranks.count("lagging"),
        "weak": sum(each.is_weak for each in classes),
        "none": children.count() - len(classes),
    }


@require_http_methods(["GET", "POST"])
def class_edit(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    organization = get_object_or_404(Organization.objects.visible_to(request.user).select_related("parent"), pk=pk)
    if not can_keep_standing(request.user, organization):
        raise PermissionDenied
    stored = OrganizationClass.objects.filter(organization=organization, year=year).first()
    row = stored or OrganizationClass(organization=organization, year=year)
    form, status = ClassForm(request.POST or None, instance=row, user=request.user), 200
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in form.Meta.fields}
        try:
            set_class(organization, year=year, facts=facts, seen=form.cleaned_data["revision"] or 0, by=request.user)
        except StaleRevision as error:
            form.tell_of(error)
            status = 409
        else:
            messages.success(request, _("已保存%(year)s年度分类。") % {"year": year})
            return redirect(f"{reverse('accounts:organization_show', args=[pk])}#class")
    theirs = OrganizationClass.objects.filter(organization=organization, year=year).first() if status == 409 else None
    context = {"form": form, "organization": organization, "year": year, "theirs": theirs}
    return render(request, "accounts/classes/class_edit.html", context, status=status)
