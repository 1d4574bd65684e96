"""约谈 and 函询 of a secretary: who, by whom, why, what is demanded, and what came of it (S-172, S-173)."""

from __future__ import annotations

import datetime as dt
import typing

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, Post, User
from accounts.rules.roles import Role
from common import clock
from common.deadlines import Deadline, chinese_date
from rectification.rules.inquiries import InquiryKind, InquiryState, is_overdue

from .items import RectificationItem

# Personal matters: seen by who may hold them and the committee's leaders, not by everybody who reviews.
SEEING_ROLES = frozenset({Role.ORGANIZATION_DEPARTMENT, Role.SUPERVISION, Role.SECRETARY, Role.LEADER})


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    def visible_to(self, user: User) -> typing.Self:
        """The committee that issued it or a higher one, and the very person it is about."""
        reach = Q(pk__in=[])
        for post in user.active_posts:
            if post.role in SEEING_ROLES:
                reach |= Q(committee__path__startswith=post.organization.path)
        if user.person_id:
            reach |= Q(post__person=user.person_id)
        return self.filter(reach)

    def overdue(self, today: dt.date) -> typing.Self:
        return self.filter(state=InquiryState.ISSUED, due_date__lt=today)

    def waiting_for(self, user: User) -> typing.Self:
        """Letters the person has to answer, and talks still ahead."""
        return self.filter(post__person=user.person_id, state=InquiryState.ISSUED)

    def for_table(self) -> typing.Self:
        return self.select_related("committee", "post__organization", "post__person", "item__problem", "item__list")


class Inquiry(models.Model):
    committee = models.ForeignKey(
        Organization, models.PROTECT, related_name="inquiries_issued", verbose_name=_("发出单位")
    )
    kind = models.CharField(_("方式"), max_length=10, choices=InquiryKind)
    post = models.ForeignKey(Post, models.PROTECT, related_name="inquiries", verbose_name=_("对象"))
    item = models.ForeignKey(
        RectificationItem, models.SET_NULL, null=True, blank=True, related_name="inquiries", verbose_name=_("对应事项")
    )
    by_whom = models.CharField(_("约谈人（发函人）"), max_length=120)
    date = models.DateField(_("约谈日期"), null=True, blank=True)
    date_text = models.CharField(_("约谈日期（文字）"), max_length=60, blank=True)
    place = models.CharField(_("地点"), max_length=120, blank=True)
    reason = models.TextField(_("事由"))
    demands = models.TextField(_("要求说明的问题和整改要求"))
    due_text = models.CharField(_("答复、整改时限（文字）"), max_length=60, blank=True)
    due_date = models.DateField(_("答复、整改时限（日期）"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=InquiryState, default=InquiryState.ISSUED)
    issued_at = models.DateTimeField(_("发出时间"), editable=False)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    answer = models.TextField(_("答复、谈话记录"), blank=True)
    answered_at = models.DateTimeField(null=True, editable=False)
    return_reason = models.TextField(_("退回意见"), blank=True)
    conclusion = models.TextField(_("办结意见"), blank=True)
    closed_at = models.DateTimeField(null=True, editable=False)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("约谈、函询")
        ordering = ("-issued_at", "-id")
        constraints: typing.ClassVar = [
            models.CheckConstraint(condition=Q(state__in=InquiryState.values), name="inquiry_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}{self.post.organization.display_name}{self.post.person.name}"

    @property
    def is_letter(self) -> bool:
        return self.kind == InquiryKind.LETTER

    @property
    def deadline(self) -> Deadline:
        return Deadline(self.due_text, self.due_date)

    @property
    def when(self) -> str:
        return self.date_text or (chinese_date(self.date) if self.date else "")

    @property
    def is_overdue(self) -> bool:
        return is_overdue(self.state, self.due_date, clock.today())

    @property
    def tone(self) -> str:
        if self.is_overdue:
            return "bad"
        return {InquiryState.ISSUED: "waiting", InquiryState.CLOSED: "good"}.get(InquiryState(self.state), "working")

    @property
    def audit_organization(self) -> Organization:
        return self.committee
