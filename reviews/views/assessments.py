"""Responsibility assessment, appraisal and vetoes of one reporter (S-130, S-131, S-134)."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reporting.models import Reporter
from reporting.views.deeds import deed_page, posted
from reviews.actions.assessments import create_cap, lift_cap, save_appraisal, save_assessment
from reviews.forms.assessments import AppraisalForm, AssessmentForm, CapForm, ReasonForm
from reviews.models import Appraisal, Assessment, GradeCap
from reviews.permissions import can_use_results

from .use_of_results import reporter_to_keep


def _back(reporter: Reporter) -> str:
    return reverse("reviews:use_list", args=[reporter.cycle_id])


@require_http_methods(["GET", "POST"])
def assessment_edit(request: HttpRequest, pk: int) -> HttpResponse:
    reporter = reporter_to_keep(request, pk)
    form = AssessmentForm(posted(request), assessment=Assessment.objects.filter(reporter=reporter).first())
    return deed_page(
        request,
        form,
        deed=lambda: save_assessment(
            reporter, facts=form.facts, seen=form.cleaned_data["revision"] or 0, by=request.user
        ),
        done=_("责任制考核结果已登记。"),
        url=_back(reporter),
        template="reviews/use_of_results/assessment_edit.html",
        context={"reporter": reporter, "cycle": reporter.cycle},
    )


@require_http_methods(["GET", "POST"])
def appraisal_edit(request: HttpRequest, pk: int) -> HttpResponse:
    reporter = reporter_to_keep(request, pk)
    form = AppraisalForm(posted(request), appraisal=Appraisal.objects.filter(reporter=reporter).first())

    def deed() -> object:
        facts = form.cleaned_data
        return save_appraisal(
            reporter, grade=facts["grade"], note=facts["note"], seen=facts["revision"] or 0, by=request.user
        )

    return deed_page(
        request,
        form,
        deed=deed,
        done=_("年度考核等次已登记。"),
        url=_back(reporter),
        template="reviews/use_of_results/appraisal_edit.html",
        context={"reporter": reporter, "cycle": reporter.cycle},
    )


@require_http_methods(["GET", "POST"])
def cap_create(request: HttpRequest, pk: int) -> HttpResponse:
    reporter = reporter_to_keep(request, pk)
    form = CapForm(posted(request), scheme=reporter.cycle.scheme)
    return deed_page(
        request,
        form,
        deed=lambda: create_cap(reporter, facts=form.facts, by=request.user),
        done=_("否决已登记。还没有审定等次的，请重新计算综合得分。"),
        url=_back(reporter),
        template="reviews/use_of_results/cap_create.html",
        context={"reporter": reporter, "cycle": reporter.cycle},
    )


@require_http_methods(["GET", "POST"])
def cap_lift(request: HttpRequest, pk: int) -> HttpResponse:
    cap = get_object_or_404(
        GradeCap.objects.filter(reporter__in=Reporter.objects.visible_to(request.user)).select_related(
            "reporter__cycle__committee", "reporter__organization", "reporter__post__person", "max_grade"
        ),
        pk=pk,
    )
    if not can_use_results(request.user, cap.reporter.cycle):
        raise PermissionDenied
    form = ReasonForm(posted(request))
    return deed_page(
        request,
        form,
        deed=lambda: lift_cap(cap, reason=form.cleaned_data["reason"], by=request.user),
        done=_("否决已撤销。"),
        url=_back(cap.reporter),
        template="reviews/use_of_results/cap_lift.html",
        context={"cap": cap, "reporter": cap.reporter, "cycle": cap.reporter.cycle},
    )
