import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry, Domain, Notice, Organization
from common import clock
from common.conflicts import StaleRevision
from reporting.rules.cycles import CyclePhase
from reporting.rules.schemes import ComponentInput
from reviews.actions.results import (
    DecisionIncompleteError,
    component_revision,
    compute_results,
    decide_as_proposed,
    decide_grade,
    save_component_scores,
)
from reviews.models import ComponentScore, Result, ScoreSheet
from reviews.models.results import quota_standings, result_rows
from reviews.rules.meetings import MeetingKind, MeetingState, SheetState
from reviews.rules.results import ResultsError
from tests.factories import make_organization, make_reporter
from tests.reviews.rows_of_scoring import make_meeting, make_rater, make_sheet
from tests.world import World

pytestmark = pytest.mark.django_db


def close(meeting) -> None:
    meeting.state = MeetingState.CLOSED
    meeting.save()


def scored(world: World) -> None:
    """A closed meeting; 甲乡 has sheets of both categories, 乙镇 of the delegates only."""
    meeting = make_meeting(world.cycle)
    leader = make_rater(meeting, world.user("leader"), 0)
    delegate = make_rater(meeting, world.user("attendee"), 1)
    make_sheet(leader, world.reporter, "90", "95")
    make_sheet(delegate, world.reporter, "80", "81")
    make_sheet(delegate, world.other_reporter, "70", "75")
    close(meeting)


def test_a_domain_with_its_own_lines_is_counted_by_them_and_nobody_else(world):
    """乙镇 is made a school with one line of its own: 70 of 100 → 70.00; 甲乡 stays at 87.70 (S-120)."""
    school = Domain.objects.get(code="school")
    Organization.objects.filter(pk=world.other_township.pk).update(domain=school)
    own = world.cycle.scheme.dimensions.create(name="立德树人", domain=school, max_score=100, weight=100, position=3)
    meeting = make_meeting(world.cycle)
    leader = make_rater(meeting, world.user("leader"), 0)
    delegate = make_rater(meeting, world.user("attendee"), 1)
    for rater, marks in ((leader, (90, 95)), (delegate, (80, 81))):
        submit(
            rater,
            world.reporter,
            dict(zip((d.pk for d in world.cycle.scheme.dimension_sets().general), marks, strict=True)),
        )
    submit(delegate, world.other_reporter, {own.pk: 70})
    close(meeting)
    results = compute_results(world.cycle, by=world.user("clerk"))
    assert [str(result.composite) for result in results] == ["87.70", "70.00"]
    Organization.objects.filter(pk=world.other_township.pk).update(domain=None)
    with pytest.raises(ResultsError, match="评分以后改变了领域"):
        compute_results(world.cycle, by=world.user("clerk"))


def test_quotas_are_held_against_decisions_and_proposals(world):
    scored(world)
    world.cycle.scheme.quotas.create(good_max=40, lower_min=15)
    world.cycle.scheme.quotas.create(domain=Domain.objects.get(code="school"), good_max=50, position=1)
    compute_results(world.cycle, by=world.user("clerk"))
    decide(world, "good", reason="实绩突出")
    everybody, schools = quota_standings(world.cycle, result_rows(world.cycle))
    assert (everybody.size, everybody.good, everybody.decided_good) == (2, 1, 1)
    assert (everybody.is_exceeded, everybody.excess, everybody.limits.is_small) == (True, 1, True)
    assert (schools.size, schools.is_exceeded) == (0, False)


@pytest.mark.parametrize(
    ("small", "expected"),
    [
        ("remark", [("农村", 1, True), ("学校", 1, True)]),
        ("merge", [("其他（农村1名、学校1名）", 2, True)]),
        ("skip", [("农村", 1, False), ("学校", 1, False)]),
    ],
)
def test_small_domains_do_what_the_scheme_says(world, small, expected):
    school = Domain.objects.get(code="school")
    Domain.objects.filter(code="rural").update(name="农村")
    Domain.objects.filter(code="school").update(name="学校")
    world.other_township.domain = school
    world.other_township.save()
    world.cycle.scheme.small_groups = small
    world.cycle.scheme.quotas.create(domain=world.township.domain, good_max=50)
    world.cycle.scheme.quotas.create(domain=school, good_max=50, position=1)
    for reporter in (world.reporter, world.other_reporter):
        good = world.cycle.scheme.grades.get(code="good")
        Result.objects.create(reporter=reporter, proposed_grade=good)
    standings = quota_standings(world.cycle, result_rows(world.cycle))
    assert [(each.group.name, each.size, each.is_exceeded) for each in standings] == expected


def submit(rater, reporter, marks):
    sheet = ScoreSheet.objects.create(
        rater=rater, reporter=reporter, state=SheetState.SUBMITTED, submitted_at=clock.now()
    )
    for dimension, mark in marks.items():
        sheet.marks.create(dimension_id=dimension, score=mark)


