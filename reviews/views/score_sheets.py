"""Score sheets on a phone: all reporters one after another (S-118, S-123, S-128, S-191)."""

import dataclasses
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common import clock
from common.pages import page_of
from rectification.models.usual_performance import evidence_of
from reporting.models import DutyReport, Reporter, Scheme
from reviews.actions.score_sheets import key_in_sheet, save_sheet, submit_sheet
from reviews.forms.score_sheets import SheetFilterForm, SheetForm
from reviews.models import Meeting, Rater
from reviews.models.score_sheets import SheetRow, marks_in_words, sheet_progress, sheet_rows
from reviews.permissions import can_call_sheets, can_fill_sheet, can_key_in_sheet, can_show_progress
from reviews.rules.meetings import UNDER_WAY
from reviews.rules.score_sheets import HandedInByRaterError

from .refusals import refused


@require_GET
def sheet_list(request: HttpRequest, pk: int) -> HttpResponse:
    return _list_page(request, own_rater(request, pk), "reviews/score_sheets/sheet_list.html")


@require_http_methods(["GET", "POST"])
def sheet_edit(request: HttpRequest, pk: int, reporter_pk: int) -> HttpResponse:
    """Leaving for another reporter keeps what was marked; an unchanged page stores nothing."""
    page = _page_of(own_rater(request, pk), reporter_pk)
    sheet = page.row.sheet
    complete = sheet is not None and sheet.is_submitted
    form = SheetForm(
        request.POST or None, scheme=page.scheme, dimensions=page.dimensions, sheet=sheet, complete=complete
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        status = refused(form, lambda: page.save(form, request)) if form.has_changed() else 0
        if not status:
            return redirect(page.way_on(request.POST.get("go", "")))
    return _sheet_page(request, page, form, status=status or 200)


@require_POST
def sheet_submit(request: HttpRequest, pk: int, reporter_pk: int) -> HttpResponse:
    page = _page_of(own_rater(request, pk), reporter_pk)
    form = SheetForm(request.POST, scheme=page.scheme, dimensions=page.dimensions, sheet=page.row.sheet, complete=True)
    status = 422
    if form.is_valid():
        status = refused(form, lambda: page.submit(form, request))
        if not status:
            return page.go_on(request)
    return _sheet_page(request, page, form, status=status)


@require_GET
def key_in_list(request: HttpRequest, pk: int) -> HttpResponse:
    return _list_page(request, _keyed_rater(request, pk), "reviews/score_sheets/key_in_list.html")


@require_http_methods(["GET", "POST"])
def sheet_key_in(request: HttpRequest, pk: int, reporter_pk: int) -> HttpResponse:
    """The clerk copies a paper form; the same page, submitted in the clerk's name."""
    page = _page_of(_keyed_rater(request, pk), reporter_pk, keyed_in=True)
    sheet = page.row.sheet
    if sheet is not None and sheet.is_by_rater:
        raise PermissionDenied(str(HandedInByRaterError(page.rater.person.name)))
    blank = sheet is not None and not sheet.is_submitted
    form = SheetForm(
        request.POST or None, scheme=page.scheme, dimensions=page.dimensions, sheet=sheet, complete=True, blank=blank
    )
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        status = refused(form, lambda: page.key_in(form, request))
        if not status:
            return page.go_on(request)
    return _sheet_page(request, page, form, status=status)


@require_GET
def scoring_progress(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).with_facts(), pk=pk)
    if not can_show_progress(request.user, meeting):
        raise PermissionDenied
    rows = sheet_progress(meeting)
    sums = ("raters", "expected", "returned", "out", "begun", "shortcuts")
    context = {
        "meeting": meeting,
        "rows": rows,
        "can_call": meeting.is_live and can_call_sheets(request.user, meeting),
        "is_over": meeting.sheets_close_at is not None and meeting.sheets_close_at < clock.now(),
        **{name: sum(getattr(row, name) for row in rows) for name in sums},
    }
    return render(request, "reviews/score_sheets/scoring_progress.html", context)


