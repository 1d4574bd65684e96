"""A rehearsal of a meeting, and every row that belongs to a meeting, whatever table it is in."""

from __future__ import annotations

import json
import typing
from collections import defaultdict
from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Notice, Organization
from documents.models import Document
from reporting.models import Cycle, Reporter, Scheme

from .meetings import Meeting

BRIEFINGS = ("reviews.papers.briefings.content", "reviews.papers.briefings.sheet")
# Who is heard where is settled for the whole year; a rehearsal does not rehearse itself.
_APART = {"reviews.place", "reviews.rehearsal"}
# Rows above the meeting, of which a meeting may only touch these fields.
_ABOVE: dict[type[models.Model], tuple[str, ...]] = {
    Reporter: ("mode", "mode_reason", "order", "is_fixed"),
    Cycle: ("phase", "order_fixed_at", "revision"),
    Scheme: ("frozen_at", "frozen_reason"),
}


class Rehearsal(models.Model):
    """`snapshot` holds the meeting's rows until the end, `outcome` what was found then."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="rehearsals")
    begun_at = models.DateTimeField(_("开始时间"))
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    snapshot = models.JSONField(default=dict)
    last_notice = models.BigIntegerField(default=0)
    last_document = models.BigIntegerField(default=0)
    ended_at = models.DateTimeField(_("结束时间"), null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    outcome = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("演练")
        ordering = ("-begun_at", "-id")
        constraints: typing.ClassVar = [
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(ended_at__isnull=True), name="one_rehearsal_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}演练"

    @property
    def audit_organization(self) -> Organization:
        return self.meeting.committee

    @property
    def documents(self) -> models.QuerySet[Document]:
        """Papers asked for since, of the meeting or of one of its rows."""
        above = {model._meta.label_lower for model in _ABOVE}
        about = Q(pk__in=[])
        for label, rows in collect_rows(self.meeting).items():
            if label not in above:
                about |= Q(subject_type=label, subject_id__in=[int(key) for key in rows if key.isdecimal()])
        # The briefings of a commenter are about the post, of all meetings that are still ahead.
        about |= Q(paper__in=BRIEFINGS, committee=self.meeting.committee)
        return Document.objects.filter(about, pk__gt=self.last_document)

    @property
    def notices(self) -> models.QuerySet[Notice]:
        """Told since and leading to this meeting; there should be none."""
        return Notice.objects.filter(
            pk__gt=self.last_notice, url__startswith=reverse("reviews:meeting_show", args=[self.meeting_id])
        )


def meeting_tables() -> list[type[models.Model]]:
    """Every model with a foreign key to the meeting or to one of these, without being told which there are.

    So what other parts of the product hang onto a meeting later is rehearsed and wiped as well.
    """
    found: dict[type[models.Model], None] = {}
    waiting: list[type[models.Model]] = [Meeting]
    while waiting:
        for field in _referring(waiting.pop()):
            if field.model not in found and field.model._meta.label_lower not in _APART:
                found[field.model] = None
                waiting.append(field.model)
    return list(found)


def _referring(model: type[models.Model]) -> Iterator[models.ForeignKey[typing.Any, typing.Any]]:
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one):
            yield relation.field


def collect_rows(meeting: Meeting) -> dict[str, dict[str, str]]:
    """Every row of the meeting by table (label) and id, as JSON of all its values; those above by their fields."""
    ids: dict[type[models.Model], set[typing.Any]] = defaultdict(set, {Meeting: {meeting.pk}})
    waiting: list[tuple[type[models.Model], set[typing.Any]]] = [(Meeting, {meeting.pk})]
    while waiting:
        model, new = waiting.pop()
        for field in _referring(model):
            if field.model._meta.label_lower in _APART:
                continue
            rows = field.model._base_manager.filter(**{f"{field.name}__in": new})
            fresh = set(rows.values_list("pk", flat=True)) - ids[field.model]
            if fresh:
                ids[field.model] |= fresh
                waiting.append((field.model, fresh))
    found = {model._meta.label_lower: _texts(model, pks) for model, pks in ids.items() if pks}
    return found | {model._meta.label_lower: rows for model, rows in _above(meeting)}


def _texts(model: type[models.Model], pks: set[typing.Any]) -> dict[str, str]:
    rows = model._base_manager.filter(pk__in=pks).order_by("pk")
    names = [field.name for field in model._meta.concrete_fields]
    return {
        str(row["pk"]): json.dumps(row, ensure_ascii=False, sort_keys=True)
        for row in json.loads(serializers.serialize("json", rows, fields=names))
    }


def _above(meeting: Meeting) -> Iterator[tuple[type[models.Model], dict[str, str]]]:
    rows: dict[type[models.Model], models.QuerySet[typing.Any]] = {
        Reporter: meeting.cycle.reporters.all(),
        Cycle: Cycle.objects.filter(pk=meeting.cycle_id),
        Scheme: Scheme.objects.filter(cycle=meeting.cycle_id),
    }
    for model, fields in _ABOVE.items():
        texts = json.loads(serializers.serialize("json", rows[model].order_by("pk"), fields=fields))
        yield model, {str(row["pk"]): json.dumps(row["fields"], ensure_ascii=False, sort_keys=True) for row in texts}


def restore_rows(meeting: Meeting, before: dict[str, dict[str, str]]) -> None:
    """Rows that came go, those that went come back, those that changed are as they were; nothing else is touched.

    References between them are checked at the end of the transaction only, so the order does not matter.
    """
    now = collect_rows(meeting)
    above = {model._meta.label_lower: model for model in _ABOVE}
    for label in now.keys() | before.keys():
        old, new = before.get(label, {}), now.get(label, {})
        changed = [key for key, text in old.items() if new.get(key) != text]
        if label in above:
            _restore_above(above[label], {key: old[key] for key in changed if key in new})
            continue
        model = apps.get_model(label)
        came = new.keys() - old.keys()
        rows = model._base_manager.filter(pk__in=came)
        rows._raw_delete(rows.db)
        for each in serializers.deserialize("json", f"[{','.join(old[key] for key in changed)}]"):
            each.save(save_m2m=False)


def _restore_above(model: type[models.Model], rows: dict[str, str]) -> None:
    for key, text in rows.items():
        whole = json.dumps([{"model": model._meta.label_lower, "pk": int(key), "fields": json.loads(text)}])
        (each,) = serializers.deserialize("json", whole)
        values = {name: getattr(each.object, name) for name in _ABOVE[model]}
        model._base_manager.filter(pk=key).update(**values)


def table_labels() -> dict[str, str]:
    """Label of a table → its Chinese name, of all that can have a row of a meeting."""
    return {model._meta.label_lower: _chinese_name(model) for model in [Meeting, *meeting_tables(), *_ABOVE]}


def _chinese_name(model: type[models.Model]) -> str:
    """A table that Django makes to join two has no name of its own."""
    if not model._meta.auto_created:
        return str(model._meta.verbose_name)
    ends = [field.related_model._meta.verbose_name for field in model._meta.fields if field.is_relation]
    return "—".join(map(str, ends))


def all_counts() -> dict[str, int]:
    """How many rows each table of the product has."""
    return {
        model._meta.label_lower: model._base_manager.count()
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
    }
