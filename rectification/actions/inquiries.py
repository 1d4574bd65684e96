"""约谈 and 函询 are issued, answered or held, sent back and closed (S-172, S-173)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from accounts.actions.audit import record, snapshot
from accounts.actions.notices import holders, notify
from accounts.models import Organization, Post, User
from common import clock
from rectification.models import Inquiry
from rectification.permissions import INSPECTING_ROLES, can_answer_inquiry, can_issue_inquiry
from rectification.rules.inquiries import INQUIRY_FLOW, InquiryRefused


@transaction.atomic
def issue_inquiry(post: Post, *, committee: Organization, facts: Mapping[str, Any], by: User) -> Inquiry:
    """`facts` are the other fields of the form. Raises InquiryRefused for somebody who is not under the committee."""
    if not can_issue_inquiry(by, committee):
        raise PermissionDenied
    if post.organization_id == committee.pk or not post.organization.is_under(committee):
        raise InquiryRefused("约谈、函询的对象不在本级党组织管理范围内。")
    if post.has_ended:
        raise InquiryRefused("该同志已经离任，请选择现任同志。")
    inquiry = Inquiry.objects.create(post=post, committee=committee, issued_at=clock.now(), issued_by=by, **facts)
    record(inquiry, f"发出{inquiry.get_kind_display()}", by=by, after=snapshot(inquiry))
    person = getattr(post.person, "user", None)
    if person is not None:
        kind = inquiry.get_kind_display()
        notify([person], f"{committee.name}向您发出{kind}，请及时办理。", url=_url(inquiry))
    return inquiry


@transaction.atomic
def answer_inquiry(inquiry: Inquiry, *, text: str, by: User) -> Inquiry:
    """The person's own answer to a letter. Raises InquiryRefused when it says nothing."""
    inquiry = _locked(inquiry)
    if not can_answer_inquiry(by, inquiry):
        raise PermissionDenied
    if not inquiry.is_letter:
        raise InquiryRefused("约谈由组织部门登记谈话情况。")
    return _answered(inquiry, "answer", text, "答复函询", by)


@transaction.atomic
def hold_inquiry(inquiry: Inquiry, *, text: str, by: User) -> Inquiry:
    """What was said in the talk, written down by the office."""
    inquiry = _locked(inquiry)
    if not can_issue_inquiry(by, inquiry.committee):
        raise PermissionDenied
    if inquiry.is_letter:
        raise InquiryRefused("函询由本人书面答复。")
    return _answered(inquiry, "hold", text, "登记约谈", by)


@transaction.atomic
def return_inquiry(inquiry: Inquiry, *, reason: str, by: User) -> Inquiry:
    """The answer is not enough: it is asked for again, and the first one stays readable in the trail."""
    inquiry = _locked(inquiry)
    if not can_issue_inquiry(by, inquiry.committee):
        raise PermissionDenied
    before = snapshot(inquiry)
    inquiry.state = INQUIRY_FLOW.check(inquiry.state, "return")
    if not reason.strip():
        raise InquiryRefused("请写明需要补充说明什么。")
    inquiry.return_reason = reason
    inquiry.save()
    record(inquiry, "退回答复", by=by, before=before, after=snapshot(inquiry))
    person = getattr(inquiry.post.person, "user", None)
    if person is not None:
        notify([person], "函询答复已退回，请补充说明。", url=_url(inquiry))
    return inquiry


@transaction.atomic
def close_inquiry(inquiry: Inquiry, *, conclusion: str, by: User) -> Inquiry:
    inquiry = _locked(inquiry)
    if not can_issue_inquiry(by, inquiry.committee):
        raise PermissionDenied
    before = snapshot(inquiry)
    inquiry.state = INQUIRY_FLOW.check(inquiry.state, "close")
    inquiry.conclusion, inquiry.closed_at = conclusion, clock.now()
    inquiry.save()
    record(inquiry, "办结", by=by, before=before, after=snapshot(inquiry))
    return inquiry


def _answered(inquiry: Inquiry, verb: str, text: str, word: str, by: User) -> Inquiry:
    before = snapshot(inquiry)
    inquiry.state = INQUIRY_FLOW.check(inquiry.state, verb)
    if not text.strip():
        raise InquiryRefused("请填写内容。")
    inquiry.answer, inquiry.answered_at = text, clock.now()
    inquiry.save()
    record(inquiry, word, by=by, before=before, after=snapshot(inquiry))
    offices = [user for role in INSPECTING_ROLES for user in holders(inquiry.committee, role) if user != by]
    if verb == "answer":
        notify(offices, f"{inquiry.post.person.name}已答复函询，请审阅。", url=_url(inquiry))
    return inquiry


def _locked(inquiry: Inquiry) -> Inquiry:
    rows = Inquiry.objects.select_for_update(of=("self",)).select_related("committee", "post__person")
    return rows.get(pk=inquiry.pk)


def _url(inquiry: Inquiry) -> str:
    return reverse("rectification:inquiry_show", args=[inquiry.pk])
