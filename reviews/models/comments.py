"""A leader's comment on a reporter, in three parts (S-107, S-108, S-110)."""

from __future__ import annotations

import typing

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, Post, User
from accounts.rules.roles import OWN_ORGANIZATION_ROLES, REVIEWING_ROLES, Role
from rectification.models import Problem
from reporting.models import Reporter
from reviews.rules.meetings import CommentState

from .meetings import Meeting


class CommentQuerySet(models.QuerySet["Comment"]):
    def final(self) -> typing.Self:
        return self.filter(state=CommentState.FINAL)

    def visible_to(self, user: User) -> typing.Self:
        """Drafts for commenter and clerk; final ones also for reviewers and the reporter (S-110)."""
        reach = Q(pk__in=[])
        final = Q(state=CommentState.FINAL)
        for post in user.active_posts:
            if post.role == Role.ORGANIZATION_DEPARTMENT:
                reach |= Q(meeting__cycle__committee=post.organization_id)
            if post.role in REVIEWING_ROLES:
                path = post.organization.path
                reach |= final & Q(meeting__cycle__committee__path__startswith=path)
            if post.role in OWN_ORGANIZATION_ROLES or post.role == Role.SECRETARY:
                # What is said in a rehearsal is made up and concerns nobody.
                real = final & Q(meeting__rehearsing=False)
                reach |= real & Q(reporter__organization=post.organization_id)
        if user.person_id is not None:
            reach |= Q(commenter__person=user.person_id)
        return self.filter(reach)


class Comment(models.Model):
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="comments")
    reporter = models.ForeignKey(Reporter, models.PROTECT, related_name="comments", verbose_name=_("述职人"))
    commenter = models.ForeignKey(Post, models.PROTECT, related_name="comments", verbose_name=_("点评人"))
    praise = models.TextField(_("肯定成绩"), blank=True)
    demand = models.TextField(_("提出要求"), blank=True)
    state = models.CharField(_("状态"), max_length=8, choices=CommentState, default=CommentState.DRAFT)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    finalized_at = models.DateTimeField(null=True, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)
    saved_at = models.DateTimeField(null=True, editable=False)
    # The browser's id of the last save, so that a repeated one is answered and not done again.
    save_id = models.CharField(max_length=64, blank=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("点评")
        ordering = ("id",)
        constraints: typing.ClassVar = [
            models.UniqueConstraint(fields=["meeting", "reporter", "commenter"], name="one_comment_per_commenter"),
        ]

    def __str__(self) -> str:
        return f"{self.commenter.person}对{self.reporter}的点评"

    @property
    def audit_organization(self) -> Organization:
        return self.meeting.committee

    @property
    def is_final(self) -> bool:
        return self.state == CommentState.FINAL


class CommentProblem(models.Model):
    """指出的问题: points down to the problem it became when the meeting closed."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="problems")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(_("指出问题"))
    problem = models.OneToOneField(Problem, models.PROTECT, null=True, related_name="comment_problem")

    class Meta:
        verbose_name = _("指出问题")
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.text[:60]
