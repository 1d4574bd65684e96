"""Start, change and freeze a scheme (S-66, S-119)."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from accounts.actions.audit import record, snapshot
from accounts.models import User
from common import clock
from common.conflicts import check_revision
from reporting.actions.scheme_lists import copy_scheme_lists
from reporting.models import (
    Cycle,
    RaterCategory,
    Scheme,
    SchemeGrade,
    SchemeQuota,
    SchemeSection,
    ScoreComponent,
    ScoreDimension,
)
from reporting.permissions import can_edit_scheme
from reporting.rules.filings import all_list_kinds
from reporting.rules.presets import SchemePreset
from reporting.rules.refusals import CycleClosed, SchemeFrozen, SchemeInvalid
from reporting.rules.schemes import (
    EVERYBODY,
    GradeValue,
    QuotaFigures,
    ReportReaders,
    ResultReaders,
    SchemeFigures,
    SectionLimits,
    find_scheme_faults,
)
from reporting.rules.validity import is_personal_section

# What a new scheme is made from: a preset, or another year's scheme.
SchemeSource = SchemePreset | Scheme

PARTS: dict[str, type[models.Model]] = {
    "sections": SchemeSection,
    "dimensions": ScoreDimension,
    "categories": RaterCategory,
    "components": ScoreComponent,
    "grades": SchemeGrade,
    "quotas": SchemeQuota,
}
LIMITS = (
    "report_max_characters",
    "problem_share_min",
    "shares_block",
    "report_minutes",
    "comment_minutes",
    "scoring_mode",
    "asks_overall",
    "asks_remark",
    "satisfaction_min",
    "small_groups",
    "warning_seconds",
    "trims_extremes",
)
# Taken over from last year besides LIMITS and PARTS; the dates were last year's.
COPIED = (
    "report_due_text",
    "list_due_text",
    "letter_due_text",
    "reminder_days",
    "reminds_overdue",
    "list_kinds",
    "report_readers",
    "result_readers",
)


@dataclasses.dataclass(frozen=True)
class SchemeDeadlines:
    """What moves even when the scheme is frozen: deadlines as worded and dated (S-31), reminders, readers."""

    report_due_text: str = ""
    report_due_date: dt.date | None = None
    list_due_text: str = ""
    list_due_date: dt.date | None = None
    letter_due_text: str = ""
    letter_due_date: dt.date | None = None
    reminder_days: str = "7、3、1"
    reminds_overdue: bool = True
    report_readers: str = ReportReaders.REVIEWERS
    result_readers: str = ResultReaders.OWN
    list_kinds: Sequence[str] = tuple(all_list_kinds())


@dataclasses.dataclass(frozen=True)
class SchemeChanges:
    """A scheme as the form has it. `limits` has the keys of LIMITS.

    Each row of a part is a dict of its fields, with `id` for one that exists; rows that are not
    listed are removed, and their order is the order of the scheme.
    """

    limits: dict[str, Any]
    deadlines: SchemeDeadlines
    parts: dict[str, list[dict[str, Any]]]


@transaction.atomic
def start_scheme(cycle: Cycle, *, source: SchemeSource) -> Scheme:
    """Give a new cycle its scheme. Part of `create_cycle`, which asks who may."""
    if isinstance(source, SchemePreset):
        scheme = _from_preset(cycle, source)
        copy_scheme_lists(scheme, indicators=source.indicators)
    else:
        scheme = _from_scheme(cycle, source)
        copy_scheme_lists(scheme, source=source)
    return scheme


def _from_preset(cycle: Cycle, preset: SchemePreset) -> Scheme:
    facts = {name: getattr(preset, name) for name in (*LIMITS, "list_due_text")}
    scheme = Scheme.objects.create(cycle=cycle, **facts)
    for position, section in enumerate(preset.sections, start=1):
        scheme.sections.create(position=position, **dataclasses.asdict(section))
    for position, dimension in enumerate(preset.dimensions, start=1):
        scheme.dimensions.create(
            name=dimension.name,
            guidance=dimension.note,
            max_score=Decimal(100),
            weight=Decimal(dimension.weight),
            position=position,
        )
    for position, category in enumerate(preset.categories, start=1):
        scheme.categories.create(
            name=category.name,
            weight=Decimal(category.weight),
            channel=preset.channel_of(category),
            position=position,
        )
    for position, component in enumerate(preset.components, start=1):
        scheme.components.create(
            name=component.name,
            weight=Decimal(component.weight),
            input=preset.component_input(component),
            position=position,
        )
    for position, grade in enumerate(preset.grades, start=1):
        scheme.grades.create(
            code=grade.code,
            label=grade.label,
            min_score=Decimal(grade.min_score),
            points=grade.points,
            band_min=grade.band_min,
            band_max=grade.band_max,
            position=position,
        )
    for position, quota in enumerate(preset.quotas, start=1):
        scheme.quotas.create(good_max=quota.good_max, lower_min=quota.lower_min, position=position)
    return scheme


def _from_scheme(cycle: Cycle, source: Scheme) -> Scheme:
    """Copies everything but the dates, which were last year's."""
    facts = {name: getattr(source, name) for name in (*LIMITS, *COPIED)}
    scheme = Scheme.objects.create(cycle=cycle, **facts)
    for part, model in PARTS.items():
        for row in getattr(source, part).all():
            row.pk, row.scheme = None, scheme
            row._state.adding = True
            model._default_manager.bulk_create([row])
    return scheme


