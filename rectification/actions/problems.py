"""Problems, from wherever they are named: entered, sorted, merged into common ones, put into lists (S-111 to S-117)."""

import dataclasses
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from accounts.actions.audit import record, snapshot
from accounts.actions.notices import holders, notify
from accounts.models import Domain, Organization, Post, User
from accounts.rules.roles import WRITING_ROLES
from common.conflicts import check_revision
from rectification.models import Inspection, Problem, RectificationItem, RectificationList
from rectification.models.problems import allowed_sources
from rectification.permissions import can_add_problem, can_edit_problem
from rectification.rules.items import ORDERABLE
from rectification.rules.lists import SourceNotAllowed
from rectification.rules.problems import ProblemRefused, ProblemScope, preset_novelty
from reporting.actions.cycles import refuse_closed
from reporting.models import CarriedItem, Cycle, Reporter, ReportProblem, ReportPromise


@dataclasses.dataclass(frozen=True)
class ProblemDraft:
    """A problem on its way in. `source` is a `ProblemSource`; texts are kept as they stand; empty novelty is preset."""

    source: str
    text: str
    cause: str = ""
    category: str = ""
    novelty: str = ""
    domain: Domain | None = None
    unnamed: bool = False
    is_serious: bool = False
    responsible: Post | None = None
    previous: RectificationItem | None = None
    report_problem: ReportProblem | None = None
    carried_item: CarriedItem | None = None
    report_promise: ReportPromise | None = None
    inspection: Inspection | None = None


@dataclasses.dataclass(frozen=True)
class ProblemFacts:
    """A problem as edited. `text` and `cause` of what is promised already must stay as they are."""

    text: str
    cause: str
    category: str
    novelty: str
    domain: Domain | None
    unnamed: bool
    responsible: Post | None = None
    previous: RectificationItem | None = None
    is_serious: bool = False


def write_problem(cycle: Cycle, *, draft: ProblemDraft, organization: Organization | None) -> Problem:
    """Write the row; deeds that draft problems of their own (a meeting that closes) call this. None: a common one."""
    facts = {field.name: getattr(draft, field.name) for field in dataclasses.fields(draft)}
    facts["previous"] = draft.previous or _carried_from(draft.carried_item, organization)
    if draft.carried_item and facts["previous"]:
        old = facts["previous"].problem
        facts |= {"cause": draft.cause or old.cause, "category": draft.category or old.category}
    facts["is_serious"] = draft.is_serious or bool(facts["previous"] and facts["previous"].problem.is_serious)
    facts["novelty"] = preset_novelty(draft.novelty, is_linked=bool(draft.carried_item or facts["previous"]))
    if organization is not None:
        facts["domain"] = draft.domain or organization.domain
        facts["responsible"] = draft.responsible or organization.first_responsible
    scope = ProblemScope.INDIVIDUAL if organization else ProblemScope.COMMON
    return Problem.objects.create(cycle=cycle, organization=organization, scope=scope, **facts)


def _carried_from(carried: CarriedItem | None, organization: Organization | None) -> RectificationItem | None:
    if carried is None or carried.origin is None or organization is None:
        return None
    found = RectificationItem.objects.select_related("problem")
    return found.filter(pk=carried.origin, list__reporter__organization=organization).first()


def write_share(common: Problem, *, reporter: Reporter) -> Problem:
    """What one organization answers for under a common problem, in the common words (S-158)."""
    draft = ProblemDraft(
        common.source,
        common.text,
        common.cause,
        common.category,
        common.novelty,
        unnamed=common.unnamed,
        is_serious=common.is_serious,
    )
    share = write_problem(reporter.cycle, draft=draft, organization=reporter.organization)
    share.common, share.scope, share.is_share = common, ProblemScope.COMMON, True
    share.save(update_fields=["common", "scope", "is_share"])
    return share


def place(rectification_list: RectificationList, problem: Problem) -> RectificationItem:
    """An item for the problem at the end of a list that the caller has locked."""
    last = rectification_list.items.aggregate(last=Max("position"))["last"] or 0
    return RectificationItem.objects.create(list=rectification_list, problem=problem, position=last + 1)


