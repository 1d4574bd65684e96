import pytest
from django.core.exceptions import PermissionDenied

from rectification.actions.merges import merge_problems, unmerge_problem
from rectification.actions.problems import ProblemDraft, add_problem
from rectification.models import Problem, RectificationItem
from rectification.rules.items import ListState, ProblemSource
from rectification.rules.problems import ProblemRefused
from tests.rectification.rows import make_list
from tests.world import World

pytestmark = pytest.mark.django_db


def merge(world: World, *problems: Problem, by: str = "clerk") -> Problem:
    return merge_problems(problems, text="责任落得不够实", cause="", category="责任落实", by=world.user(by))


def problems_of(*lists: object) -> list[Problem]:
    return [item.problem for made in lists for item in made.items.all()]  # type: ignore[attr-defined]


def test_problems_of_several_organizations_become_one_common_one_and_keep_their_items(world: World) -> None:
    one, other = make_list(world.reporter, ListState.COMMITTED, items=1), make_list(world.other_reporter, items=1)
    common = merge(world, *problems_of(one, other))
    assert (common.is_common, common.text, common.category) == (True, "责任落得不够实", "责任落实")
    parts = Problem.objects.filter(common=common)
    assert {(p.organization, p.scope, p.item.list) for p in parts} == {
        (world.township, "common", one),
        (world.other_township, "common", other),
    }
    assert {part.text for part in parts} == {"党建工作抓得不够实1"}  # each in its own words


def test_problems_of_one_organization_become_one_item_with_all_measures(world: World) -> None:
    made = make_list(world.reporter, items=3)
    first, second, third = problems_of(made)
    second.item.measures.update(text="每月走访", owner_text="党建办主任")
    merged = merge(world, second, first)
    assert merged == first
    assert list(made.items.values_list("position", "problem__text")) == [(1, "责任落得不够实"), (3, third.text)]
    _, taken_over = made.items.first().measures.all()
    assert (taken_over.text, taken_over.owner_text) == ("每月走访", "党建办主任")
    assert list(merged.sources.all()) == [second]


def test_merging_can_be_undone(world: World) -> None:
    made = make_list(world.reporter, items=2)
    first, second = problems_of(made)
    merge(world, first, second)
    restored = unmerge_problem(second, by=world.user("clerk"))
    assert (restored.merged_into, restored.text) == (None, "党建工作抓得不够实2")
    assert RectificationItem.objects.get(problem=restored).list == made
    with pytest.raises(ProblemRefused, match="没有归并"):
        unmerge_problem(second, by=world.user("clerk"))


def test_a_part_leaves_a_common_problem(world: World) -> None:
    one, other = problems_of(make_list(world.reporter, items=1), make_list(world.other_reporter, items=1))
    common = merge(world, one, other)
    left = unmerge_problem(one, by=world.user("clerk"))
    assert (left.common, left.scope) == (None, "individual")
    assert [part.pk for part in common.parts.all()] == [other.pk]


def test_more_join_a_common_problem(world: World) -> None:
    clerk = world.user("clerk")
    common = add_problem(world.cycle, draft=ProblemDraft(ProblemSource.COMMENT, "共性"), by=clerk)
    own = add_problem(
        world.cycle, draft=ProblemDraft(ProblemSource.USUAL, "个性"), organization=world.township, by=clerk
    )
    assert merge(world, own, common) == common
    with pytest.raises(ProblemRefused, match="已经归并"):
        merge(world, own, common)


def test_one_alone_two_common_ones_and_promised_ones_are_refused(world: World) -> None:
    clerk = world.user("clerk")
    first, second = problems_of(make_list(world.reporter, ListState.COMMITTED, items=2))
    with pytest.raises(ProblemRefused, match="至少选择两个"):
        merge(world, first)
    with pytest.raises(ProblemRefused, match="清单拟定期间"):
        merge(world, first, second)
    common = [add_problem(world.cycle, draft=ProblemDraft("comment", text), by=clerk) for text in "甲乙"]
    with pytest.raises(ProblemRefused, match="两个以上共性问题"):
        merge(world, *common)
    with pytest.raises(PermissionDenied):
        merge(world, first, second, by="supervision")
