"""What each result of a year is worked out from, read from sheets, counts, typed parts and vetoes (S-124)."""

from __future__ import annotations

import typing
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from rectification.models.fulfilments import fulfilment_before
from reporting.models import Cycle, ScoreComponent, ScoreDimension
from reporting.rules.schemes import ComponentInput
from reviews.rules.category_means import Category, Choice, Counts, Dimension
from reviews.rules.figures import round_half_up
from reviews.rules.result_inputs import ResultInputs
from reviews.rules.results import ResultsError
from reviews.rules.scoring import Band, Cap, Part

from .assessments import Assessment, GradeCap
from .results import Result, typed_scores
from .score_sheets import ScoreSheet
from .tallies import TallyLine

Sheets = Mapping[tuple[int, int], list[tuple[Decimal | None, ...]]]
Ballots = Mapping[tuple[int, int], tuple[Counts, ...]]
Computed = Mapping[str, Mapping[int, tuple[Decimal, str]]]


def inputs_of(cycle: Cycle) -> dict[int, ResultInputs]:
    """Of every reporter by id, as the rows are now; a dozen queries however many reporters.

    Each reporter counts by the set of dimensions of the own domain, where the scheme has one (S-120).
    Raises ResultsError when a unit's domain was changed after it was scored by that domain's own set.
    """
    scheme = cycle.scheme
    sets = scheme.dimension_sets()
    reporters = list(cycle.reporters.select_related("organization"))
    lines = {reporter.pk: sets.of(reporter.organization) for reporter in reporters}
    sheets, ballots = _sheets_of(cycle, lines), _ballots_of(cycle, lines)
    typed, computed, caps = typed_scores(cycle), _computed_of(cycle), _caps_of(cycle)
    categories, components = list(scheme.categories.all()), list(scheme.components.all())
    bands = tuple(Band(g.code, g.label, g.min_score) for g in scheme.grades.all())
    return {
        reporter.pk: ResultInputs(
            tuple(Dimension(d.name, scheme.full_mark_of(d), d.weight) for d in lines[reporter.pk]),
            tuple(
                Category(
                    c.name,
                    c.weight,
                    tuple(sheets.get((reporter.pk, c.pk), ())),
                    ballots.get((reporter.pk, c.pk), ()),
                )
                for c in categories
            ),
            tuple(_part(c, reporter.pk, typed, computed) for c in components),
            bands,
            tuple(caps[reporter.pk]),
            scheme.trims_extremes,
        )
        for reporter in reporters
    }


def _part(
    component: ScoreComponent,
    reporter: int,
    typed: Mapping[tuple[int, int], Decimal],
    computed: Computed,
) -> Part:
    if component.input in computed:
        score, formula = computed[component.input].get(reporter, (None, ""))
        return Part(component.name, component.weight, score=score, formula=formula)
    is_meeting = component.input == ComponentInput.MEETING
    return Part(component.name, component.weight, is_meeting, typed.get((reporter, component.pk)))


def _sheets_of(cycle: Cycle, lines: Mapping[int, list[ScoreDimension]]) -> Sheets:
    """Marks of the submitted sheets in the order of the reporter's dimensions, by (reporter, category)."""
    rows = ScoreSheet.objects.submitted().filter(rater__meeting__cycle=cycle, rater__meeting__rehearsing=False)
    found: dict[tuple[int, int], list[tuple[Decimal | None, ...]]] = defaultdict(list)
    for sheet in rows.select_related("rater", "reporter__organization").prefetch_related("marks"):
        marks = {mark.dimension_id: mark.score for mark in sheet.marks.all()}
        expected = [line.pk for line in lines[sheet.reporter_id]]
        if not set(marks) <= set(expected):
            raise ResultsError(f"{sheet.reporter.organization.label}评分以后改变了领域，请把领域改回后再计算。")
        found[sheet.reporter_id, sheet.rater.category_id].append(tuple(marks.get(pk) for pk in expected))
    return found