def decide(world: World, code: str, *, reason: str = "", revision: int | None = None, **facts):
    result = Result.objects.get(reporter=world.reporter)
    return decide_grade(
        world.reporter,
        grade=world.cycle.scheme.grades.get(code=code),
        deciding_meeting=facts.pop("deciding_meeting", "县委常委会第X次会议"),
        decided_on=facts.pop("decided_on", dt.date(2026, 1, 20)),
        reason=reason,
        revision=result.revision if revision is None else revision,
        by=facts.pop("by", world.user("clerk")),
    )


def test_composites_by_hand(world):
    # 甲乡: leaders 90×50% + 95×50% = 92.50; delegates 80×50% + 81×50% = 80.50
    #       92.50×60% + 80.50×40% = 55.5 + 32.2 = 87.70 → 较好
    # 乙镇: no leader's sheet; delegates 70×50% + 75×50% = 72.50, alone 72.50 → 一般
    scored(world)

    results = compute_results(world.cycle, by=world.user("clerk"))

    assert [(r.reporter, r.composite, str(r.proposed_grade)) for r in results] == [
        (world.reporter, Decimal("87.70"), "较好"),
        (world.other_reporter, Decimal("72.50"), "一般"),
    ]
    assert results[1].steps.notes == ("“县委领导”没有评分表，其权重60%按比例分给其他类别。",)
    assert AuditEntry.objects.of(world.cycle).get(verb="计算综合得分").actor == world.user("clerk")


def test_drafts_count_for_nothing(world):
    scored(world)
    sheet = world.reporter.score_sheets.get(rater__category__position=2)
    sheet.state = "draft"
    sheet.save()

    result = compute_results(world.cycle, by=world.user("clerk"))[0]

    assert result.composite == Decimal("92.50")


def test_nothing_is_computed_while_a_meeting_is_open(world):
    with pytest.raises(ResultsError, match="还没有召开"):
        compute_results(world.cycle, by=world.user("clerk"))
    make_meeting(world.cycle)
    with pytest.raises(ResultsError, match="还没有结束"):
        compute_results(world.cycle, by=world.user("clerk"))


@pytest.mark.parametrize("role", ["leader", "secretary", "supervision", "superior", "attendee", "sibling_clerk"])
def test_only_the_clerk_computes_and_decides(world, role):
    scored(world)
    compute_results(world.cycle, by=world.user("clerk"))

    with pytest.raises(PermissionDenied):
        compute_results(world.cycle, by=world.user(role))
    with pytest.raises(PermissionDenied):
        decide(world, "good", by=world.user(role))
    with pytest.raises(PermissionDenied):
        save_component_scores(world.cycle, scores={}, revision=0, by=world.user(role))


def test_closed_year_stays_as_it_was(world):
    scored(world)
    compute_results(world.cycle, by=world.user("clerk"))
    world.cycle.phase = CyclePhase.CLOSED
    world.cycle.save()

    with pytest.raises(PermissionDenied):
        compute_results(world.cycle, by=world.user("clerk"))
    with pytest.raises(PermissionDenied):
        decide(world, "fairly_good")


def test_missing_part_leaves_no_composite_and_is_named(world):
    scored(world)
    world.cycle.scheme.components.update(weight=Decimal(30))
    yearly = world.cycle.scheme.components.create(
        name="平时考核", weight=Decimal(70), input=ComponentInput.TYPED, position=2
    )
    ComponentScore.objects.create(reporter=world.reporter, component=yearly, score=Decimal(90))

    first, second = compute_results(world.cycle, by=world.user("clerk"))

    # 甲乡: 87.70×30% + 90×70% = 26.31 + 63 = 89.31
    assert (first.composite, str(first.proposed_grade)) == (Decimal("89.31"), "较好")
    assert (second.composite, second.proposed_grade, second.steps.missing) == (None, None, ("平时考核",))


def test_table_of_parts_keeps_empties_apart_from_noughts_and_tells_the_second_clerk(world):
    typed = world.cycle.scheme.components.create(
        name="平时考核", weight=Decimal(0), input=ComponentInput.TYPED, position=2
    )
    seen = component_revision(world.cycle)
    table = {(world.reporter.pk, typed.pk): Decimal(0), (world.other_reporter.pk, typed.pk): None}

    changed = save_component_scores(world.cycle, scores=table, revision=seen, by=world.user("clerk"))

    assert changed == 1
    assert ComponentScore.objects.get().score == 0
    with pytest.raises(StaleRevision):
        save_component_scores(world.cycle, scores=table, revision=seen, by=world.user("clerk"))
    emptied = {(world.reporter.pk, typed.pk): None}
    save_component_scores(world.cycle, scores=emptied, revision=component_revision(world.cycle), by=world.user("clerk"))
    assert not ComponentScore.objects.exists()


