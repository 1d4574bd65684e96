"""Set and lift 不得提拔重用 (S-132)."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reporting.models import Cycle
from reporting.views.deeds import deed_page, posted
from reviews.actions.promotion_bars import create_bar, lift_bar
from reviews.forms.assessments import ReasonForm
from reviews.forms.promotion_bars import BarForm
from reviews.models import PromotionBar
from reviews.permissions import can_use_results

from .use_of_results import reporter_to_keep


@require_http_methods(["GET", "POST"])
def bar_create(request: HttpRequest, pk: int) -> HttpResponse:
    reporter = reporter_to_keep(request, pk)
    form = BarForm(posted(request), cycle=reporter.cycle)
    return deed_page(
        request,
        form,
        deed=lambda: create_bar(reporter, **form.cleaned_data, by=request.user),
        done=_("已标注不得提拔重用。"),
        url=reverse("reviews:use_list", args=[reporter.cycle_id]),
        template="reviews/use_of_results/bar_create.html",
        context={"reporter": reporter, "cycle": reporter.cycle},
    )


@require_http_methods(["GET", "POST"])
def bar_lift(request: HttpRequest, pk: int) -> HttpResponse:
    cycles = Cycle.objects.visible_to(request.user)
    bars = PromotionBar.objects.filter(cycle__in=cycles).select_related("cycle__committee", "person", "basis")
    bar = get_object_or_404(bars, pk=pk)
    if not can_use_results(request.user, bar.cycle):
        raise PermissionDenied
    form = ReasonForm(posted(request))
    return deed_page(
        request,
        form,
        deed=lambda: lift_bar(bar, reason=form.cleaned_data["reason"], by=request.user),
        done=_("已解除。"),
        url=reverse("reviews:use_list", args=[bar.cycle_id]),
        template="reviews/use_of_results/bar_lift.html",
        context={"bar": bar, "cycle": bar.cycle},
    )
