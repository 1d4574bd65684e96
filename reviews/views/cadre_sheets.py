"""One person over the years, and everybody in order (S-133, S-141, S-145)."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.models import Organization, Person
from common.pages import page_of
from documents.actions.documents import request_document
from reporting.models import Reporter
from reviews.forms.cadre_sheets import CadreFilterForm
from reviews.models.cadre_sheets import cadre_rows, cadre_sheet, committees_of
from reviews.permissions import can_read_cadre_sheets


@require_GET
def cadre_sheet_list(request: HttpRequest, pk: int) -> HttpResponse:
    committee = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk)
    if not can_read_cadre_sheets(request.user, committee):
        raise PermissionDenied
    form = CadreFilterForm(request.GET)
    rows = form.filtered(cadre_rows(committee))
    context = {"committee": committee, "form": form, "page_obj": page_of(request, rows)}
    return render(request, "reviews/use_of_results/cadre_sheet_list.html", context)


def _sheet_of(request: HttpRequest, pk: int) -> tuple[Person, list[Organization]]:
    """The person, and the committees whose results of the person the user may read; 404 when there are none."""
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    committees = committees_of(person)
    readable = [each for each in committees if can_read_cadre_sheets(request.user, each)]
    if not committees:
        raise Http404
    if not readable:
        raise PermissionDenied
    return person, readable


@require_GET
def cadre_sheet_show(request: HttpRequest, pk: int) -> HttpResponse:
    person, committees = _sheet_of(request, pk)
    context = {
        "sheet": cadre_sheet(person, committees),
        "person": person,
        "committee": committees[0],
        "reporter": _latest(person, committees[0]),
    }
    return render(request, "reviews/use_of_results/cadre_sheet_show.html", context)


def _latest(person: Person, committee: Organization) -> Reporter:
    rows = Reporter.objects.of_person(person).filter(cycle__committee=committee)
    return rows.select_related("organization").order_by("-cycle__year", "-pk")[0]


@require_POST
def cadre_sheet_paper(request: HttpRequest, pk: int) -> HttpResponse:
    person, committees = _sheet_of(request, pk)
    request_document(
        paper="reviews.papers.cadre_sheets.content",
        subject=_latest(person, committees[0]),
        title=_("%(name)s抓党建情况一览表") % {"name": person.name},
        committee=committees[0],
        by=request.user,
    )
    return redirect("reviews:cadre_sheet_show", pk)
