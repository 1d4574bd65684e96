"""Two people change what was made known; the old version stays; what is stored recomputes."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from accounts.models import Notice
from accounts.rules.roles import Role
from common.flow import TransitionNotAllowed
from reporting.rules.cycles import CyclePhase
from reporting.rules.schemes import ComponentInput
from reviews.actions.assessments import CapFacts, create_cap
from reviews.actions.corrections import (
    CorrectionFacts,
    approve_correction,
    propose_correction,
    refuse_correction,
    withdraw_correction,
)
from reviews.actions.publications import publish_results
from reviews.actions.results import compute_results, decide_as_proposed, decide_grade
from reviews.models import ComponentScore, Correction, Publication, Result, ScoreMark
from reviews.models.result_inputs import check_results
from reviews.rules.corrections import CORRECTION_FLOW, CorrectionState
from reviews.rules.results import ResultsError
from reviews.rules.use_of_results import UseRefused
from tests.factories import make_user
from tests.reviews.actions.test_results import scored
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 1, 20)


@pytest.fixture
def world() -> World:
    """甲乡 87.70 较好, 乙镇 72.50 一般, both decided."""
    world = build_world()
    scored(world)
    compute_results(world.cycle, by=world.user("clerk"))
    decide_as_proposed(world.cycle, deciding_meeting="县委常委会", decided_on=DAY, by=world.user("clerk"))
    return world


def facts(world: World, code: str = "good", **given) -> CorrectionFacts:
    grade = world.cycle.scheme.grades.get(code=code)
    return CorrectionFacts(grade, "县委常委会复议", DAY, given.pop("reason", "漏算加分"), **given)


def propose(world: World, **given) -> Correction:
    return propose_correction(world.reporter, facts=facts(world, **given), by=world.user("clerk"))


def test_before_publication_one_person_changes_and_every_version_stays(world):
    result = Result.objects.get(reporter=world.reporter)
    grade = world.cycle.scheme.grades.get(code="good")
    decide_grade(
        world.reporter,
        grade=grade,
        deciding_meeting="县委常委会",
        decided_on=DAY,
        reason="复核",
        revision=result.revision,
        by=world.user("clerk"),
    )
    assert [str(v.decided_grade) for v in result.versions.all()] == ["较好", "好"]
    with pytest.raises(UseRefused, match="可以直接改动"):
        propose(world)


def test_after_publication_it_takes_two(world):
    publish_results(world.cycle, by=world.user("clerk"))
    result = Result.objects.get(reporter=world.reporter)
    with pytest.raises(ResultsError, match="提出更正"):
        decide_grade(
            world.reporter,
            grade=world.cycle.scheme.grades.get(code="good"),
            deciding_meeting="县委常委会",
            decided_on=DAY,
            reason="复核",
            revision=result.revision,
            by=world.user("clerk"),
        )
    correction = propose(world)
    with pytest.raises(PermissionDenied):
        approve_correction(correction, answer="", by=world.user("clerk"))
    approve_correction(correction, answer="同意", by=world.user("leader"))
    result.refresh_from_db()
    versions = list(result.versions.all())
    assert (str(result.decided_grade), [str(v.decided_grade) for v in versions]) == ("好", ["较好", "好"])
    assert (versions[1].decided_by, versions[1].approved_by) == (world.user("clerk"), world.user("leader"))
    with pytest.raises(TransitionNotAllowed):
        approve_correction(correction, answer="", by=world.user("leader"))


def test_a_closed_year_is_corrected_with_its_scores_and_worked_out_anew(world):
    # 甲乡 was decided with 平时考核 missing from the scheme; the corrected score counts from the correction on.
    world.cycle.scheme.components.update(weight=Decimal(30))
    part = world.cycle.scheme.components.create(
        name="平时考核", weight=Decimal(70), input=ComponentInput.TYPED, position=2
    )
    world.cycle.phase = CyclePhase.CLOSED
    world.cycle.save()
    correction = propose(world, code="fairly_good", scores={part.pk: Decimal("88.5")})
    approve_correction(correction, answer="", by=world.user("leader"))
    result = Result.objects.get(reporter=world.reporter)
    # 87.70×30% + 88.5×70% = 26.31 + 61.95 = 88.26
    assert (result.composite, ComponentScore.objects.get().score) == (Decimal("88.26"), Decimal("88.50"))
    assert result.versions.get(number=1).composite == Decimal("87.70")
    # 乙镇 was worked out by the scheme as it stood before this test changed it.
    assert str(world.reporter) not in dict(check_results(world.cycle))


def test_one_proposal_at_a_time_refused_or_withdrawn(world):
    publish_results(world.cycle, by=world.user("clerk"))
    correction = propose(world)
    with pytest.raises(UseRefused, match="等待批准"):
        propose(world)
    refuse_correction(correction, answer="依据不足", by=world.user("leader"))
    again = propose(world)
    with pytest.raises(PermissionDenied):
        withdraw_correction(again, by=make_user(Role.ORGANIZATION_DEPARTMENT, world.county))
    withdraw_correction(again, by=world.user("clerk"))
    assert str(Result.objects.get(reporter=world.reporter).decided_grade) == "较好"


@pytest.mark.parametrize("state", list(CorrectionState))
@pytest.mark.parametrize("verb", CORRECTION_FLOW.verbs)
def test_every_state_and_verb(state, verb):
    assert CORRECTION_FLOW.allows(state, verb) is (state == CorrectionState.PROPOSED)


def test_a_veto_stands_against_a_correction(world):
    publish_results(world.cycle, by=world.user("clerk"))
    cap = CapFacts("弄虚作假", world.cycle.scheme.grades.get(code="fairly_good"), "核查", "县委", DAY)
    create_cap(world.reporter, facts=cap, by=world.user("clerk"))
    with pytest.raises(ResultsError, match="弄虚作假"):
        approve_correction(propose(world), answer="", by=world.user("leader"))


def test_a_veto_lowers_the_proposal_and_bars_a_better_decision():
    world = build_world()
    scored(world)
    cap = CapFacts("弄虚作假", world.cycle.scheme.grades.get(code="fair"), "核查报告", "县委", DAY)
    create_cap(world.reporter, facts=cap, by=world.user("clerk"))
    result = compute_results(world.cycle, by=world.user("clerk"))[0]
    assert (result.composite, str(result.proposed_grade)) == (Decimal("87.70"), "一般")
    with pytest.raises(ResultsError, match="等次最高为“一般”"):
        decide_grade(
            world.reporter,
            grade=world.cycle.scheme.grades.get(code="good"),
            deciding_meeting="县委",
            decided_on=DAY,
            reason="有",
            revision=result.revision,
            by=world.user("clerk"),
        )


def test_whoever_touches_a_mark_afterwards_is_found_out(world, capsys):
    assert check_results(world.cycle) == []
    call_command("verify_results")
    assert "一致" in capsys.readouterr().out
    ScoreMark.objects.filter(sheet__reporter=world.reporter).update(score=Decimal(99))
    (found,) = check_results(world.cycle)
    assert found == (str(world.reporter), "评分表、计票或者录入的得分在审定以后有变动。")
    result = Result.objects.get(reporter=world.other_reporter)
    version = result.versions.get()
    version.derivation["composite"] = "99.99"
    version.save()
    assert len(check_results(world.cycle)) == 3
    with pytest.raises(CommandError):
        call_command("verify_results", "--year", str(world.cycle.year))


def test_publishing_tells_the_secretaries_once_and_only_when_all_are_decided(world):
    Result.objects.filter(reporter=world.other_reporter).update(decided_grade=None)
    with pytest.raises(ResultsError, match="乙镇"):
        publish_results(world.cycle, by=world.user("clerk"))
    Result.objects.update(decided_grade=world.cycle.scheme.grades.first())
    publish_results(world.cycle, by=world.user("clerk"))
    publish_results(world.cycle, by=world.user("clerk"))
    assert Publication.objects.count() == 1
    assert Notice.objects.filter(user=world.user("secretary")).count() == 1
    with pytest.raises(PermissionDenied):
        publish_results(world.cycle, by=world.user("leader"))


@pytest.mark.parametrize(
    ("readers", "role", "sees"),
    [
        ("own", "secretary", False),
        ("own", "leader", True),
        ("reporters", "secretary", True),
        ("reporters", "attendee", False),
        ("subtree", "attendee", True),
        ("subtree", "sibling_clerk", False),
    ],
)
def test_published_within_the_scope_only(world, readers, role, sees):
    world.cycle.scheme.result_readers = readers
    world.cycle.scheme.save()
    assert not Publication.objects.visible_to(world.user(role)).exists()
    publish_results(world.cycle, by=world.user("clerk"))
    assert Publication.objects.visible_to(world.user(role)).exists() is sees


def test_the_database_keeps_one_open_correction(world):
    publish_results(world.cycle, by=world.user("clerk"))
    correction = propose(world)
    correction.pk = None
    with pytest.raises(IntegrityError):
        correction.save(force_insert=True)