@pytest.mark.parametrize("score", ["100.01", "-0.01", "88.888"])
def test_part_out_of_range_is_refused(world, score):
    typed = world.cycle.scheme.components.create(
        name="平时考核", weight=Decimal(0), input=ComponentInput.TYPED, position=2
    )
    table = {(world.reporter.pk, typed.pk): Decimal(score)}

    with pytest.raises(ResultsError):
        save_component_scores(
            world.cycle, scores=table, revision=component_revision(world.cycle), by=world.user("clerk")
        )


@time_machine.travel("2026-02-01T10:00:00+08:00")
def test_proposed_and_decided_are_both_kept_and_nobody_below_is_told_yet(world):
    scored(world)
    compute_results(world.cycle, by=world.user("clerk"))

    result = decide(world, "good", reason="整改成效明显")

    assert (str(result.proposed_grade), str(result.decided_grade)) == ("较好", "好")
    assert (result.deciding_meeting, result.decided_on) == ("县委常委会第X次会议", dt.date(2026, 1, 20))
    assert AuditEntry.objects.of(result).get().note == "整改成效明显"
    # Nobody below hears of it before it is published or fed back.
    assert not Notice.objects.exists()


@time_machine.travel("2026-02-01T10:00:00+08:00")
@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"reason": "有", "deciding_meeting": ""}, "deciding_meeting"),
        ({"reason": "有", "decided_on": None}, "decided_on"),
        ({"reason": "有", "decided_on": dt.date(2026, 2, 2)}, "decided_on"),
    ],
)
def test_incomplete_decision_is_refused_by_field(world, facts, field):
    scored(world)
    compute_results(world.cycle, by=world.user("clerk"))

    with pytest.raises(DecisionIncompleteError) as refusal:
        decide(world, "good", **facts)

    assert set(refusal.value.faults) == {field}
    assert not Result.objects.get(reporter=world.reporter).is_decided


@time_machine.travel("2026-02-01T10:00:00+08:00")
def test_only_a_review_meeting_says_from_when_a_grade_can_be_decided(world):
    scored(world)
    world.cycle.meetings.update(closed_at=clock.now())
    progress = make_meeting(world.cycle, MeetingState.CLOSED, "半年推进会")
    progress.kind, progress.closed_at = MeetingKind.PROGRESS, clock.now() - dt.timedelta(days=200)
    progress.save()
    compute_results(world.cycle, by=world.user("clerk"))

    with pytest.raises(DecisionIncompleteError, match="不能早于述职评议会"):
        decide(world, "good", reason="有", decided_on=dt.date(2026, 1, 31))
    assert decide(world, "good", reason="有", decided_on=dt.date(2026, 2, 1)).is_decided


def test_second_clerk_is_told(world):
    scored(world)
    compute_results(world.cycle, by=world.user("clerk"))
    decide(world, "fairly_good", revision=None)

    with pytest.raises(StaleRevision):
        decide(world, "good", reason="有", revision=2)


def test_decided_grade_outlives_a_new_computation(world):
    scored(world)
    compute_results(world.cycle, by=world.user("clerk"))
    decide(world, "fairly_good")
    world.reporter.score_sheets.all().delete()

    again = compute_results(world.cycle, by=world.user("clerk"))

    assert [r.reporter for r in again] == [world.other_reporter]
    assert Result.objects.get(reporter=world.reporter).composite == Decimal("87.70")


def test_all_proposals_are_decided_at_one_meeting(world):
    scored(world)
    compute_results(world.cycle, by=world.user("clerk"))
    decide(world, "good", reason="有")

    decided = decide_as_proposed(
        world.cycle, deciding_meeting="县委常委会", decided_on=dt.date(2026, 1, 20), by=world.user("clerk")
    )

    assert [(r.reporter, str(r.decided_grade)) for r in decided] == [(world.other_reporter, "一般")]
    assert str(Result.objects.get(reporter=world.reporter).decided_grade) == "好"


def test_places_are_shared_overall_and_within_a_domain(world):
    school = make_organization("某中学党委", world.county)
    school.domain = type(school.domain).objects.get(code="school")
    school.save()
    others = [world.reporter, world.other_reporter, make_reporter(world.cycle, school)]
    unscored = make_reporter(world.cycle, make_organization("丙乡党委", world.county))
    for reporter, composite in zip(others, ["88.00", "88.00", "80.00"], strict=True):
        Result.objects.create(reporter=reporter, composite=Decimal(composite))

    rows = {row.reporter: (row.place, row.place_in_domain) for row in result_rows(world.cycle)}

    assert rows == {others[0]: (1, 1), others[1]: (1, 1), others[2]: (3, 1), unscored: (None, None)}