@transaction.atomic
def add_problem(cycle: Cycle, *, draft: ProblemDraft, organization: Organization | None = None, by: User) -> Problem:
    """Enter a problem: of one organization, or common to several (S-112, S-113).

    Goes into the organization's list when it is being written or promised already; otherwise it waits for the list.
    Raises SourceNotAllowed, ProblemRefused when the organization does not report this year, CycleClosed.
    """
    cycle = Cycle.objects.select_related("committee").get(pk=cycle.pk)
    if not can_add_problem(by, cycle):
        raise PermissionDenied
    refuse_closed(cycle)
    if draft.source not in allowed_sources(by, cycle):
        raise SourceNotAllowed
    if not draft.text.strip():
        raise ProblemRefused("请写明问题。")
    if organization is not None and not cycle.reporters.filter(organization=organization).exists():
        raise ProblemRefused(f"{organization.label}不在本年度述职单位中，不能列入整改清单。")
    problem = write_problem(cycle, draft=draft, organization=organization)
    record(problem, "列出问题", by=by, after=snapshot(problem))
    if organization is not None:
        _place_if_open(problem, by=by)
    return problem


def _place_if_open(problem: Problem, *, by: User) -> RectificationItem | None:
    """The organization is told of an item that joins its list; without an open list the problem waits."""
    lists = RectificationList.objects.select_for_update(of=("self",)).filter(
        reporter__cycle=problem.cycle_id, reporter__organization=problem.organization_id, state__in=ORDERABLE
    )
    open_list = lists.select_related("reporter__organization", "reporter__cycle__committee").first()
    if open_list is None:
        return None
    item = place(open_list, problem)
    record(item, "补充问题", by=by, after={"source": problem.source, "text": problem.text, "cause": problem.cause})
    notify(
        holders(open_list.organization, *WRITING_ROLES),
        f"{open_list}补充了第{item.position}项问题，请填写整改措施。",
        url=reverse("rectification:item_show", args=[item.pk]),
    )
    return item


@transaction.atomic
def place_problem(problem: Problem, *, by: User) -> RectificationItem:
    """Put a problem that waits into the list, once the list is open again. Raises ProblemRefused."""
    problem = _locked(problem)
    if not can_edit_problem(by, problem.cycle):
        raise PermissionDenied
    refuse_closed(problem.cycle)
    if not Problem.objects.waiting().filter(pk=problem.pk).exists():
        raise ProblemRefused("该问题已经在清单中，或者已经归并，不再重复列入。")
    item = _place_if_open(problem, by=by)
    if item is None:
        raise ProblemRefused("该单位的清单还没有形成，或者正在审定。清单形成、退回或承诺之后再列入。")
    return item


@transaction.atomic
def edit_problem(problem: Problem, *, facts: ProblemFacts, revision: int, by: User) -> Problem:
    """Sort and correct a problem (S-114 to S-117). Raises StaleRevision, ProblemRefused for words already promised."""
    problem = _locked(problem)
    if not can_edit_problem(by, problem.cycle):
        raise PermissionDenied
    refuse_closed(problem.cycle)
    check_revision(problem.revision, revision)
    if problem.is_promised and (facts.text, facts.cause) != (problem.text, problem.cause):
        raise ProblemRefused("该问题已列入报审或承诺的清单，文字不能再改；类别、新老问题等可以改。")
    if not facts.text.strip():
        raise ProblemRefused("请写明问题。")
    before = snapshot(problem)
    for field in dataclasses.fields(facts):
        setattr(problem, field.name, getattr(facts, field.name))
    _save(problem, "修改问题", before=before, by=by)
    return problem


@transaction.atomic
def assign_problem(problem: Problem, *, organizations: Sequence[Organization], by: User) -> list[RectificationItem]:
    """Say whom a common problem concerns, none being all, and give each of them an item where a list is open (S-158).

    Who has a part already keeps it and gets no second one. Returns the items made now.
    """
    problem = _locked(problem)
    if not can_edit_problem(by, problem.cycle):
        raise PermissionDenied
    refuse_closed(problem.cycle)
    if not problem.is_common:
        raise ProblemRefused("只有共性问题才列入多个单位的清单。")
    problem.named_organizations.set(organizations)
    items = []
    answering = set(problem.parts.values_list("organization_id", flat=True))
    for reporter in problem.reporters_named().filter(rectification_list__state__in=ORDERABLE).order_by("pk"):
        if reporter.organization_id not in answering:
            item = _place_if_open(write_share(problem, reporter=reporter), by=by)
            items += [item] if item else []
    names = "、".join(organization.name for organization in organizations) or "全体述职单位"
    record(problem, "列入各单位清单", by=by, after={"items": len(items)}, note=names)
    return items


def _locked(problem: Problem) -> Problem:
    return (
        Problem.objects.select_for_update(of=("self",))
        .select_related("cycle__committee", "organization", "item__list")
        .get(pk=problem.pk)
    )


def _save(problem: Problem, verb: str, *, before: dict[str, object], by: User) -> None:
    problem.revision += 1
    problem.save()
    record(problem, verb, by=by, before=before, after=snapshot(problem))
