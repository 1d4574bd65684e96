"""Composite, derivation, proposed and decided grade (S-120, S-124, S-125, S-129)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.pages import page_of
from reporting.models import Cycle, Reporter
from reporting.rules.refusals import CycleClosed
from reviews.actions.results import (
    component_revision,
    compute_results,
    decide_as_proposed,
    decide_grade,
    is_frozen,
    save_component_scores,
)
from reviews.forms.results import (
    ComponentScoresForm,
    GradeDecideForm,
    GradeDecideProposedForm,
    ResultFilterForm,
)
from reviews.models import Assessment, Correction, FeedbackLetter, Place, Publication, Result
from reviews.models.overall_marks import overall_of
from reviews.models.results import (
    ResultRow,
    quota_standings,
    reasons_of,
    result_rows,
    typed_scores,
)
from reviews.permissions import (
    can_answer_correction,
    can_list_results,
    can_manage_results,
    can_propose_correction,
    can_show_own_grade,
    can_use_results,
)
from reviews.rules.corrections import CorrectionState
from reviews.rules.results import ResultsError

from .refusals import refused


def _cycle(request: HttpRequest, pk: int, *, manage: bool) -> Cycle:
    visible = Cycle.objects.visible_to(request.user).select_related("committee", "scheme")
    cycle: Cycle = get_object_or_404(visible, pk=pk)
    allowed = can_manage_results if manage else can_list_results
    if not allowed(request.user, cycle):
        was_theirs = manage and cycle.is_closed and can_use_results(request.user, cycle)
        raise PermissionDenied(str(CycleClosed()) if was_theirs else "")
    return cycle


def listed_cycle(request: HttpRequest, pk: int) -> Cycle:
    """The year, for whoever may list everybody's results."""
    return _cycle(request, pk, manage=False)


