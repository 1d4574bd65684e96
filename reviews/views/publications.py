"""Publishing the grades of a year, and the page of those in scope."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from common.forms import Form
from reviews.actions.publications import publish_results
from reviews.models import Publication
from reviews.models.results import result_rows
from reviews.permissions import can_publish_results
from reviews.rules.results import publication_effects

from .refusals import refused
from .use_of_results import cycle_to_read


@require_http_methods(["GET", "POST"])
def publication_create(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = cycle_to_read(request, pk)
    if not can_publish_results(request.user, cycle):
        raise PermissionDenied
    form, status = Form(request.POST or None), 200
    if request.method == "POST":
        form = Form(request.POST)
        form.is_valid()
        status = refused(form, lambda: publish_results(cycle, by=request.user))
        if not status:
            return redirect("reviews:publication_show", cycle.pk)
    rows = result_rows(cycle)
    context = {
        "cycle": cycle,
        "form": form,
        "undecided": [row.reporter for row in rows if not row.is_decided],
        "question": _("公布%(year)s年度综合评价等次，范围：%(readers)s。")
        % {"year": cycle.year, "readers": cycle.scheme.get_result_readers_display()},
        "consequences": publication_effects(),
    }
    return render(request, "reviews/results/publication_create.html", context, status=status or 200)


@require_GET
def publication_show(request: HttpRequest, pk: int) -> HttpResponse:
    """Units with their grade by domain, never a score or a place; not there at all before it was published."""
    visible = Publication.objects.visible_to(request.user).select_related("cycle__committee")
    publication = get_object_or_404(visible, cycle=pk)
    rows = sorted(
        (row for row in result_rows(publication.cycle) if row.is_decided),
        key=lambda row: (str(row.reporter.organization.domain or ""), row.reporter.mode, row.reporter.order),
    )
    context = {"publication": publication, "cycle": publication.cycle, "rows": rows}
    return render(request, "reviews/results/publication_show.html", context)
