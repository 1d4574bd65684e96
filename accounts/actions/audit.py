"""Write the trail beside the change, in the same transaction."""

import datetime as dt
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.forms.models import model_to_dict

from accounts.models import AuditEntry, Organization, User
from accounts.rules.audit import BEGINNING, entry_hash
from common import clock

# Any number that no other advisory lock of this product uses.
_CHAIN_LOCK = 7_391_120_401
SITTING_MINUTES = 30


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
    The subject's property `audit_organization` says whose trail it belongs to; with `audit_is_confidential` the
    values are kept and never shown.
    """
    if before is not None and after is not None:
        changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
        before = {key: before.get(key) for key in sorted(changed)}
        after = {key: after.get(key) for key in sorted(changed)}
    organization: Organization | None = getattr(subject, "audit_organization", None)
    entry = AuditEntry.objects.create(
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
        is_confidential=getattr(subject, "audit_is_confidential", False),
    )
    transaction.on_commit(seal_entries, robust=True)
    return entry


def record_sitting(subject: models.Model, verb: str, *, by: User) -> None:
    """One line for a while of writing that saves itself every few seconds."""
    since = clock.now() - dt.timedelta(minutes=SITTING_MINUTES)
    last = AuditEntry.objects.of(subject).filter(at__gt=since).first()
    if last is None or last.actor_id != by.pk or last.verb != verb:
        record(subject, verb, by=by)


def seal_entries() -> int:
    """Give the entries that wait their places at the end of the chain; returns how many.

    Runs after the commit of the deed, in a transaction of its own that locks nothing but the chain: a deed holds
    locks on rows, and whoever waited for the chain while holding them could wait for ever. What a killed process
    left behind is taken along by the next (docs/decisions/0005).
    """
    if not AuditEntry.objects.unsealed().exists():
        return 0
    with transaction.atomic():
        if connection.vendor == "postgresql":  # on SQLite whoever writes is alone
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])
        head = AuditEntry.objects.head()
        last, previous = (head.number or 0, head.hash) if head else (0, BEGINNING)
        waiting = list(AuditEntry.objects.unsealed().order_by("id"))
        for number, entry in enumerate(waiting, start=last + 1):
            digest = entry_hash(number, previous, entry.content)
            AuditEntry.objects.filter(pk=entry.pk).update(number=number, previous_hash=previous, hash=digest)
            previous = digest
        return len(waiting)


def _plain(values: dict[str, Any] | None) -> Any:
    return None if values is None else json.loads(json.dumps(values, cls=_Encoder))