@require_GET
def result_list(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = listed_cycle(request, pk)
    form = ResultFilterForm(request.GET, scheme=cycle.scheme)
    across = bool(request.GET.get("across"))
    rows = result_rows(cycle, across=across)
    shown = filtered_rows(rows, form.cleaned_data) if form.is_valid() else rows
    context = {
        "cycle": cycle,
        "form": form,
        "page_obj": page_of(request, shown),
        "computed": sum(row.result is not None for row in rows),
        "decided": sum(row.is_decided for row in rows),
        "proposed": sum(row.is_proposed_only for row in rows),
        "all": len(rows),
        "quotas": quota_standings(cycle, rows),
        "can_manage": can_manage_results(request.user, cycle),
        "can_use": can_use_results(request.user, cycle),
        "has_typed": bool(cycle.scheme.components.filter(input="typed")),
        "has_formula": cycle.scheme.components.exists(),
        "has_panels": Place.objects.filter(meeting__cycle=cycle).exists(),
        "across": across,
        "is_published": Publication.objects.filter(cycle=cycle).exists(),
    }
    return render(request, "reviews/results/result_list.html", context)


def filtered_rows(rows: list[ResultRow], wanted: dict[str, Any]) -> list[ResultRow]:
    if wanted["domain"]:
        rows = [row for row in rows if row.reporter.organization.domain_id == wanted["domain"].pk]
    if wanted["grade"]:
        rows = [row for row in rows if row.result and row.result.decided_grade_id == wanted["grade"].pk]
    if wanted["state"]:
        rows = [row for row in rows if row.is_decided == (wanted["state"] == "decided")]
    return rows


@require_GET
def result_show(request: HttpRequest, pk: int) -> HttpResponse:
    """Every line for those who decide; for the reporting organization its grade once made known, and nothing else."""
    visible = Reporter.objects.visible_to(request.user).select_related(
        "cycle__committee", "cycle__scheme", "organization__domain", "post__person"
    )
    reporter = get_object_or_404(visible, pk=pk)
    if can_list_results(request.user, reporter.cycle):
        return render(request, "reviews/results/result_show.html", _whole_result(request, reporter))
    if not can_show_own_grade(request.user, reporter):
        raise PermissionDenied
    context = {"reporter": reporter, "cycle": reporter.cycle, **_own_result(reporter)}
    return render(request, "reviews/results/own_grade.html", context)


def _whole_result(request: HttpRequest, reporter: Reporter) -> dict[str, Any]:
    cycle, user = reporter.cycle, request.user
    rows = result_rows(cycle)
    row = next(row for row in rows if row.reporter.pk == reporter.pk)
    assessment = Assessment.objects.filter(reporter=reporter).first()
    outcome = assessment.get_outcome_display() if assessment else ""
    open_correction = Correction.objects.filter(result__reporter=reporter, state=CorrectionState.PROPOSED).first()
    return {
        "reporter": reporter,
        "cycle": cycle,
        "result": row.result,
        "row": row,
        "overall": overall_of(cycle, [reporter.pk]).get(reporter.pk, []),
        "grades": list(cycle.scheme.grades.all()),
        "reasons": reasons_of(row, quota_standings(cycle, rows), outcome),
        "versions": row.result.versions.select_related("decided_grade", "decided_by__person", "approved_by__person")
        if row.result
        else [],
        "correction": open_correction,
        "can_answer": open_correction is not None and can_answer_correction(user, open_correction),
        "is_frozen": row.result is not None and row.is_decided and is_frozen(row.result),
        "can_manage": can_manage_results(user, cycle),
        "can_correct": can_propose_correction(user, cycle),
    }


def _own_result(reporter: Reporter) -> dict[str, Any]:
    """Nothing of it before it was published or fed back: not even that it has been decided."""
    letter = FeedbackLetter.objects.issued().filter(reporter=reporter).first()
    if letter is None and not Publication.objects.filter(cycle=reporter.cycle_id).exists():
        return {"result": None, "letter": None}
    results = Result.objects.filter(reporter=reporter, decided_grade__isnull=False)
    return {"result": results.select_related("decided_grade").first(), "letter": letter}


@require_POST
def result_compute(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = _cycle(request, pk, manage=True)
    try:
        results = compute_results(cycle, by=request.user)
    except ResultsError as error:
        messages.error(request, str(error))
        return redirect("reviews:result_list", cycle.pk)
    without = sum(result.composite is None for result in results)
    messages.success(request, _("已计算%(n)s名述职人的综合得分。") % {"n": len(results) - without})
    if without:
        text = ngettext(
            "%(n)s名述职人缺少组成部分，没有综合得分，请打开查看。",
            "%(n)s名述职人缺少组成部分，没有综合得分，请打开查看。",
            without,
        )
        messages.warning(request, text % {"n": without})
    return redirect("reviews:result_list", cycle.pk)


@require_http_methods(["GET", "POST"])
def component_score_edit(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = _cycle(request, pk, manage=True)
    form = ComponentScoresForm(
        request.POST or None,
        initial={"revision": component_revision(cycle)},
        reporters=cycle.reporters.in_order(),
        components=cycle.scheme.components.filter(input="typed"),
        stored=typed_scores(cycle),
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["revision"]
        status = refused(form, lambda: save_component_scores(cycle, scores=form.scores, revision=seen, by=request.user))
        if not status:
            messages.success(request, _("已保存。需要更新综合得分的，请重新计算。"))
            return redirect("reviews:result_list", cycle.pk)
    context = {"cycle": cycle, "form": form}
    return render(request, "reviews/results/component_score_edit.html", context, status=status or 200)


@require_http_methods(["GET", "POST"])
def grade_decide(request: HttpRequest, pk: int) -> HttpResponse:
    reporter = get_object_or_404(Reporter.objects.visible_to(request.user).select_related("organization"), pk=pk)
    cycle = _cycle(request, reporter.cycle_id, manage=True)
    result = Result.objects.filter(reporter=reporter).select_related("proposed_grade").first()
    if result is None:
        messages.error(request, _("请先计算综合得分，再录入审定等次。"))
        return redirect("reviews:result_list", cycle.pk)
    form = GradeDecideForm(request.POST or None, result=result, scheme=cycle.scheme)
    status = 200
    if request.method == "POST" and form.is_valid():
        status = refused(form, lambda: decide_grade(reporter, **form.cleaned_data, by=request.user))
        if not status:
            facts = {"name": f"{reporter.organization.label}{reporter.name}", "grade": form.cleaned_data["grade"]}
            messages.success(request, _("%(name)s的等次审定为“%(grade)s”。") % facts)
            return redirect("reviews:result_list", cycle.pk)
    context = {"cycle": cycle, "reporter": reporter, "result": result, "form": form}
    return render(request, "reviews/results/grade_decide.html", context, status=status or 200)


@require_http_methods(["GET", "POST"])
def grade_decide_proposed(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter one committee meeting's decision for everybody for whom it followed the proposal."""
    cycle = _cycle(request, pk, manage=True)
    form = GradeDecideProposedForm(request.POST or None)
    everybody = result_rows(cycle)
    rows = [row for row in everybody if row.is_proposed_only]
    status = 200
    if request.method == "POST" and form.is_valid():
        status = refused(form, lambda: decide_as_proposed(cycle, **form.cleaned_data, by=request.user))
        if not status:
            messages.success(request, _("已按建议等次审定%(n)s名述职人。") % {"n": len(rows)})
            return redirect("reviews:result_list", cycle.pk)
    context = {"cycle": cycle, "form": form, "rows": rows, "quotas": quota_standings(cycle, everybody)}
    return render(request, "reviews/results/grade_decide_proposed.html", context, status=status or 200)
