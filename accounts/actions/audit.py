"""Write the trail beside the change, in the same transaction."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.forms.models import model_to_dict

from accounts.models import AuditEntry, Organization, User
from common import clock


class _Encoder(DjangoJSONEncoder):
    """Values no encoder knows (files, lazy strings) are kept as their text."""

    def default(self, o: Any) -> Any:
        try:
            return super().default(o)
        except TypeError:
            return str(o)


def snapshot(subject: models.Model) -> dict[str, Any]:
    """The editable fields of a row as plain values, for `before` and `after`."""
    return dict(model_to_dict(subject))


@transaction.atomic
def record(
    subject: models.Model,
    verb: str,
    *,
    by: User | None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    note: str = "",
) -> AuditEntry:
    """Add one line to the trail of `subject`. `verb` is the Chinese word shown to people, e.g. 报送, 退回.

    Where both `before` and `after` are given only the keys that differ are kept.
    The subject's property `audit_organization` says whose trail it belongs to.
    """
    if before is not None and after is not None:
        changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
        before = {key: before.get(key) for key in sorted(changed)}
        after = {key: after.get(key) for key in sorted(changed)}
    organization: Organization | None = getattr(subject, "audit_organization", None)
    return AuditEntry.objects.create(
        at=clock.now(),
        actor=by,
        actor_name=by.display_name if by else "系统",
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        subject_label=str(subject)[:250],
        organization=organization,
        before=_plain(before),
        after=_plain(after),
        note=note,
    )


def _plain(values: dict[str, Any] | None) -> Any:
    return None if values is None else json.loads(json.dumps(values, cls=_Encoder))
