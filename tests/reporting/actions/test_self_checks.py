import pytest
from django.core.exceptions import PermissionDenied

from common.conflicts import StaleRevision
from common.flow import TransitionNotAllowed
from reporting.actions.reports import submit_report
from reporting.actions.self_checks import save_self_check
from reporting.models.self_checks import self_check_of
from tests.reporting.rows import write
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    world = build_world()
    world.cycle.scheme.questions.create(text="看看自己？", position=1)
    return world


def test_answers_are_kept_word_for_word_until_the_report_is_handed_in(world: World) -> None:
    report = write(world.reporter, by=world.user("staff"))
    (question, answer), *_ = self_check_of(report)
    assert answer == ""
    answers = {question.pk: " 有***件没有办成 "}
    with pytest.raises(PermissionDenied):
        save_self_check(report, answers=answers, seen=0, by=world.user("clerk"))
    save_self_check(report, answers=answers, seen=0, by=world.user("secretary"))
    assert self_check_of(report) == [(question, " 有***件没有办成 ")]
    with pytest.raises(StaleRevision):
        save_self_check(report, answers={}, seen=0, by=world.user("staff"))
    submit_report(report, by=world.user("secretary"))
    with pytest.raises(TransitionNotAllowed):
        save_self_check(report, answers={}, seen=2, by=world.user("staff"))