@transaction.atomic
def edit_scheme(scheme: Scheme, *, changes: SchemeChanges, seen: int, by: User) -> Scheme:
    """Replace limits, deadlines and parts.

    Raises SchemeFrozen once in use, StaleRevision when somebody saved meanwhile, SchemeInvalid
    with a sentence for each thing that does not fit together.
    """
    scheme = _locked(scheme)
    if not can_edit_scheme(by, scheme):
        raise PermissionDenied
    if scheme.is_frozen:
        raise SchemeFrozen(f"方案已经冻结，不能再修改：{scheme.frozen_reason}")
    check_revision(scheme.revision, seen)
    faults = find_scheme_faults(_figures(changes))
    if faults:
        raise SchemeInvalid(*faults)
    before = _whole(scheme)
    for name in LIMITS:
        setattr(scheme, name, changes.limits[name])
    _set_deadlines(scheme, changes.deadlines)
    for part in PARTS:
        _replace(scheme, part, changes.parts[part])
    scheme.revision += 1
    scheme.save()
    record(scheme, "修改方案", by=by, before=before, after=_whole(scheme))
    return scheme


@transaction.atomic
def edit_scheme_deadlines(scheme: Scheme, *, deadlines: SchemeDeadlines, seen: int, by: User) -> Scheme:
    """Deadlines move even when the scheme is frozen; the trail keeps what they were (S-31)."""
    scheme = _locked(scheme)
    if not can_edit_scheme(by, scheme):
        raise PermissionDenied
    check_revision(scheme.revision, seen)
    before = snapshot(scheme)
    _set_deadlines(scheme, deadlines)
    scheme.revision += 1
    scheme.save()
    record(scheme, "调整时限和公开范围", by=by, before=before, after=snapshot(scheme))
    return scheme


@transaction.atomic
def freeze_scheme(scheme: Scheme, reason: str, *, by: User | None) -> Scheme:
    """Freeze at first use: the first report handed in, the first score sheet (S-119). Twice is once.

    Nobody is asked for permission, because it follows from another deed, such as a secretary's.
    """
    scheme = Scheme.objects.select_for_update().get(pk=scheme.pk)
    if scheme.frozen_at is None:
        scheme.frozen_at, scheme.frozen_reason = clock.now(), reason[:120]
        scheme.save(update_fields=["frozen_at", "frozen_reason"])
        record(scheme, "冻结方案", by=by, note=reason)
    return scheme


