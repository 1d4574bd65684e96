"""五个一: the board of the organization department, and the page of one secretary (S-43)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import Organization
from accounts.rules.roles import WRITING_ROLES
from common import clock
from common.pages import page_of
from reporting.actions.five_ones import save_five_ones
from reporting.forms.five_ones import FiveOneForm
from reporting.forms.projects import open_places
from reporting.models import Cycle, FiveOneSheet, WorkEvidence
from reporting.permissions import can_review_cycle, can_write_for
from reporting.views.autosaves import autosave, marks_in, refused
from reporting.views.cycles import get_cycle
from reporting.views.deeds import REFUSED, look_again, posted, sentences, status_of


@require_GET
def five_one_own(request: HttpRequest) -> HttpResponse:
    """One's own page of this year at once; who has several, or none, is told."""
    if not request.user.holds(*WRITING_ROLES):
        raise PermissionDenied
    places = list(open_places(request.user).values())
    under_way = [place for place in places if place[0].year <= clock.today().year]
    if len(places) == 1 or len(under_way) == 1:
        return redirect("reporting:five_one_show", places[0][0].pk, places[0][1].pk)
    return render(request, "reporting/five_ones/five_one_own.html", {"places": places})


@require_GET
def five_one_list(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = get_cycle(request, pk)
    if not can_review_cycle(request.user, cycle):
        raise PermissionDenied
    tasks = list(cycle.scheme.tasks.all())
    page = page_of(request, cycle.committee.children.order_by("code"))
    sheets = {sheet.organization_id: sheet for sheet in FiveOneSheet.objects.filter(cycle=cycle, organization__in=page)}
    rows = [(each, sheets.get(each.pk, FiveOneSheet()).rows(tasks)) for each in page]
    context = {
        "cycle": cycle,
        "tasks": tasks,
        "page_obj": page,
        "rows": [(each, found, sum(row.is_done for row in found)) for each, found in rows],
    }
    return render(request, "reporting/five_ones/five_one_list.html", context)


def place_of_sheet(request: HttpRequest, pk: int, organization: int) -> tuple[Cycle, Organization, bool]:
    """The year, the organization and whether the person writes for it; who neither writes nor reviews finds nothing."""
    cycle = get_object_or_404(Cycle.objects.select_related("committee", "scheme"), pk=pk)
    place = get_object_or_404(cycle.committee.children, pk=organization)
    writes = can_write_for(request.user, place)
    if not writes and not can_review_cycle(request.user, cycle):
        raise Http404
    return cycle, place, writes and not cycle.is_closed


@require_http_methods(["GET", "POST"])
def five_one_show(request: HttpRequest, pk: int, organization: int) -> HttpResponse:
    cycle, place, writes = place_of_sheet(request, pk, organization)
    if request.method == "POST" and not writes:
        raise PermissionDenied
    sheet = _sheet(cycle, place)
    files = WorkEvidence.objects.filter(cycle=cycle, organization=place, project__isnull=True)
    rows = sheet.rows(cycle.scheme.tasks.all(), files)
    form = FiveOneForm(posted(request), rows=rows, revision=sheet.revision if sheet.pk else 0)
    status = 200
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["revision"]
        try:
            save_five_ones(cycle, organization=place, records=form.records, seen=seen, by=request.user)
        except REFUSED as error:
            form.add_error(None, sentences(error))
            status = status_of(error)
        else:
            messages.success(request, _("已保存。"))
            return redirect("reporting:five_one_show", pk, organization)
    if status == 409:
        look_again(form, _sheet(cycle, place).revision)
    context: dict[str, Any] = {"cycle": cycle, "organization": place, "form": form, "rows": rows, "writes": writes}
    context |= {"done": sum(row.is_done for row in rows), "is_stale": status == 409, "sheet": sheet}
    return render(request, "reporting/five_ones/five_one_show.html", context, status=status)


@require_POST
def five_one_autosave(request: HttpRequest, pk: int, organization: int) -> HttpResponse:
    """Stores the changed fields."""
    cycle, place, writes = place_of_sheet(request, pk, organization)
    if not writes:
        raise PermissionDenied
    form = _stored_form(cycle, place).with_changes(request.POST)
    if not form.is_valid():
        return refused([error for errors in form.errors.values() for error in errors])
    facts = {"records": form.records, "seen": form.cleaned_data["revision"], "marks": marks_in(request)}
    return autosave(
        lambda: save_five_ones(cycle, organization=place, **facts, by=request.user),
        stored=lambda: _sheet(cycle, place),
        theirs=lambda: _stored_form(cycle, place).theirs,
        user=request.user,
    )


def _stored_form(cycle: Cycle, organization: Organization) -> FiveOneForm:
    sheet = _sheet(cycle, organization)
    return FiveOneForm(None, rows=sheet.rows(cycle.scheme.tasks.all()), revision=sheet.revision)


def _sheet(cycle: Cycle, organization: Organization) -> FiveOneSheet:
    sheets = FiveOneSheet.objects.filter(cycle=cycle, organization=organization)
    found = sheets.select_related("saved_by__person").first()
    return found or FiveOneSheet(cycle=cycle, organization=organization)
