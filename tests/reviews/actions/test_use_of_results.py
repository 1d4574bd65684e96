"""Assessment, appraisal, veto, bar, reward and accountability: the deeds and what is refused."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry
from common.conflicts import StaleRevision
from reviews.actions.accountability import RecordFacts, RecordIncomplete, create_record, edit_record
from reviews.actions.assessments import (
    AssessmentFacts,
    CapFacts,
    create_cap,
    lift_cap,
    save_appraisal,
    save_assessment,
)
from reviews.actions.promotion_bars import create_bar, lift_bar
from reviews.actions.rewards import RewardFacts, create_reward, remove_reward, settle_reward
from reviews.models import Result
from reviews.models.cadre_sheets import cadre_rows, cadre_sheet
from reviews.models.watch_lists import suggestions_of
from reviews.rules.use_of_results import UseRefused
from tests.rectification.rows import make_item, make_list
from tests.reviews.access_of_use import make_record, make_rule
from tests.world import World

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 6, 1)


def decide(world: World, code: str) -> Result:
    grade = world.cycle.scheme.grades.get(code=code)
    return Result.objects.create(reporter=world.reporter, decided_grade=grade, decided_on=DAY)


def appraise(world: World, grade: str = "excellent", seen: int = 0, by: str = "clerk"):
    return save_appraisal(world.reporter, grade=grade, note="", seen=seen, by=world.user(by))


def assess(world: World, outcome: str = "failed", seen: int = 0, by: str = "clerk"):
    return save_assessment(world.reporter, facts=AssessmentFacts(outcome), seen=seen, by=world.user(by))


def test_excellent_is_saved_with_good_and_refused_without(world: World) -> None:
    with pytest.raises(UseRefused, match="还没有审定"):
        appraise(world)
    decide(world, "fairly_good")
    with pytest.raises(UseRefused, match="不是“好”"):
        appraise(world)
    Result.objects.update(decided_grade=world.cycle.scheme.grades.get(code="good"))
    assert appraise(world).grade == "excellent"
    assert AuditEntry.objects.filter(verb="登记年度考核等次").count() == 1


def test_a_failed_assessment_stands_against_excellent_and_rewards(world: World) -> None:
    decide(world, "good")
    assess(world)
    with pytest.raises(UseRefused, match="一票否决"):
        appraise(world)
    facts = RewardFacts(world.township, "reward", "奖励", amount="X万元")
    with pytest.raises(UseRefused, match="一票否决"):
        create_reward(world.cycle, facts=facts, by=world.user("clerk"))


def test_a_failed_assessment_waits_until_excellent_is_put_right(world: World) -> None:
    decide(world, "good")
    appraise(world)
    with pytest.raises(UseRefused, match="先更正年度考核等次"):
        assess(world)
    appraise(world, "competent", seen=1)
    assert assess(world).is_failed


def test_two_clerks_with_one_assessment(world: World) -> None:
    assess(world, "passed")
    with pytest.raises(StaleRevision):
        assess(world, "failed", seen=0)


@pytest.mark.parametrize("role", ["leader", "secretary", "supervision", "superior", "sibling_clerk"])
def test_only_the_department_enters_them(world: World, role: str) -> None:
    with pytest.raises(PermissionDenied):
        assess(world, by=role)
    with pytest.raises(PermissionDenied):
        appraise(world, "competent", by=role)
    with pytest.raises(PermissionDenied):
        create_bar(world.reporter, reason="x", basis=None, start=DAY, until=None, by=world.user(role))
    with pytest.raises(PermissionDenied):
        create_record(world.cycle, facts=record_facts(world), by=world.user(role))


def test_a_veto_is_lifted_with_a_reason_and_stays_on_record(world: World) -> None:
    grade = world.cycle.scheme.grades.get(code="fair")
    facts = CapFacts("弄虚作假", grade, "核查报告", "县委常委会", DAY)
    cap = create_cap(world.reporter, facts=facts, by=world.user("clerk"))
    with pytest.raises(UseRefused, match="理由"):
        lift_cap(cap, reason=" ", by=world.user("clerk"))
    cap = lift_cap(cap, reason="复核不属实", by=world.user("clerk"))
    assert (cap.lifted_on is not None, cap.lift_reason) == (True, "复核不属实")
    with pytest.raises(UseRefused, match="已经撤销"):
        lift_cap(cap, reason="再撤", by=world.user("clerk"))


def test_a_veto_under_a_decided_grade_is_refused(world: World) -> None:
    decide(world, "good")
    facts = CapFacts("弄虚作假", world.cycle.scheme.grades.get(code="poor"), "核查", "县委", DAY)
    with pytest.raises(UseRefused, match="先更正审定等次"):
        create_cap(world.reporter, facts=facts, by=world.user("clerk"))


def test_a_bar_is_set_and_lifted_with_reasons(world: World) -> None:
    clerk = world.user("clerk")
    bar = create_bar(world.reporter, reason="不抓党建", basis=None, start=DAY, until=None, by=clerk)
    assert bar.is_in_force
    assert [row.is_barred for row in cadre_rows(world.county) if row.person == bar.person] == [True]
    bar = lift_bar(bar, reason="整改到位", by=clerk)
    assert not bar.is_in_force
    with pytest.raises(UseRefused):
        lift_bar(bar, reason="再解除", by=clerk)


def test_a_reward_is_settled_once_and_then_stays(world: World) -> None:
    clerk = world.user("clerk")
    facts = RewardFacts(world.township, "reward", "党建经费奖励", amount="X万元（***）")
    reward = create_reward(world.cycle, facts=facts, by=clerk)
    assert reward.amount == "X万元（***）"
    settle_reward(reward, settled_on=DAY, by=clerk)
    with pytest.raises(UseRefused, match="已经兑现"):
        settle_reward(reward, settled_on=DAY, by=clerk)
    with pytest.raises(UseRefused, match="不能删除"):
        remove_reward(reward, by=clerk)


def record_facts(world: World, **facts) -> RecordFacts:
    given = {
        "organization": world.township,
        "responsibility": "first",
        "measure": "talk",
        "date": DAY,
        "reason": "逾期未整改",
        "decided_by": "县委",
        "post": world.reporter.post,
    } | facts
    return RecordFacts(**given)


def test_a_record_keeps_level_person_and_kind(world: World) -> None:
    entry = create_record(world.cycle, facts=record_facts(world), by=world.user("clerk"))
    assert (entry.level, entry.who, entry.responsibility) == ("township", "张某", "first")
    assert entry.shown_subject == "某乡镇（街道）、部门党组织"
    entry = edit_record(entry, facts=record_facts(world, is_masked=False), seen=1, by=world.user("clerk"))
    assert entry.shown_subject == "甲乡党委张某"


def test_a_record_about_somebody_elsewhere_is_refused(world: World) -> None:
    with pytest.raises(RecordIncomplete) as refused:
        create_record(world.cycle, facts=record_facts(world, organization=world.department), by=world.user("clerk"))
    assert set(refused.value.faults) == {"post"}


def test_the_committee_answers_for_an_item_of_a_subordinate_and_nobody_else_does(world: World) -> None:
    item = make_item(make_list(world.other_reporter, "committed", items=0))
    facts = record_facts(world, organization=world.county, post=None, item=item)
    assert create_record(world.cycle, facts=facts, by=world.user("clerk")).item == item
    with pytest.raises(RecordIncomplete) as refused:
        create_record(world.cycle, facts=record_facts(world, item=item), by=world.user("clerk"))
    assert set(refused.value.faults) == {"item"}


def test_replacement_ends_the_post_on_that_day(world: World) -> None:
    post = world.reporter.post
    with pytest.raises(RecordIncomplete):
        create_record(world.cycle, facts=record_facts(world, measure="replacement"), by=world.user("clerk"))
    facts = record_facts(world, measure="replacement", replacement_reason="no_progress")
    create_record(world.cycle, facts=facts, by=world.user("clerk"))
    post.refresh_from_db()
    assert post.end == DAY


def test_a_rule_suggests_and_a_record_answers_it(world: World) -> None:
    decide(world, "poor")
    rule = make_rule(world, "poor")
    make_rule(world, "good", measure="", consequence="通报表扬")
    make_rule(world, "poor", effective_from=dt.date(2999, 1, 1))
    (suggestion,) = suggestions_of(world.cycle, dt.date(2026, 7, 1))
    assert (suggestion.reporter, suggestion.rule, suggestion.record) == (world.reporter, rule, None)
    entry = create_record(world.cycle, facts=record_facts(world, rule=rule), by=world.user("clerk"))
    (suggestion,) = suggestions_of(world.cycle, dt.date(2026, 7, 1))
    assert suggestion.record == entry


def test_a_person_over_the_years(world: World) -> None:
    result = decide(world, "good")
    result.composite = Decimal("91.25")
    result.save()
    entry = make_record(world)
    sheet = cadre_sheet(world.reporter.post.person, [world.county])
    (line,) = sheet.years
    assert (line.grade, line.place_in_domain, sheet.records) == ("好", 1, [entry])