@dataclasses.dataclass(frozen=True)
class SheetPage:
    """One reporter's sheet among its neighbours; the own organization is passed over."""

    rater: Rater
    rows: list[SheetRow]
    at: int
    keyed_in: bool

    @property
    def row(self) -> SheetRow:
        return self.rows[self.at]

    @property
    def dimensions(self) -> list[Any]:
        return self.scheme.dimension_sets().of(self.row.reporter.organization)

    @property
    def scheme(self) -> Scheme:
        return self.rater.meeting.cycle.scheme

    @property
    def done(self) -> int:
        return sum(row.is_done for row in self.rows)

    @property
    def previous(self) -> SheetRow | None:
        return self.rows[self.at - 1] if self.at > 0 else None

    @property
    def next(self) -> SheetRow | None:
        return self.rows[self.at + 1] if self.at + 1 < len(self.rows) else None

    @property
    def back_url(self) -> str:
        if self.keyed_in:
            return reverse("reviews:key_in_list", args=[self.rater.pk])
        return reverse("reviews:sheet_list", args=[self.rater.meeting_id])

    def url_of(self, row: SheetRow | None) -> str:
        if row is None:
            return self.back_url
        if self.keyed_in:
            return reverse("reviews:sheet_key_in", args=[self.rater.pk, row.reporter.pk])
        return reverse("reviews:sheet_edit", args=[self.rater.meeting_id, row.reporter.pk])

    @property
    def previous_url(self) -> str:
        return self.url_of(self.previous)

    @property
    def next_url(self) -> str:
        return self.url_of(self.next)

    @property
    def form_url(self) -> str:
        return self.url_of(self.row)

    @property
    def submit_url(self) -> str:
        return reverse("reviews:sheet_submit", args=[self.rater.meeting_id, self.row.reporter.pk])

    def way_on(self, go: str) -> str:
        return {"previous": self.previous_url, "next": self.next_url}.get(go, self.back_url)

    def save(self, form: SheetForm, request: HttpRequest) -> None:
        save_sheet(self.rater, self.row.reporter, **form.given, by=request.user)
        messages.success(request, _("已保存对%(name)s的评分。") % {"name": self.row.reporter.organization.label})

    def submit(self, form: SheetForm, request: HttpRequest) -> None:
        submit_sheet(self.rater, self.row.reporter, **form.given, by=request.user)

    def key_in(self, form: SheetForm, request: HttpRequest) -> None:
        key_in_sheet(self.rater, self.row.reporter, **form.given, by=request.user)

    def go_on(self, request: HttpRequest) -> HttpResponse:
        """To the next reporter without a sheet, from here on and then from the start; else to the list."""
        done = self.done + (0 if self.row.is_done else 1)
        facts = {"name": self.row.reporter.organization.label, "done": done, "all": len(self.rows)}
        messages.success(request, _("已提交对%(name)s的评分，已评%(done)s/%(all)s。") % facts)
        waiting = [row for row in [*self.rows[self.at + 1 :], *self.rows[: self.at]] if not row.is_done]
        return redirect(self.url_of(waiting[0] if waiting else None))


def own_rater(request: HttpRequest, pk: int) -> Rater:
    """The person's own place among the raters; 404 for a meeting not visible, 403 for who is no rater."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).with_facts(), pk=pk)
    rater = meeting.raters.filter(person=request.user.person_id).select_related("category").first()
    if rater is None or not can_fill_sheet(request.user, rater):
        raise PermissionDenied
    rater.meeting = meeting
    return rater


def _keyed_rater(request: HttpRequest, pk: int) -> Rater:
    visible = Meeting.objects.visible_to(request.user)
    raters = Rater.objects.select_related("person", "category", "meeting__cycle__committee")
    rater = get_object_or_404(raters, pk=pk, meeting__in=visible)
    if not can_key_in_sheet(request.user, rater):
        raise PermissionDenied
    return rater


def _page_of(rater: Rater, reporter_pk: int, *, keyed_in: bool = False) -> SheetPage:
    rows = sheet_rows(rater)
    shown = next((row for row in rows if row.reporter.pk == reporter_pk), None)
    if shown is None:
        raise Http404
    if shown.is_own:
        raise PermissionDenied(_("本单位，不参加评分。"))
    scored = [row for row in rows if not row.is_own]
    if keyed_in:  # the clerk passes over what raters handed in themselves
        scored = [row for row in scored if row is shown or not (row.sheet and row.sheet.is_by_rater)]
    return SheetPage(rater, scored, scored.index(shown), keyed_in)


def _list_page(request: HttpRequest, rater: Rater, template: str) -> HttpResponse:
    rows = sheet_rows(rater)
    form = SheetFilterForm(request.GET)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    shown = [row for row in rows if not state or (not row.is_own and row.is_done == (state == "done"))]
    scored = [row for row in rows if not row.is_own]
    speaking = rater.meeting.slots.filter(state__in=UNDER_WAY).values_list("reporter", flat=True).first()
    waiting = [row for row in scored if not row.is_done]
    context = {
        "meeting": rater.meeting,
        "rater": rater,
        "form": form,
        "page_obj": page_of(request, shown),
        "done": sum(row.is_done for row in scored),
        "all": len(scored),
        "speaking": speaking,
        # Who is at the lectern comes first, then whoever is next in the order of the meeting.
        "first": next((row for row in waiting if row.reporter.pk == speaking), next(iter(waiting), None)),
    }
    return render(request, template, context)


def _sheet_page(request: HttpRequest, page: SheetPage, form: SheetForm, *, status: int) -> HttpResponse:
    reporter: Reporter = page.row.reporter
    meeting = page.rater.meeting
    report = DutyReport.objects.filter(reporter=reporter).first()
    context = {
        "page": page,
        "meeting": meeting,
        "reporter": reporter,
        "form": form,
        "sheet": page.row.sheet,
        "stored": _stored_marks(page) if status == 409 else None,
        "report": report.handed_in if report else None,
        "usual": evidence_of(reporter.organization, meeting.cycle),
    }
    return render(request, "reviews/score_sheets/sheet_edit.html", context, status=status)


def _stored_marks(page: SheetPage) -> list[tuple[str, str]] | None:
    """What the other tab stored, in words; a rater's own marks are shown to the rater only."""
    sheet = page.row.sheet
    if sheet is None or (page.keyed_in and sheet.keyed_in_by_id is None):
        return None
    return marks_in_words(sheet, page.scheme)
