"""What was said to the whole meeting: the superior's overall comment in three parts, the secretary's speech (S-96, S-126)."""

from __future__ import annotations

import typing

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User
from accounts.rules.roles import REVIEWING_ROLES
from rectification.models import Problem
from reviews.rules.speeches import Heading, SpeechKind, count_warnings, headings_of

from .meetings import Meeting


class SpeechQuerySet(models.QuerySet["Speech"]):
    def visible_to(self, user: User) -> typing.Self:
        """The committee's reviewers and those above; what is issued goes out on paper."""
        reach = Q(pk__in=[])
        for post in user.active_posts:
            if post.role in REVIEWING_ROLES:
                reach |= Q(meeting__cycle__committee__path__startswith=post.organization.path)
        return self.filter(reach)


class Speech(models.Model):
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="speeches")
    kind = models.CharField(_("类型"), max_length=10, choices=SpeechKind)
    speaker = models.CharField(_("讲话人"), max_length=80)
    speaker_title = models.CharField(_("讲话人职务"), max_length=120, blank=True)
    title = models.CharField(_("标题"), max_length=200, blank=True)
    subtitle = models.CharField(_("副标题"), max_length=200, blank=True)
    salutation = models.CharField(_("称谓"), max_length=60, blank=True, default="同志们：")
    body = models.TextField(_("讲话正文"), blank=True)
    achievements = models.TextField(_("成绩"), blank=True)
    suggestions = models.TextField(_("建议"), blank=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField(null=True, editable=False)
    save_id = models.CharField(max_length=64, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = SpeechQuerySet.as_manager()

    class Meta:
        verbose_name = _("讲话")
        ordering = ("id",)
        constraints: typing.ClassVar = [
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(kind=SpeechKind.OVERALL), name="one_overall_comment_per_meeting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.speaker}{self.get_kind_display()}"

    @property
    def is_overall(self) -> bool:
        return self.kind == SpeechKind.OVERALL

    @property
    def headings(self) -> list[Heading]:
        return headings_of(self.body)

    @property
    def warnings(self) -> list[str]:
        return count_warnings(self.body)

    @property
    def printed_title(self) -> str:
        """在…上的讲话, unless a title was typed."""
        words = "点评讲话" if self.is_overall else "讲话"
        return self.title or f"在{self.meeting.title}上的{words}"

    @property
    def audit_organization(self) -> Organization:
        return self.meeting.committee


class SpeechProblem(models.Model):
    """A problem the overall comment names; points down to what it became."""

    speech = models.ForeignKey(Speech, models.CASCADE, related_name="problems")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(_("问题"))
    problem = models.ForeignKey(Problem, models.PROTECT, null=True, related_name="speech_problems")

    class Meta:
        verbose_name = _("讲话指出的问题")
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.text[:60]
