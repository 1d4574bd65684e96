import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry
from common import clock
from reporting.actions.reports import submit_report
from reporting.actions.similarity import request_comparison
from reporting.models import SimilarityMatch, SimilarityRun
from reporting.models.similarity import AttemptLost
from reporting.rules.similarity_runs import MOST_LOSSES, SimilarityState
from reporting.schedule import compare_by_the_clock
from reporting.tasks import similarity as tasks
from tests.factories import make_cycle, make_reporter
from tests.reporting.rows import TEXTS, complete, hand_in, write
from tests.world import ROLES, World

pytestmark = pytest.mark.django_db
COPIED = "大坪村土地流转款拖了三年，我包村十七趟，和六十一户逐户对账，全部兑付。"


def handed_in(world: World, reporter, role: str, text: str):
    changes = complete()
    changes.texts.update(TEXTS | {"achievements": text})
    return submit_report(write(reporter, changes, by=world.user(role)), by=world.user(role))


def test_reports_of_the_year_and_of_last_year_are_compared(world: World) -> None:
    last = make_reporter(make_cycle(world.county, 2025), world.township)
    old = handed_in(world, last, "secretary", COPIED)
    mine = handed_in(world, world.reporter, "secretary", COPIED)
    theirs = handed_in(world, world.other_reporter, "other_secretary", COPIED)
    run = request_comparison(world.cycle, by=world.user("clerk"))
    tasks.compare_reports(run.pk)
    run.refresh_from_db()
    assert (run.state, run.done, run.total) == (SimilarityState.READY, 2, 2)
    found = {(match.version.report, match.other.report, match.is_last_year) for match in run.matches.all()}
    assert found == {(mine, theirs, False), (theirs, mine, False), (mine, old, True)}
    assert COPIED in run.matches.get(is_last_year=True).passages[0]["mine"]
    assert not run.matches.first().is_stale


def test_only_the_department_asks_and_one_at_a_time(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    first = request_comparison(world.cycle, by=world.user("clerk"))
    assert request_comparison(world.cycle, by=world.user("clerk")) == first
    assert AuditEntry.objects.of(first).get().verb == "开始相似比对"
    for role in set(ROLES) - {"anonymous", "clerk"}:
        with pytest.raises(PermissionDenied):
            request_comparison(world.cycle, by=world.user(role))


def test_what_nobody_works_on_is_sent_again_and_at_last_given_up(world: World, monkeypatch) -> None:
    sent: list[int] = []
    monkeypatch.setattr(tasks, "wake_worker", sent.append)
    run = SimilarityRun.objects.create(cycle=world.cycle, by=world.user("clerk"))
    stale = clock.now() - dt.timedelta(minutes=5)
    for _ in range(MOST_LOSSES):
        assert SimilarityRun.objects.claim(run.pk) is not None
        SimilarityRun.objects.filter(pk=run.pk).update(heard_at=stale)
        tasks.requeue_lost_comparisons()
    run.refresh_from_db()
    assert run.state == SimilarityState.FAILED
    assert "多次意外中断" in run.reason
    assert sent == [run.pk] * (MOST_LOSSES - 1)


def test_a_lost_attempt_stores_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    hand_in(world.reporter, by=world.user("secretary"))
    run = SimilarityRun.objects.create(cycle=world.cycle, by=world.user("clerk"))
    lost = SimilarityRun.objects.claim(run.pk)
    SimilarityRun.objects.filter(pk=run.pk).update(attempt=2)
    with pytest.raises(AttemptLost):
        lost.change("finish")
    assert SimilarityRun.objects.claim(run.pk) is None
    assert not SimilarityMatch.objects.exists()


def test_a_fault_is_said_on_the_page(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    run = SimilarityRun.objects.create(cycle=world.cycle, by=world.user("clerk"))
    monkeypatch.setattr(tasks, "compare_all", lambda *_: 1 / 0)
    tasks.compare_reports(run.pk)
    run.refresh_from_db()
    assert run.state == SimilarityState.FAILED
    assert "编号" in run.reason


def test_what_is_handed_in_is_compared_by_the_clock_all_at_once(world: World) -> None:
    compare_by_the_clock()
    assert not SimilarityRun.objects.exists()
    handed_in(world, world.reporter, "secretary", COPIED)
    handed_in(world, world.other_reporter, "other_secretary", COPIED)
    compare_by_the_clock()
    compare_by_the_clock()
    run = SimilarityRun.objects.get()
    assert (run.by, AuditEntry.objects.of(run).count()) == (None, 0)
    tasks.compare_reports(run.pk)
    assert run.matches.count() == 2
    compare_by_the_clock()
    assert SimilarityRun.objects.count() == 1


def test_the_clock_lets_a_long_comparison_rest(world: World) -> None:
    start = clock.now()
    minutes = dt.timedelta(minutes=1)
    times = {"requested_at": start, "started_at": start, "finished_at": start + 2 * minutes}
    SimilarityRun.objects.create(cycle=world.cycle, state=SimilarityState.READY, **times)
    with clock.at(start + minutes):
        handed_in(world, world.reporter, "secretary", COPIED)
    for after, runs in ((19, 1), (20, 2)):
        with clock.at(start + after * minutes):
            compare_by_the_clock()
        assert SimilarityRun.objects.count() == runs


def test_older_comparisons_of_the_clock_go_and_those_of_people_stay(world: World) -> None:
    handed_in(world, world.reporter, "secretary", COPIED)
    asked = request_comparison(world.cycle, by=world.user("clerk"))
    tasks.compare_reports(asked.pk)
    made = []
    for _time in range(4):
        made.append(request_comparison(world.cycle, by=None).pk)
        tasks.compare_reports(made[-1])
    assert set(SimilarityRun.objects.values_list("pk", flat=True)) == {asked.pk, *made[-2:]}
