"""The committee's list of problem categories (S-115)."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Organization
from reporting.actions.categories import edit_categories
from reporting.forms.categories import CategoriesForm
from reporting.models import ProblemCategory
from reporting.permissions import can_edit_categories
from reporting.views.deeds import deed_page, posted


@require_http_methods(["GET", "POST"])
def category_edit(request: HttpRequest, pk: int) -> HttpResponse:
    committee = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk)
    if not can_edit_categories(request.user, committee):
        raise PermissionDenied
    names = ProblemCategory.objects.names_of(committee)
    form = CategoriesForm(posted(request), initial={"names": "\n".join(names)})
    return deed_page(
        request,
        form,
        deed=lambda: edit_categories(committee, names=form.cleaned_data["names"], by=request.user),
        done=_("问题类别已保存。"),
        url=reverse("reporting:category_edit", args=[pk]),
        template="reporting/categories/category_edit.html",
        context={"committee": committee},
    )
