"""奖惩问责条款 of a committee (S-143)."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import Organization
from reporting.models import BasisDocument
from reporting.views.deeds import deed_page, posted
from reviews.actions.accountability_rules import create_rule, edit_rule
from reviews.forms.accountability_rules import RuleForm
from reviews.models import AccountabilityRule
from reviews.permissions import can_edit_accountability_rules, can_read_accountability_rules


def _committee(request: HttpRequest, pk: int) -> Organization:
    committee = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk)
    if not can_read_accountability_rules(request.user, committee):
        raise PermissionDenied
    return committee


@require_GET
def rule_list(request: HttpRequest, pk: int) -> HttpResponse:
    committee = _committee(request, pk)
    context = {
        "committee": committee,
        "rules": AccountabilityRule.objects.filter(committee=committee).select_related("basis"),
        "has_basis": BasisDocument.objects.of(committee).exists(),
        "can_edit": can_edit_accountability_rules(request.user, committee),
    }
    return render(request, "reviews/use_of_results/rule_list.html", context)


@require_http_methods(["GET", "POST"])
def rule_create(request: HttpRequest, pk: int) -> HttpResponse:
    committee = _committee(request, pk)
    if not can_edit_accountability_rules(request.user, committee):
        raise PermissionDenied
    form = RuleForm(posted(request), committee=committee)
    return deed_page(
        request,
        form,
        deed=lambda: create_rule(committee, facts=form.facts, by=request.user),
        done=_("条款已登记。"),
        url=reverse("reviews:rule_list", args=[committee.pk]),
        template="reviews/use_of_results/rule_create.html",
        context={"committee": committee},
    )


@require_http_methods(["GET", "POST"])
def rule_edit(request: HttpRequest, pk: int) -> HttpResponse:
    visible = Organization.objects.visible_to(request.user)
    rules = AccountabilityRule.objects.filter(committee__in=visible).select_related("committee", "basis")
    rule = get_object_or_404(rules, pk=pk)
    if not can_edit_accountability_rules(request.user, rule.committee):
        raise PermissionDenied
    form = RuleForm(posted(request), committee=rule.committee, rule=rule)
    return deed_page(
        request,
        form,
        deed=lambda: edit_rule(rule, facts=form.facts, seen=form.cleaned_data["revision"] or 0, by=request.user),
        done=_("条款已修改。"),
        url=reverse("reviews:rule_list", args=[rule.committee_id]),
        template="reviews/use_of_results/rule_edit.html",
        context={"committee": rule.committee, "rule": rule},
    )
