"""反馈意见书: of a year for the clerk, of one's own for the secretary."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from documents.actions.documents import request_document
from reporting.views.deeds import attempt, deed_page, posted
from reviews.actions.feedback_letters import (
    acknowledge_letter,
    draft_letters,
    edit_letter,
    issue_letters,
    read_letter,
    remind_unread,
)
from reviews.forms.feedback_letters import FeedbackLetterForm
from reviews.models import FeedbackLetter
from reviews.permissions import can_acknowledge_letter, can_use_results

from .use_of_results import cycle_to_keep, cycle_to_read


@require_GET
def letter_list(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = cycle_to_read(request, pk)
    letters = list(FeedbackLetter.objects.of_cycle(cycle).for_table())
    context = {
        "cycle": cycle,
        "letters": letters,
        "missing": cycle.reporters.count() - len(letters),
        "drafts": sum(not each.is_issued for each in letters),
        "unread": sum(each.is_issued and each.acknowledged_at is None for each in letters),
        "can_keep": can_use_results(request.user, cycle),
        # A superior sees how far the letters are, not what they say.
        "can_read": FeedbackLetter.objects.visible_to(request.user).of_cycle(cycle).exists(),
    }
    return render(request, "reviews/feedback_letters/letter_list.html", context)


@require_POST
def letter_draft(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = cycle_to_keep(request, pk)
    attempt(request, lambda: draft_letters(cycle, by=request.user), _("已从点评和整改清单起草，请逐份核对。"))
    return redirect("reviews:letter_list", pk)


@require_POST
def letter_issue(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = cycle_to_keep(request, pk)
    attempt(request, lambda: issue_letters(cycle, by=request.user), _("已发出，并通知本人阅读签收。"))
    return redirect("reviews:letter_list", pk)


@require_POST
def letter_remind(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = cycle_to_keep(request, pk)
    attempt(request, lambda: remind_unread(cycle, by=request.user), _("已提醒没有签收的同志，同一天只提醒一次。"))
    return redirect("reviews:letter_list", pk)


def _letter(request: HttpRequest, pk: int) -> FeedbackLetter:
    letters = FeedbackLetter.objects.visible_to(request.user).for_table()
    letter: FeedbackLetter = get_object_or_404(letters, pk=pk)
    return letter


@require_GET
def letter_show(request: HttpRequest, pk: int) -> HttpResponse:
    letter = _letter(request, pk)
    read_letter(letter, by=request.user)
    context = {
        "letter": letter,
        "cycle": letter.reporter.cycle,
        "is_own": can_acknowledge_letter(request.user, letter),
        "can_keep": can_use_results(request.user, letter.reporter.cycle),
    }
    return render(request, "reviews/feedback_letters/letter_show.html", context)


@require_http_methods(["GET", "POST"])
def letter_edit(request: HttpRequest, pk: int) -> HttpResponse:
    letter = _letter(request, pk)
    if not can_use_results(request.user, letter.reporter.cycle):
        raise PermissionDenied
    form = FeedbackLetterForm(posted(request), letter=letter)
    return deed_page(
        request,
        form,
        deed=lambda: edit_letter(letter, words=form.words, seen=form.cleaned_data["revision"] or 0, by=request.user),
        done=_("已保存。"),
        url=reverse("reviews:letter_show", args=[letter.pk]),
        template="reviews/feedback_letters/letter_edit.html",
        context={"letter": letter, "cycle": letter.reporter.cycle},
    )


@require_POST
def letter_acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    letter = _letter(request, pk)
    attempt(request, lambda: acknowledge_letter(letter, by=request.user), _("已签收。"))
    return redirect("reviews:letter_show", pk)


@require_POST
def letter_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Of what was issued; the organization's own people find it among their papers too."""
    letter = _letter(request, pk)
    if letter.is_issued:
        reporter = letter.reporter
        request_document(
            paper="reviews.papers.feedback_letters.content",
            subject=letter,
            title=str(letter),
            committee=reporter.cycle.committee,
            organization=reporter.organization,
            by=request.user,
        )
    return redirect("reviews:letter_show", pk)


@require_POST
def letter_packet(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = cycle_to_keep(request, pk)
    title = f"{cycle.committee.display_name}{cycle.year}年度反馈意见书"
    paper = "reviews.papers.feedback_letters.packet"
    request_document(paper=paper, subject=cycle, title=title, committee=cycle.committee, by=request.user)
    return redirect("reviews:letter_list", pk)
