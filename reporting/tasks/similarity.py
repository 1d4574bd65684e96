"""What workers do for reports: compare them all with each other (S-76). The row decides, Celery only wakes up."""

from __future__ import annotations

import dataclasses
import logging
import time
import uuid
from collections.abc import Callable, Iterator

from celery import shared_task
from django.db import transaction

from common import clock
from common.waking import wake
from reporting.models import Cycle, DutyReport, ReportVersion, SimilarityMatch, SimilarityRun
from reporting.models.similarity import AttemptLost
from reporting.rules.content import ReportContent
from reporting.rules.places import places
from reporting.rules.similarity import Match, Text, compare_all, read_text

logger = logging.getLogger(__name__)

WORD_SECONDS = 1.0  # how often progress is written down


@shared_task
def compare_reports(run_id: int) -> None:
    """Compare what was handed in last, unless it is done or somebody is at it."""
    run = SimilarityRun.objects.claim(run_id)
    if run is None:
        return
    try:
        _compare(run)
    except AttemptLost:
        logger.info("Comparison %s was taken over from attempt %s", run.pk, run.attempt)
    except Exception:
        number = uuid.uuid4().hex[:8]
        logger.exception("Comparison %s failed (%s)", run.pk, number)
        run.change("fail", reason=f"比对时程序出错，已记录，编号 {number}", finished_at=clock.now())


def _compare(run: SimilarityRun) -> None:
    versions = list(_handed_in(run.cycle))
    run.change(total=len(versions))
    last_year = _last_year(run.cycle, versions)
    texts = [_read(version.as_content) for version in versions]
    earlier = [_read(last_year[pk].as_content) if pk in last_year else None for pk in map(_organization, versions)]
    run.change()
    found: list[SimilarityMatch] = []
    for version, (matches, own) in zip(versions, compare_all(texts, earlier, _teller(run)), strict=True):
        found += [_row(run, version, versions[match.other], match) for match in matches]
        if own is not None:
            found.append(_row(run, version, last_year[_organization(version)], own, is_last_year=True))
    with transaction.atomic():
        run.change("finish", done=len(versions), finished_at=clock.now())
        SimilarityMatch.objects.bulk_create(found, batch_size=500)
        SimilarityRun.objects.outdated(run.cycle).delete()


def _handed_in(cycle: Cycle) -> Iterator[ReportVersion]:
    """The last version of every report of the cycle that was handed in."""
    reports = DutyReport.objects.filter(reporter__cycle=cycle, submitted_at__isnull=False)
    versions = ReportVersion.objects.filter(report__in=reports).select_related("report__reporter")
    last = dict(versions.order_by("number").values_list("report_id", "pk"))
    yield from versions.filter(pk__in=last.values()).order_by("report")


def _last_year(cycle: Cycle, versions: list[ReportVersion]) -> dict[int, ReportVersion]:
    """By organization, what each of them handed in to the same committee a year before."""
    before = Cycle.objects.filter(committee=cycle.committee_id, year=cycle.year - 1).first()
    return {_organization(version): version for version in _handed_in(before)} if before else {}


def _organization(version: ReportVersion) -> int:
    return version.report.reporter.organization_id


def _read(content: ReportContent) -> Text:
    return read_text([(place.name, place.text) for place in places(content)])


def _teller(run: SimilarityRun) -> Callable[[int, int], None]:
    last = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last > WORD_SECONDS:
            last = time.monotonic()
            run.change(done=done, total=total)

    return tell


def _row(
    run: SimilarityRun, version: ReportVersion, other: ReportVersion, match: Match, *, is_last_year: bool = False
) -> SimilarityMatch:
    return SimilarityMatch(
        run=run,
        version=version,
        other=other,
        is_last_year=is_last_year,
        percent=match.percent,
        passages=[dataclasses.asdict(passage) for passage in match.passages],
    )


@shared_task
def requeue_lost_comparisons() -> None:
    """Send again what nobody works on."""
    for run_id in SimilarityRun.objects.requeue_silent():
        wake_worker(run_id)


def wake_worker(run_id: int) -> None:
    wake(compare_reports, run_id)
