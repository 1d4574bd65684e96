"""Who changed what, when, from what to what. Rows are only ever added."""

from __future__ import annotations

import typing

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.rules.roles import REGISTER_ROLES

from .organizations import Organization

if typing.TYPE_CHECKING:
    from .people import Person
    from .users import User


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    def of(self, subject: models.Model) -> typing.Self:
        return self.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)

    def of_person(self, person: Person) -> typing.Self:
        """What was done to the person and to the posts the person holds or held."""
        posts = person.posts.values("pk")
        mine = Q(subject_type=person._meta.label_lower, subject_id=person.pk)
        return self.filter(mine | Q(subject_type="accounts.post", subject_id__in=posts))

    def visible_to(self, user: User) -> typing.Self:
        reach = Q(pk__in=[])
        for post in user.active_posts:
            if post.role in REGISTER_ROLES:
                reach |= Q(organization__path__startswith=post.organization.path)
        return self.filter(reach)


class AuditEntry(models.Model):
    at = models.DateTimeField(_("时间"), db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("操作人")
    )
    actor_name = models.CharField(max_length=150)
    verb = models.CharField(_("操作"), max_length=60)
    subject_type = models.CharField(max_length=80)
    subject_id = models.BigIntegerField(null=True)
    subject_label = models.CharField(_("对象"), max_length=250)
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    before = models.JSONField(_("变更前"), null=True)
    after = models.JSONField(_("变更后"), null=True)
    note = models.TextField(_("说明"), blank=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("操作记录")
        ordering = ("-at", "-id")
        indexes: typing.ClassVar = [models.Index(fields=["subject_type", "subject_id"])]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.verb} {self.subject_label}"

    def save(self, *args: typing.Any, **kwargs: typing.Any) -> None:
        if self.pk is not None:
            raise TypeError("audit entries are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: typing.Any, **kwargs: typing.Any) -> typing.NoReturn:
        raise TypeError("audit entries are never deleted")

    @property
    def before_lines(self) -> list[tuple[str, typing.Any]]:
        """Names and values before the change. Templates read a field called items in `before.items`."""
        return list((self.before or {}).items())

    @property
    def after_lines(self) -> list[tuple[str, typing.Any]]:
        return list((self.after or {}).items())
