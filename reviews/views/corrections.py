"""Correcting a frozen result: proposed by one, answered by another."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from reporting.models import Reporter
from reporting.views.deeds import attempt, deed_page, posted
from reviews.actions.corrections import (
    approve_correction,
    propose_correction,
    refuse_correction,
    withdraw_correction,
)
from reviews.forms.corrections import CorrectionAnswerForm, CorrectionForm
from reviews.models import Correction, Result
from reviews.permissions import can_answer_correction, can_list_results

from .use_of_results import reporter_to_keep


@require_http_methods(["GET", "POST"])
def correction_create(request: HttpRequest, pk: int) -> HttpResponse:
    reporter = reporter_to_keep(request, pk)
    results = Result.objects.select_related("reporter__cycle__scheme", "decided_grade")
    result = get_object_or_404(results, reporter=reporter)
    form = CorrectionForm(posted(request), result=result)
    return deed_page(
        request,
        form,
        deed=lambda: propose_correction(reporter, facts=form.facts, by=request.user),
        done=_("更正已提出，等待另一人批准。批准以前结果不变。"),
        url=reverse("reviews:result_show", args=[reporter.pk]),
        template="reviews/results/correction_create.html",
        context={"reporter": reporter, "cycle": reporter.cycle, "result": result},
    )


def _correction(request: HttpRequest, pk: int) -> Correction:
    visible = Correction.objects.filter(result__reporter__in=Reporter.objects.visible_to(request.user))
    rows = visible.select_related(
        "grade",
        "proposed_by__person",
        "result__decided_grade",
        "result__reporter__cycle__committee",
        "result__reporter__organization",
        "result__reporter__post__person",
    )
    correction = get_object_or_404(rows, pk=pk)
    if not can_list_results(request.user, correction.result.reporter.cycle):
        raise PermissionDenied
    return correction


@require_http_methods(["GET", "POST"])
def correction_answer(request: HttpRequest, pk: int) -> HttpResponse:
    correction = _correction(request, pk)
    if not can_answer_correction(request.user, correction):
        raise PermissionDenied
    form = CorrectionAnswerForm(posted(request))

    def deed() -> object:
        approves = form.cleaned_data["decision"] == "approve"
        answer = approve_correction if approves else refuse_correction
        return answer(correction, answer=form.cleaned_data["answer"], by=request.user)

    reporter = correction.result.reporter
    return deed_page(
        request,
        form,
        deed=deed,
        done=_("已办理。"),
        url=reverse("reviews:result_show", args=[reporter.pk]),
        template="reviews/results/correction_answer.html",
        context={"correction": correction, "reporter": reporter, "cycle": reporter.cycle},
    )


@require_POST
def correction_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    correction = _correction(request, pk)
    attempt(request, lambda: withdraw_correction(correction, by=request.user), _("更正已撤回。"))
    return redirect("reviews:result_show", correction.result.reporter_id)
