"""三级联述联评联考: what the committees below have opened, held and decided in a year (S-32, S-33)."""

from collections import Counter

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.models import Organization
from common.pages import page_of
from reporting.models import Cycle
from reviews.forms.subordinates import SubordinateFilterForm
from reviews.models.subordinates import subordinate_board
from reviews.permissions import can_list_subordinates
from reviews.rules.subordinates import SubordinateStanding


@require_GET
def subordinate_list(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    organization = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk)
    if not can_list_subordinates(request.user, organization):
        raise PermissionDenied
    board = subordinate_board(organization, year)
    form = SubordinateFilterForm(request.GET)
    numbers = Counter(row.standing for row in board.rows)
    years = Cycle.objects.filter(committee__path__startswith=organization.path).order_by("-year")
    context = {
        "organization": organization,
        "year": year,
        "years": list(years.values_list("year", flat=True).distinct()[:6]),
        "board": board,
        "form": form,
        "page_obj": page_of(request, form.filtered(board.rows)),
        "tallies": [(standing, numbers[standing]) for standing in SubordinateStanding],
    }
    return render(request, "reviews/subordinates/subordinate_list.html", context)
