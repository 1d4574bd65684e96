"""兑现奖罚 of a year (S-135)."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.pages import page_of
from reporting.models import Cycle
from reporting.views.deeds import attempt, deed_page, posted
from reviews.actions.rewards import create_reward, remove_reward, settle_reward
from reviews.forms.rewards import SETTLED, UNSETTLED, RewardFilterForm, RewardForm, RewardSettleForm
from reviews.models import Reward
from reviews.permissions import can_use_results

from .use_of_results import cycle_to_keep, cycle_to_read


@require_GET
def reward_list(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = cycle_to_read(request, pk)
    form = RewardFilterForm(request.GET)
    rewards = Reward.objects.filter(cycle=cycle)
    context = {
        "cycle": cycle,
        "form": form,
        "page_obj": page_of(request, _filtered(rewards, form).for_table()),
        "unsettled": rewards.unsettled().count(),
        "can_keep": can_use_results(request.user, cycle),
    }
    return render(request, "reviews/use_of_results/reward_list.html", context)


def _filtered(rewards: QuerySet[Reward], form: RewardFilterForm) -> QuerySet[Reward]:
    if not form.is_valid():
        return rewards
    wanted = form.cleaned_data
    if wanted["q"]:
        rewards = rewards.filter(Q(organization__name__icontains=wanted["q"]) | Q(matter__icontains=wanted["q"]))
    if wanted["kind"]:
        rewards = rewards.filter(kind=wanted["kind"])
    if wanted["state"] in (SETTLED, UNSETTLED):
        rewards = rewards.filter(settled_on__isnull=wanted["state"] == UNSETTLED)
    return rewards


@require_http_methods(["GET", "POST"])
def reward_create(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = cycle_to_keep(request, pk)
    form = RewardForm(posted(request), cycle=cycle)
    return deed_page(
        request,
        form,
        deed=lambda: create_reward(cycle, facts=form.facts, by=request.user),
        done=_("奖罚已登记。"),
        url=reverse("reviews:reward_list", args=[cycle.pk]),
        template="reviews/use_of_results/reward_create.html",
        context={"cycle": cycle},
    )


def _reward(request: HttpRequest, pk: int) -> Reward:
    rewards = Reward.objects.filter(cycle__in=Cycle.objects.visible_to(request.user))
    reward = get_object_or_404(rewards.select_related("cycle__committee", "organization", "post__person"), pk=pk)
    if not can_use_results(request.user, reward.cycle):
        raise PermissionDenied
    return reward


@require_http_methods(["GET", "POST"])
def reward_settle(request: HttpRequest, pk: int) -> HttpResponse:
    reward = _reward(request, pk)
    form = RewardSettleForm(posted(request))
    return deed_page(
        request,
        form,
        deed=lambda: settle_reward(reward, settled_on=form.cleaned_data["settled_on"], by=request.user),
        done=_("已登记兑现。"),
        url=reverse("reviews:reward_list", args=[reward.cycle_id]),
        template="reviews/use_of_results/reward_settle.html",
        context={"reward": reward, "cycle": reward.cycle},
    )


@require_POST
def reward_remove(request: HttpRequest, pk: int) -> HttpResponse:
    reward = _reward(request, pk)
    attempt(request, lambda: remove_reward(reward, by=request.user), _("已删除。"))
    return redirect("reviews:reward_list", reward.cycle_id)
