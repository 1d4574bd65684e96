"""The lists of a scheme: figures, the five ones, questions (S-43, S-49, S-71)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.forms.models import model_to_dict

from accounts.actions.audit import record
from accounts.models import User
from common.conflicts import check_revision
from reporting.models import Scheme, SchemeFigure, SchemeQuestion, SchemeTask
from reporting.permissions import can_edit_scheme
from reporting.rules.refusals import CycleClosed, SchemeFrozen, SchemeInvalid
from reporting.rules.scheme_lists import DEFAULT_LISTS

LISTS: dict[str, type[models.Model]] = {"figures": SchemeFigure, "tasks": SchemeTask, "questions": SchemeQuestion}


def copy_scheme_lists(scheme: Scheme, *, source: Scheme | None) -> None:
    """Last year's lists, or the usual ones where there is no year to copy. Part of starting a scheme."""
    for part in LISTS:
        rows = _plain(source, part) if source else DEFAULT_LISTS[part]
        for position, facts in enumerate(rows, start=1):
            getattr(scheme, part).create(position=position, **facts)


def _plain(scheme: Scheme, part: str) -> list[dict[str, Any]]:
    rows = (model_to_dict(row) for row in getattr(scheme, part).all())
    return [{name: row[name] for name in row if name not in {"id", "scheme", "position"}} for row in rows]


@transaction.atomic
def edit_scheme_lists(scheme: Scheme, *, lists: dict[str, list[dict[str, Any]]], seen: int, by: User) -> Scheme:
    """Replace the lists; rows as in SchemeChanges. Frozen with the scheme, at its first use."""
    scheme = Scheme.objects.select_for_update().get(pk=scheme.pk)
    if scheme.cycle.is_closed:
        raise CycleClosed
    if not can_edit_scheme(by, scheme):
        raise PermissionDenied
    if scheme.is_frozen:
        raise SchemeFrozen(f"方案已经冻结，不能再修改：{scheme.frozen_reason}")
    check_revision(scheme.revision, seen)
    before = {part: _plain(scheme, part) for part in LISTS}
    for part in LISTS:
        _replace(scheme, part, lists[part])
    scheme.revision += 1
    scheme.save(update_fields=["revision"])
    record(scheme, "修改数据和清单", by=by, before=before, after={part: _plain(scheme, part) for part in LISTS})
    return scheme


def _replace(scheme: Scheme, part: str, rows: list[dict[str, Any]]) -> None:
    stored = {row.pk: row for row in getattr(scheme, part).all()}
    kept = {row.get("id") for row in rows}
    for pk, gone in stored.items():
        if pk not in kept:
            _remove(gone)
    for position, facts in enumerate(rows, start=1):
        row: Any = stored.get(facts.get("id")) or LISTS[part](scheme=scheme)
        for name, value in facts.items():
            if name != "id":
                setattr(row, name, value)
        row.position = position
        row.save()


def _remove(row: models.Model) -> None:
    try:
        row.delete()
    except models.ProtectedError:
        raise SchemeInvalid(f"“{row}”已有单位填写，不能删除，可以改名。") from None
