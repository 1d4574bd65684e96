"""The lists of a scheme: figures, the five ones, questions (S-43, S-49, S-71)."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from accounts.actions.audit import record
from accounts.models import Domain, User
from common.conflicts import check_revision
from reporting.models import Scheme, SchemeFigure, SchemeQuestion, SchemeTask
from reporting.permissions import can_edit_scheme
from reporting.rules.indicator_presets import IndicatorPreset
from reporting.rules.refusals import CycleClosed, SchemeFrozen, SchemeInvalid
from reporting.rules.scheme_lists import DEFAULT_LISTS

LISTS: dict[str, type[models.Model]] = {"figures": SchemeFigure, "tasks": SchemeTask, "questions": SchemeQuestion}


def copy_scheme_lists(
    scheme: Scheme, *, source: Scheme | None = None, indicators: Sequence[IndicatorPreset] = ()
) -> None:
    """Last year's lists, or the usual ones with a preset's indicators. Part of starting a scheme."""
    for part in LISTS:
        rows = _plain(source, part) if source else [dict(row) for row in DEFAULT_LISTS[part]]
        if part == "figures" and not source:
            rows += [_indicator(each) for each in indicators]
        for position, facts in enumerate(rows, start=1):
            getattr(scheme, part).create(position=position, **facts)


def _indicator(preset: IndicatorPreset) -> dict[str, Any]:
    facts = dataclasses.asdict(preset)
    domain = Domain.objects.filter(code=facts.pop("domain")).first()
    return facts | {"domain": domain}


def _plain(scheme: Scheme, part: str) -> list[dict[str, Any]]:
    """The rows as plain values, a domain by its id."""
    return [
        {
            field.attname: field.value_from_object(row)
            for field in row._meta.concrete_fields
            if field.name not in {"id", "scheme", "position"}
        }
        for row in getattr(scheme, part).all()
    ]


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
        if isinstance(row, SchemeFigure) and row.pk and not row.code and facts["name"] != row.name:
            row.code = row.name
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
