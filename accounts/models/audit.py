"""Who changed what, when, from what to what. Rows are only ever added, and chained (accounts/rules/audit.py).

The database itself refuses to change or delete a row; all it allows is to give an entry its place in the chain, once.
"""

from __future__ import annotations

import functools
import typing

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.rules.audit import content_of, shortened
from accounts.rules.roles import REGISTER_ROLES

from .organizations import Organization

if typing.TYPE_CHECKING:
    from .people import Person
    from .users import User


Names = dict[tuple[type[models.Model], int], str]


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    def of(self, subject: models.Model) -> typing.Self:
        return self.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)

    def of_person(self, person: Person) -> typing.Self:
        """What was done to the person and to the posts the person holds or held."""
        posts = person.posts.values("pk")
        mine = Q(subject_type=person._meta.label_lower, subject_id=person.pk)
        return self.filter(mine | Q(subject_type="accounts.post", subject_id__in=posts))

    def unsealed(self) -> typing.Self:
        """Written, and not yet in the chain: for the moment between two transactions."""
        return self.filter(number__isnull=True)

    def sealed(self) -> typing.Self:
        return self.filter(number__isnull=False).order_by("number")

    def head(self) -> AuditEntry | None:
        """The last entry of the chain, whose hash answers for all before it."""
        return self.filter(number__isnull=False).order_by("-number").first()

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
    is_confidential = models.BooleanField(_("变更内容不显示"), default=False)
    number = models.BigIntegerField(_("序号"), null=True, unique=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, blank=True)

    objects = AuditEntryQuerySet.as_manager()
    # Names of the things its values point to, by model and id, where `with_names` looked them up.
    names: typing.ClassVar[Names] = {}

    class Meta:
        verbose_name = _("操作记录")
        ordering = ("-at", "-id")
        indexes: typing.ClassVar = [
            models.Index(fields=["subject_type", "subject_id"]),
            models.Index(fields=["id"], condition=Q(number__isnull=True), name="audit_entry_unsealed"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.verb} {self.subject_label}"

    def save(self, *args: typing.Any, **kwargs: typing.Any) -> None:
        if self.pk is not None:
            raise TypeError("audit entries are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: typing.Any, **kwargs: typing.Any) -> typing.NoReturn:
        raise TypeError("audit entries are never deleted")

    @property
    def content(self) -> dict[str, typing.Any]:
        return content_of(self)

    @property
    def short_hash(self) -> str:
        return shortened(self.hash)

    @property
    def before_lines(self) -> list[tuple[str, str]]:
        """Names and values before the change, as people read them; none where the values are nobody's business."""
        return self._lines(self.before)

    @property
    def after_lines(self) -> list[tuple[str, str]]:
        return self._lines(self.after)

    def _lines(self, values: dict[str, typing.Any] | None) -> list[tuple[str, str]]:
        if self.is_confidential or not values:
            return []
        fields = _fields_of(self.subject_type)
        told = [(name, value, fields.get(name)) for name, value in values.items() if name != "id"]
        return [(_label(name, field), self._value(value, field)) for name, value, field in told]

    def _value(self, value: typing.Any, field: models.Field | None) -> str:
        if field is not None and field.is_relation and isinstance(value, int):
            number = str(_("编号%(number)s")) % {"number": value}
            return self.names.get((field.related_model, value), number)
        return _words(value, field)


def with_names(entries: typing.Iterable[AuditEntry], of: typing.Iterable[models.QuerySet]) -> list[AuditEntry]:
    """The entries with the names of what their values point to: one query for each kind of thing in `of`."""
    rows = list(entries)
    wanted = {each.model: set[int]() for each in of}
    for entry in rows:
        for name, value in [*(entry.before or {}).items(), *(entry.after or {}).items()]:
            field = _fields_of(entry.subject_type).get(name)
            if field is not None and field.related_model in wanted and isinstance(value, int):
                wanted[field.related_model].add(value)
    names = {(each.model, row.pk): str(row) for each in of for row in each.filter(pk__in=wanted[each.model])}
    for entry in rows:
        entry.names = names  # type: ignore[misc]
    return rows


@functools.cache
def _fields_of(subject_type: str) -> dict[str, models.Field]:
    """The fields of the kind of thing an entry is about; none once that kind is gone."""
    try:
        fields = apps.get_model(subject_type)._meta.get_fields()
    except (LookupError, ValueError):
        return {}
    return {field.name: field for field in fields if isinstance(field, models.Field)}


def _label(name: str, field: models.Field | None) -> str:
    return str(field.verbose_name) if field is not None and field.verbose_name != field.name else name


def _words(value: typing.Any, field: models.Field | None = None) -> str:
    """A stored value in words: choices by their label, yes and no, lists one after the other."""
    if value in (None, "", [], {}):
        return str(_("（空）"))
    if isinstance(value, bool):
        return str(_("是")) if value else str(_("否"))
    if isinstance(value, list):
        return "、".join(_words(each) for each in value)
    if isinstance(value, dict):
        return "，".join(f"{name} {_words(each)}" for name, each in value.items())
    choices = dict(field.flatchoices) if field is not None else {}
    return str(choices.get(value, value))