def _locked(scheme: Scheme) -> Scheme:
    scheme = Scheme.objects.select_for_update().get(pk=scheme.pk)
    if scheme.cycle.is_closed:
        raise CycleClosed
    return scheme


def _set_deadlines(scheme: Scheme, deadlines: SchemeDeadlines) -> None:
    for name, value in dataclasses.asdict(deadlines).items():
        setattr(scheme, name, value)


def _figures(changes: SchemeChanges) -> SchemeFigures:
    parts = changes.parts
    return SchemeFigures(
        section_headings=[row["heading"] for row in parts["sections"]],
        section_kinds=[row["kind"] for row in parts["sections"]],
        has_personal_section=any(
            row["required"] and is_personal_section("", row["heading"]) for row in parts["sections"]
        ),
        dimension_weights=[row["weight"] for row in parts["dimensions"] if row["domain"] is None],
        own_dimension_weights=_own_weights(parts["dimensions"]),
        category_weights=[row["weight"] for row in parts["categories"]],
        component_weights=[row["weight"] for row in parts["components"]],
        component_inputs=[row["input"] for row in parts["components"]],
        grade_codes=[row["code"] for row in parts["grades"]],
        grade_floors=[row["min_score"] for row in parts["grades"]],
        scoring_mode=changes.limits["scoring_mode"],
        grade_points=[
            GradeValue(row["label"], row["points"], row["band_min"], row["band_max"]) for row in parts["grades"]
        ],
        section_limits=[
            SectionLimits(**{field.name: row[field.name] for field in dataclasses.fields(SectionLimits)})
            for row in parts["sections"]
        ],
        quotas=[
            QuotaFigures(row["domain"].name if row["domain"] else EVERYBODY, row["good_max"], row["lower_min"])
            for row in parts["quotas"]
        ],
    )


def _own_weights(rows: list[dict[str, Any]]) -> dict[str, list[Decimal]]:
    found: dict[str, list[Decimal]] = {}
    for row in rows:
        if row["domain"] is not None:
            found.setdefault(row["domain"].name, []).append(row["weight"])
    return found


def _replace(scheme: Scheme, part: str, rows: list[dict[str, Any]]) -> None:
    existing = {row.pk: row for row in getattr(scheme, part).all()}
    kept = {row.get("id") for row in rows}
    for pk, row in existing.items():
        if pk not in kept:
            _remove(row)
    # Positions and codes are unique only at the end, so what stays is parked first.
    if part == "grades":
        rows = _with_free_codes(scheme, rows)
    for position, facts in enumerate(rows, start=1):
        values = {name: value for name, value in facts.items() if name != "id"}
        if part == "sections" and facts.get("id") not in existing:
            values["key"] = _free_key(scheme)
        PARTS[part]._default_manager.update_or_create(
            pk=facts.get("id") if facts.get("id") in existing else None,
            scheme=scheme,
            defaults={**values, "position": position},
        )


def _with_free_codes(scheme: Scheme, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Two grades that exchange their codes keep their rows: each row is found by its code instead."""
    ids = {grade.code: grade.pk for grade in scheme.grades.all()}
    stale = [pk for code, pk in ids.items() if code not in {row["code"] for row in rows}]
    for grade in scheme.grades.filter(pk__in=stale):
        _remove(grade)
    return [{**row, "id": ids.get(row["code"])} for row in rows]


def _free_key(scheme: Scheme) -> str:
    taken = set(scheme.sections.values_list("key", flat=True))
    number = 1
    while f"section_{number}" in taken:
        number += 1
    return f"section_{number}"


def _remove(row: models.Model) -> None:
    try:
        row.delete()
    except models.ProtectedError:
        raise SchemeInvalid(f"“{row}”已有单位填写或已在会议中使用，不能删除，可以改名或设为非必填。") from None


def _whole(scheme: Scheme) -> dict[str, Any]:
    """Scheme and parts as plain values, for the trail."""
    parts = {part: [snapshot(row) for row in getattr(scheme, part).all()] for part in PARTS}
    return {**snapshot(scheme), **parts}