def _ballots_of(cycle: Cycle, lines: Mapping[int, list[ScoreDimension]]) -> Ballots:
    """Counts of the anonymous ballots for each dimension, by (reporter, category); the overall mark is no item."""
    grades = {grade.code: grade for grade in cycle.scheme.grades.all()}
    choices: dict[tuple[int, int], dict[int, list[Choice]]] = defaultdict(lambda: defaultdict(list))
    abstained: dict[tuple[int, int, int], int] = defaultdict(int)
    void: dict[tuple[int, int, int], int] = defaultdict(int)
    for row in TallyLine.objects.of_cycle(cycle).filter(dimension__isnull=False):
        key, dimension = (row.reporter_id, row.category_id), int(row.dimension_id or 0)
        if row.abstained or row.void:
            (abstained if row.abstained else void)[*key, dimension] += row.count
            continue
        grade = grades.get(row.grade_code)
        points = row.points if row.points is not None else grade.points if grade else Decimal(0)
        choices[key][dimension].append(Choice(grade.label if grade else "分值", points, row.count))
    touched = {*choices, *((reporter, category) for reporter, category, _ in (*abstained, *void))}
    return {
        (reporter, category): tuple(
            Counts(
                tuple(choices[reporter, category][d.pk]),
                abstained[reporter, category, d.pk],
                void[reporter, category, d.pk],
            )
            for d in lines[reporter]
        )
        for reporter, category in touched
    }


def _caps_of(cycle: Cycle) -> Mapping[int, list[Cap]]:
    """Vetoes in force, each with who approved it and when."""
    found: dict[int, list[Cap]] = defaultdict(list)
    for cap in GradeCap.objects.in_force().filter(reporter__cycle=cycle).select_related("max_grade"):
        approved = f"{cap.approved_by}{cap.approved_on.isoformat()}批准。依据：{cap.evidence}"
        found[cap.reporter_id].append(Cap(cap.reason, cap.max_grade.code, approved))
    return found


def _computed_of(cycle: Cycle) -> Computed:
    """Parts that nobody types, by kind and reporter; a kind that the scheme has not asked for is not worked out."""
    wanted = set(cycle.scheme.components.values_list("input", flat=True))
    found: dict[str, dict[int, tuple[Decimal, str]]] = {}
    if ComponentInput.PROMISES in wanted:
        found[ComponentInput.PROMISES] = _promises_of(cycle)
    if ComponentInput.SATISFACTION in wanted:
        rows = Assessment.objects.filter(reporter__cycle=cycle, satisfaction__isnull=False)
        found[ComponentInput.SATISFACTION] = {
            row.reporter_id: (row.satisfaction, f"党员群众满意度{row.satisfaction}%") for row in rows
        }
    return found


def _promises_of(cycle: Cycle) -> dict[int, tuple[Decimal, str]]:
    """How much of last year's list was kept, as marked at the year's end (S-150), by this year's reporter."""
    counts = fulfilment_before(cycle)
    found = {}
    for reporter, unit in cycle.reporters.values_list("pk", "organization"):
        count = counts.get(unit)
        if count is not None and count.rate is not None:
            formula = f"（已完成{count.done}＋基本完成{count.basic}×{count.basic_percent}%）÷{count.total}项×100"
            found[reporter] = (round_half_up(count.rate * 100), formula)
    return found


def check_results(cycle: Cycle) -> list[tuple[str, str]]:
    """Work every decided result of a year out anew, from what is kept with it and from the rows themselves.

    Gives (reporter, what is wrong); nothing when every figure is the stored one to the last digit. Vetoes lifted
    and promises kept since the decision are later news and no fault.
    """
    found = []
    now = inputs_of(cycle)
    results = Result.objects.filter(reporter__cycle=cycle, decided_grade__isnull=False).select_related(
        "reporter__organization", "reporter__post__person"
    )
    for result in results.prefetch_related("versions"):
        name = str(result.reporter)
        versions = list(result.versions.all())
        found += [
            (name, f"第{version.number}版按保存的依据重新计算，与保存的结果不一致。")
            for version in versions
            if version.inputs and ResultInputs.from_json(version.inputs).derive().as_json() != version.derivation
        ]
        if versions and versions[-1].derivation != result.derivation:
            found.append((name, "现行结果与最后一版不一致。"))
        if result.inputs and _rows_of(result.inputs) != _rows_of(now[result.reporter_id].as_json()):
            found.append((name, "评分表、计票或者录入的得分在审定以后有变动。"))
    return found


def _rows_of(inputs: dict[str, typing.Any]) -> dict[str, typing.Any]:
    """What may not change after the decision."""
    parts = [part for part in inputs["parts"] if not part["formula"]]
    return {**inputs, "parts": parts, "caps": []}
