"""Several problems become one: of one organization, or common to several; every link stays (S-111)."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions.audit import record, snapshot
from accounts.models import User
from rectification.models import Measure, Problem, RectificationItem, RectificationList
from rectification.permissions import can_edit_problem
from rectification.rules.items import LIST_WRITABLE
from rectification.rules.merges import check_merge
from rectification.rules.problems import ProblemRefused, ProblemScope
from reporting.actions.cycles import refuse_closed

from .problems import ProblemDraft, place, write_problem


@transaction.atomic
def merge_problems(problems: Sequence[Problem], *, text: str, cause: str, category: str, by: User) -> Problem:
    """Merge problems of one year and return what they became.

    Of several organizations: a common problem, each of the merged ones a part of it with its own item; with a common
    one among them the others join it. Of one organization: the first stands for the others, whose items it takes over
    with their measures. Raises ProblemRefused.
    """
    rows = _locked(problems)
    if not all(can_edit_problem(by, problem.cycle) for problem in rows):
        raise PermissionDenied
    if len({problem.cycle_id for problem in rows}) > 1:
        raise ProblemRefused("不同年度的问题不能归并。")
    check_merge(
        organizations=[problem.organization_id for problem in rows],
        merged=sum(bool(problem.common_id or problem.merged_into_id) for problem in rows),
        promised=sum(problem.is_promised for problem in rows),
    )
    refuse_closed(rows[0].cycle)
    if not text.strip():
        raise ProblemRefused("请写明归并后的问题。")
    one_organization = len({problem.organization_id for problem in rows}) == 1
    merged = _merge_own(rows) if one_organization else _merge_common(rows, text, cause, category)
    merged.text, merged.cause, merged.category = text, cause, category
    merged.is_serious = any(problem.is_serious for problem in rows)
    merged.revision += 1
    merged.save()
    record(merged, "归并问题", by=by, after=snapshot(merged) | {"sources": [problem.text for problem in rows]})
    return merged


def _merge_common(rows: Sequence[Problem], text: str, cause: str, category: str) -> Problem:
    common = next((problem for problem in rows if problem.is_common), None)
    if common is None:
        common = write_problem(
            rows[0].cycle, draft=ProblemDraft(rows[0].source, text, cause, category), organization=None
        )
    for problem in rows:
        if not problem.is_common:
            problem.common, problem.scope = common, ProblemScope.COMMON
            problem.revision += 1
            problem.save(update_fields=["common", "scope", "revision"])
    return common


def _merge_own(rows: Sequence[Problem]) -> Problem:
    """The first keeps its number; what had been planned for the others is planned for it."""
    first = rows[0]
    if getattr(first, "item", None) is None:
        first = next((problem for problem in rows if getattr(problem, "item", None)), first)
    kept: RectificationItem | None = getattr(first, "item", None)
    for problem in rows:
        if problem is first:
            continue
        item: RectificationItem | None = getattr(problem, "item", None)
        if item is not None and kept is not None:
            _take_over(kept, item)
        problem.merged_into = first
        problem.revision += 1
        problem.save(update_fields=["merged_into", "revision"])
    return first


def _take_over(kept: RectificationItem, item: RectificationItem) -> None:
    planned = kept.measures.count()
    Measure.objects.bulk_create(
        Measure(item=kept, position=place, text=measure.text, owner_text=measure.owner_text)
        for place, measure in enumerate(item.measures.all(), start=planned + 1)
    )
    kept.revision += 1
    kept.save(update_fields=["revision"])
    item.delete()


@transaction.atomic
def unmerge_problem(problem: Problem, *, by: User) -> Problem:
    """Take a problem out of what it was merged into; an answered-for one gets its item back. Raises ProblemRefused."""
    [problem] = _locked([problem])
    if not can_edit_problem(by, problem.cycle):
        raise PermissionDenied
    refuse_closed(problem.cycle)
    before = snapshot(problem)
    if problem.merged_into is not None:
        _give_back(problem, problem.merged_into)
    elif problem.common is not None:
        problem.common, problem.scope = None, ProblemScope.INDIVIDUAL
    else:
        raise ProblemRefused("该问题没有归并，不需要解除。")
    problem.revision += 1
    problem.save()
    record(problem, "解除归并", by=by, before=before, after=snapshot(problem))
    return problem


def _give_back(problem: Problem, target: Problem) -> None:
    item: RectificationItem | None = getattr(target, "item", None)
    if item is not None:
        rectification_list = RectificationList.objects.select_for_update().get(pk=item.list_id)
        if rectification_list.state not in LIST_WRITABLE:
            raise ProblemRefused("清单已经报审或承诺，归并不能再解除。")
        place(rectification_list, problem)
    problem.merged_into = None


def _locked(problems: Sequence[Problem]) -> list[Problem]:
    """Lists first, then problems, both in the order of their numbers, so that two merges wait for each other."""
    ids = [problem.pk for problem in problems]
    lists = RectificationList.objects.select_for_update().filter(items__problem__in=ids).order_by("pk")
    list(lists.values_list("pk", flat=True))
    rows = Problem.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    return list(rows.select_related("cycle__committee", "organization", "item__list", "common", "merged_into__item"))
