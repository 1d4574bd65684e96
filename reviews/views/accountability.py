"""问责记录 of a year, and what the rules point to (S-136 to S-140, S-142)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from common import clock
from common.pages import page_of
from rectification.models import Bulletin, TypicalCase
from rectification.rules.bulletins import BulletinState
from reporting.models import Cycle
from reporting.views.deeds import deed_page, posted
from reviews.actions.accountability import cite_record, create_record, edit_record
from reviews.forms.accountability import AccountabilityFilterForm, RecordCiteForm, RecordForm
from reviews.models import AccountabilityRecord
from reviews.models.accountability_counts import counts_by_level, counts_by_year
from reviews.models.watch_lists import suggestions_of, unurged_of
from reviews.permissions import can_cite_record, can_use_results

from .use_of_results import cycle_to_keep, cycle_to_read

# What a suggestion or a list may hand over to the form of a new record.
_PRESET = ("organization", "post", "measure", "item", "rule", "basis", "joint_of", "responsibility")


@require_GET
def accountability_list(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = cycle_to_read(request, pk)
    form = AccountabilityFilterForm(request.GET)
    records = AccountabilityRecord.objects.filter(cycle=cycle)
    context = {
        "cycle": cycle,
        "form": form,
        "page_obj": page_of(request, _filtered(records, form).for_table()),
        "by_level": counts_by_level(cycle),
        "by_year": counts_by_year(cycle),
        "can_keep": can_use_results(request.user, cycle),
    }
    return render(request, "reviews/use_of_results/accountability_list.html", context)


def _filtered(records: QuerySet[AccountabilityRecord], form: AccountabilityFilterForm) -> QuerySet[Any]:
    if not form.is_valid():
        return records
    wanted = form.cleaned_data
    if wanted["q"]:
        # Names repeat (S-05): the code finds the very organization.
        named = Q(organization__name__icontains=wanted["q"]) | Q(organization__code__iexact=wanted["q"])
        records = records.filter(named | Q(post__person__name__icontains=wanted["q"]))
    if wanted["measure"]:
        records = records.filter(measure=wanted["measure"])
    return records.filter(is_typical=True) if wanted["typical"] else records


@require_http_methods(["GET", "POST"])
def accountability_create(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = cycle_to_keep(request, pk)
    preset = {name: request.GET[name] for name in _PRESET if name in request.GET}
    form = RecordForm(posted(request), cycle=cycle, initial={"date": clock.today(), **preset})
    return deed_page(
        request,
        form,
        deed=lambda: create_record(cycle, facts=form.facts, by=request.user),
        done=_("问责记录已登记。"),
        url=reverse("reviews:accountability_list", args=[cycle.pk]),
        template="reviews/use_of_results/accountability_create.html",
        context={"cycle": cycle},
    )


def _record(request: HttpRequest, pk: int) -> AccountabilityRecord:
    records = AccountabilityRecord.objects.filter(cycle__in=Cycle.objects.visible_to(request.user)).for_table()
    entry: AccountabilityRecord = get_object_or_404(records.select_related("cycle__scheme", "item__problem"), pk=pk)
    return entry


@require_GET
def accountability_show(request: HttpRequest, pk: int) -> HttpResponse:
    entry = _record(request, pk)
    cycle_to_read(request, entry.cycle_id)
    context = {
        "entry": entry,
        "cycle": entry.cycle,
        "joint": entry.joint.for_table(),
        "cases": TypicalCase.objects.filter(origin=entry.pk).select_related("bulletin"),
        "can_cite": entry.is_typical and can_cite_record(request.user, entry),
        "can_keep": can_use_results(request.user, entry.cycle),
    }
    return render(request, "reviews/use_of_results/accountability_show.html", context)


@require_http_methods(["GET", "POST"])
def accountability_edit(request: HttpRequest, pk: int) -> HttpResponse:
    entry = _record(request, pk)
    cycle = cycle_to_keep(request, entry.cycle_id)
    form = RecordForm(posted(request), cycle=cycle, entry=entry)
    return deed_page(
        request,
        form,
        deed=lambda: edit_record(entry, facts=form.facts, seen=form.cleaned_data["revision"] or 0, by=request.user),
        done=_("问责记录已更正。"),
        url=reverse("reviews:accountability_show", args=[entry.pk]),
        template="reviews/use_of_results/accountability_edit.html",
        context={"cycle": cycle, "entry": entry},
    )


@require_http_methods(["GET", "POST"])
def accountability_cite(request: HttpRequest, pk: int) -> HttpResponse:
    """A typical case is put into words for a bulletin that is being drawn up (S-142)."""
    entry = _record(request, pk)
    cycle = cycle_to_read(request, entry.cycle_id)
    if not can_cite_record(request.user, entry):
        raise PermissionDenied
    bulletins = Bulletin.objects.filter(cycle__committee=cycle.committee_id, state=BulletinState.DRAFT)
    form = RecordCiteForm(posted(request), bulletins=bulletins, initial={"text": entry.circular_words})
    return deed_page(
        request,
        form,
        deed=lambda: cite_record(entry, **form.cleaned_data, by=request.user),
        done=_("已写入通报。印发以前，还可以在通报中移出。"),
        url=reverse("reviews:accountability_show", args=[entry.pk]),
        template="reviews/use_of_results/accountability_cite.html",
        context={"cycle": cycle, "entry": entry, "bulletins": bulletins},
    )


@require_GET
def watch_list(request: HttpRequest, pk: int) -> HttpResponse:
    """建议、应问责未问责、同步问责关注: pointed out, never done by the system."""
    cycle = cycle_to_read(request, pk)
    suggestions = suggestions_of(cycle, clock.today())
    context = {
        "cycle": cycle,
        "due": [each for each in suggestions if each.rule.measure and each.record is None],
        "done": [each for each in suggestions if each.rule.measure and each.record is not None],
        "incentives": [each for each in suggestions if each.rule.is_incentive],
        "unurged": unurged_of(cycle, clock.today()),
        "can_keep": can_use_results(request.user, cycle),
    }
    return render(request, "reviews/use_of_results/watch_list.html", context)
