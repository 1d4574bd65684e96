import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry, Notice
from common.conflicts import StaleRevision
from rectification.actions.problems import (
    ProblemDraft,
    ProblemFacts,
    add_problem,
    assign_problem,
    edit_problem,
    place_problem,
)
from rectification.models import Problem
from rectification.rules.items import ListState, ProblemSource
from rectification.rules.lists import SourceNotAllowed
from rectification.rules.problems import ProblemRefused
from reporting.rules.cycles import CyclePhase
from reporting.rules.refusals import CycleClosed
from tests.rectification.rows import make_list
from tests.world import World

pytestmark = pytest.mark.django_db

USUAL = ProblemDraft(ProblemSource.USUAL, "群众反映***，，")


def added(world: World, draft: ProblemDraft = USUAL, *, by: str = "clerk", common: bool = False) -> Problem:
    organization = None if common else world.township
    return add_problem(world.cycle, draft=draft, organization=organization, by=world.user(by))


def facts(problem: Problem, **changed: object) -> ProblemFacts:
    names = ("text", "cause", "category", "novelty", "domain", "unnamed", "responsible", "previous")
    return ProblemFacts(**({name: getattr(problem, name) for name in names} | changed))  # type: ignore[arg-type]


def test_a_problem_belongs_to_the_first_responsible_and_the_domain_of_its_organization(world: World) -> None:
    problem = added(world)
    assert (problem.responsible, problem.domain) == (world.township.first_responsible, world.township.domain)
    assert (problem.novelty, problem.scope, problem.text) == ("new", "individual", "群众反映***，，")
    assert AuditEntry.objects.of(problem).get().verb == "列出问题"


@pytest.mark.parametrize("state", [ListState.DRAFT, ListState.RETURNED, ListState.COMMITTED])
def test_an_open_list_gets_its_item_at_once_and_its_people_are_told(world: World, state: ListState) -> None:
    make_list(world.reporter, state, items=2)
    problem = added(world)
    assert problem.item.position == 3
    assert set(Notice.objects.values_list("user__username", flat=True)) == {"secretary", "staff"}


@pytest.mark.parametrize("state", [ListState.SUBMITTED, ListState.APPROVED])
def test_a_list_under_judgement_is_left_alone_and_the_problem_waits(world: World, state: ListState) -> None:
    made = make_list(world.reporter, state, items=2)
    problem = added(world)
    assert made.items.count() == 2
    assert list(Problem.objects.waiting()) == [problem]
    with pytest.raises(ProblemRefused, match="正在审定"):
        place_problem(problem, by=world.user("clerk"))
    made.state = ListState.RETURNED
    made.save()
    assert place_problem(problem, by=world.user("clerk")).position == 3
    with pytest.raises(ProblemRefused, match="不再重复列入"):
        place_problem(problem, by=world.user("clerk"))


@pytest.mark.parametrize("role", ["secretary", "staff", "leader", "superior", "administrator", "sibling_clerk"])
def test_others_enter_nothing(world: World, role: str) -> None:
    with pytest.raises(PermissionDenied):
        added(world, by=role)


def test_the_supervision_office_enters_what_it_found_and_nothing_else(world: World) -> None:
    assert added(world, ProblemDraft(ProblemSource.SUPERVISION, "记录不全"), by="supervision").source == "supervision"
    with pytest.raises(SourceNotAllowed):
        added(world, by="supervision")


@pytest.mark.parametrize("source", [ProblemSource.SELF, ProblemSource.CARRIED, ProblemSource.PROMISE])
def test_what_comes_from_reports_is_not_entered(world: World, source: ProblemSource) -> None:
    with pytest.raises(SourceNotAllowed):
        added(world, ProblemDraft(source, "x"))


def test_who_does_not_report_and_a_closed_year_are_refused(world: World) -> None:
    clerk = world.user("clerk")
    with pytest.raises(ProblemRefused, match="不在本年度述职单位中"):
        add_problem(world.cycle, draft=USUAL, organization=world.department, by=clerk)
    type(world.cycle).objects.update(phase=CyclePhase.CLOSED)
    with pytest.raises(CycleClosed):
        added(world)


def test_four_common_problems_are_counted_as_four(world: World) -> None:
    for text in ("责任落得不够实", "党的建设与业务工作融合度不高", "各领域党建用力不够均衡", "工作创新力度不够大"):
        added(world, ProblemDraft(ProblemSource.COMMENT, text), common=True)
    assert Problem.objects.common().count() == 4


def test_everybody_answers_for_a_common_problem_or_only_who_is_named(world: World) -> None:
    clerk = world.user("clerk")
    make_list(world.reporter, items=1)
    make_list(world.other_reporter, ListState.COMMITTED, items=1)
    common = added(world, common=True)
    assert len(assign_problem(common, organizations=[world.township], by=clerk)) == 1
    items = assign_problem(common, organizations=[], by=clerk)
    assert [item.organization for item in items] == [world.other_township]
    assert assign_problem(common, organizations=[], by=clerk) == []
    assert {part.organization for part in common.parts.all()} == {world.township, world.other_township}
    with pytest.raises(PermissionDenied):
        assign_problem(common, organizations=[], by=world.user("supervision"))
    with pytest.raises(ProblemRefused, match="只有共性问题"):
        assign_problem(common.parts.first(), organizations=[], by=clerk)


def test_sorting_keeps_promised_words(world: World) -> None:
    clerk = world.user("clerk")
    problem = make_list(world.reporter, ListState.COMMITTED, items=1).items.get().problem
    with pytest.raises(ProblemRefused, match="文字不能再改"):
        edit_problem(problem, facts=facts(problem, text="改"), revision=1, by=clerk)
    edited = edit_problem(problem, facts=facts(problem, category="投入保障", unnamed=True), revision=1, by=clerk)
    assert (edited.category, edited.public_name, edited.organization) == ("投入保障", "有的单位", world.township)
    with pytest.raises(StaleRevision):
        edit_problem(problem, facts=facts(problem), revision=1, by=clerk)
    with pytest.raises(PermissionDenied):
        edit_problem(problem, facts=facts(problem), revision=2, by=world.user("secretary"))
