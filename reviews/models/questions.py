"""What was asked at the meeting and what was answered, then or later (S-94)."""

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

from .meetings import Meeting


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, user: User) -> typing.Self:
        """What is said aloud in the hall: for who asked, who was asked, and the committee's reviewers."""
        reach = Q(pk__in=[])
        for post in user.active_posts:
            if post.role in REVIEWING_ROLES:
                reach |= Q(meeting__cycle__committee__path__startswith=post.organization.path)
            if post.role in OWN_ORGANIZATION_ROLES or post.role == Role.SECRETARY:
                reach |= Q(reporter__organization=post.organization_id)
        if user.person_id is not None:
            reach |= Q(asker__person=user.person_id) | Q(meeting__host__person=user.person_id)
        return self.filter(pk__in=Question.objects.filter(reach).values("pk"))

    def open(self) -> typing.Self:
        return self.filter(answer="")

    def with_people(self) -> typing.Self:
        return self.select_related(
            "meeting__cycle__committee",
            "reporter__organization",
            "reporter__post__person",
            "asker__person",
            "asker__organization",
        )


class Question(models.Model):
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="questions")
    reporter = models.ForeignKey(Reporter, models.PROTECT, related_name="questions", verbose_name=_("述职人"))
    asker = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("提问人"))
    # A guest, as printed: nobody of the committee, who needs no account to ask.
    asker_name = models.CharField(_("其他提问人"), max_length=120, blank=True)
    text = models.TextField(_("问题"))
    answer = models.TextField(_("答复"), blank=True)
    answers_later = models.BooleanField(_("会后答复"), default=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=1, editable=False)
    # What it became on the list, where it did.
    problem = models.OneToOneField(Problem, models.PROTECT, null=True, editable=False, related_name="question")

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("现场提问")
        ordering = ("id",)
        constraints: typing.ClassVar = [
            models.CheckConstraint(
                condition=Q(asker__isnull=False, asker_name="") | (Q(asker__isnull=True) & ~Q(asker_name="")),
                name="question_has_one_asker",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asker_label}问{self.reporter}"

    @property
    def asker_label(self) -> str:
        """Who asked, by name alone where somebody of the committee did."""
        return self.asker.person.name if self.asker else self.asker_name

    @property
    def asker_printed(self) -> str:
        """青岚县委书记卫某, or a guest as typed."""
        return f"{self.asker.printed}{self.asker.person.name}" if self.asker else self.asker_name

    def is_asked_by(self, user: User) -> bool:
        return self.asker is not None and self.asker.person_id == user.person_id

    @property
    def audit_organization(self) -> Organization:
        return self.meeting.committee
