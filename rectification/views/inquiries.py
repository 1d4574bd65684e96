"""约谈 and 函询 (S-172, S-173)."""

from collections.abc import Callable

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import AuditEntry
from common import clock
from common.pages import page_of
from documents.actions.documents import request_document
from rectification.actions.inquiries import (
    answer_inquiry,
    close_inquiry,
    hold_inquiry,
    issue_inquiry,
    return_inquiry,
)
from rectification.forms.inquiries import (
    InquiryAnswerForm,
    InquiryCloseForm,
    InquiryFilterForm,
    InquiryForm,
    InquiryHoldForm,
    InquiryReturnForm,
)
from rectification.models import Inquiry
from rectification.permissions import INSPECTING_ROLES, can_answer_inquiry, can_issue_inquiry

from .deeds import deed_page

PAPER = "rectification.papers.inquiries.content"


@require_GET
def inquiry_list(request: HttpRequest) -> HttpResponse:
    form = InquiryFilterForm(request.GET)
    rows = form.filtered(Inquiry.objects.visible_to(request.user).for_table(), clock.today())
    context = {
        "form": form,
        "page_obj": page_of(request, rows),
        "can_issue": request.user.holds(*INSPECTING_ROLES),
    }
    return render(request, "rectification/inquiries/inquiry_list.html", context)


@require_http_methods(["GET", "POST"])
def inquiry_create(request: HttpRequest) -> HttpResponse:
    if not request.user.holds(*INSPECTING_ROLES):
        raise PermissionDenied
    initial = {"kind": request.GET.get("kind", "interview"), "post": request.GET.get("post")}
    form = InquiryForm(request.POST or None, user=request.user, initial=initial)
    return deed_page(
        request,
        form,
        deed=lambda: issue_inquiry(
            form.cleaned_data["post"], committee=form.cleaned_data["committee"], facts=form.facts, by=request.user
        ),
        done=_("已发出，并通知了本人。通知书可以在详情页打印。"),
        url=reverse("rectification:inquiry_list"),
        template="rectification/inquiries/inquiry_create.html",
        context={},
    )


def _visible(request: HttpRequest, pk: int) -> Inquiry:
    return get_object_or_404(Inquiry.objects.visible_to(request.user).for_table(), pk=pk)


@require_GET
def inquiry_show(request: HttpRequest, pk: int) -> HttpResponse:
    inquiry = _visible(request, pk)
    context = {
        "inquiry": inquiry,
        "can_issue": can_issue_inquiry(request.user, inquiry.committee),
        "can_answer": can_answer_inquiry(request.user, inquiry),
        "entries": AuditEntry.objects.visible_to(request.user).of(inquiry)[:20],
    }
    return render(request, "rectification/inquiries/inquiry_show.html", context)


def _deed(
    request: HttpRequest, inquiry: Inquiry, form: forms.Form, action: Callable[..., Inquiry], done: str, heading: str
) -> HttpResponse:
    """A page with one form, whose answers are what `action` wants to know."""
    return deed_page(
        request,
        form,
        deed=lambda: action(inquiry, **form.cleaned_data, by=request.user),
        done=done,
        url=reverse("rectification:inquiry_show", args=[inquiry.pk]),
        template="rectification/inquiries/inquiry_deed.html",
        context={"inquiry": inquiry, "heading": heading},
    )


def _issued(request: HttpRequest, pk: int) -> Inquiry:
    inquiry = _visible(request, pk)
    if not can_issue_inquiry(request.user, inquiry.committee):
        raise PermissionDenied
    return inquiry


@require_http_methods(["GET", "POST"])
def inquiry_answer(request: HttpRequest, pk: int) -> HttpResponse:
    inquiry = _visible(request, pk)
    if not can_answer_inquiry(request.user, inquiry):
        raise PermissionDenied
    form = InquiryAnswerForm(request.POST or None, initial={"text": inquiry.answer})
    return _deed(request, inquiry, form, answer_inquiry, _("答复已送达。"), _("答复函询"))


@require_http_methods(["GET", "POST"])
def inquiry_hold(request: HttpRequest, pk: int) -> HttpResponse:
    form = InquiryHoldForm(request.POST or None)
    return _deed(request, _issued(request, pk), form, hold_inquiry, _("谈话情况已登记。"), _("登记约谈情况"))


@require_http_methods(["GET", "POST"])
def inquiry_return(request: HttpRequest, pk: int) -> HttpResponse:
    form = InquiryReturnForm(request.POST or None)
    return _deed(request, _issued(request, pk), form, return_inquiry, _("已退回补充。"), _("退回答复"))


@require_http_methods(["GET", "POST"])
def inquiry_close(request: HttpRequest, pk: int) -> HttpResponse:
    form = InquiryCloseForm(request.POST or None)
    return _deed(request, _issued(request, pk), form, close_inquiry, _("已办结。"), _("办结"))


@require_POST
def inquiry_paper(request: HttpRequest, pk: int) -> HttpResponse:
    inquiry = _issued(request, pk)
    request_document(paper=PAPER, subject=inquiry, title=f"{inquiry}通知", committee=inquiry.committee, by=request.user)
    return redirect("rectification:inquiry_show", pk)
