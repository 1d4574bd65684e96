"""相似比对: one row per comparison of a cycle's reports, which is also the job, and what it found (S-76)."""

from __future__ import annotations

import datetime as dt
import typing

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _translate
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User
from common import clock
from common.flow import TransitionNotAllowed
from reporting.rules.similarity_runs import (
    LOST_SECONDS,
    MOST_LOSSES,
    SIMILARITY_FLOW,
    UNFINISHED,
    SimilarityState,
    rests_until,
)

from .cycles import Cycle
from .reports import DutyReport, ReportVersion


class AttemptLost(Exception):
    """Somebody else has taken over: this attempt's work is of no use any more."""


class SimilarityRunQuerySet(models.QuerySet["SimilarityRun"]):
    def visible_to(self, user: User) -> typing.Self:
        return self.filter(cycle__in=Cycle.objects.visible_to(user))

    def unfinished(self) -> typing.Self:
        return self.filter(state__in=UNFINISHED)

    def outdated(self, cycle: Cycle) -> typing.Self:
        """What the clock asked for and newer comparisons replace. The last two stay: somebody may be reading."""
        ready = self.filter(cycle=cycle, state=SimilarityState.READY)
        kept = list(ready.values_list("pk", flat=True)[:2])
        return ready.filter(by__isnull=True).exclude(pk__in=kept)

    def silent(self, at: dt.datetime) -> typing.Self:
        return self.unfinished().filter(heard_at__lte=at - dt.timedelta(seconds=LOST_SECONDS))

    @transaction.atomic
    def claim(self, run_id: int) -> SimilarityRun | None:
        """Take the run to work on it. None: it is done, or somebody else has it."""
        run = self.select_for_update(skip_locked=True, of=("self",)).filter(pk=run_id).first()
        if run is None:
            return None
        try:
            run.state = SimilarityState(SIMILARITY_FLOW.check(run.state, "start"))
        except TransitionNotAllowed:
            return None
        run.attempt += 1
        run.heard_at = run.started_at = clock.now()
        run.done = run.total = 0
        run.save()
        return run

    @transaction.atomic
    def requeue_silent(self) -> list[int]:
        """Put back what nobody has worked on for too long; the ids of all that should be sent again."""
        now, waiting = clock.now(), []
        for run in self.silent(now).select_for_update(skip_locked=True, of=("self",)):
            if run.state == SimilarityState.RUNNING:
                run.losses += 1
                run.state = SIMILARITY_FLOW.check(run.state, "requeue" if run.losses < MOST_LOSSES else "fail")
                run.reason = "" if run.state in UNFINISHED else "比对过程多次意外中断，请与系统管理员联系。"
            run.heard_at = now
            run.save()
            if run.state in UNFINISHED:
                waiting.append(run.pk)
        return waiting


class SimilarityRun(models.Model):
    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="similarity_runs")
    state = models.CharField(_("状态"), max_length=10, choices=SimilarityState, default=SimilarityState.QUEUED)
    # Counts up with every start: what an older attempt brings back is not taken.
    attempt = models.PositiveIntegerField(default=0)
    losses = models.PositiveSmallIntegerField(default=0)
    heard_at = models.DateTimeField(default=clock.now)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    reason = models.CharField(_("原因"), max_length=300, blank=True)
    # Nobody where reports were handed in and the clock has them compared.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField(default=clock.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = SimilarityRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("相似比对")
        ordering = ("-pk",)
        constraints: typing.ClassVar = [
            models.UniqueConstraint(
                fields=["cycle"], condition=Q(state__in=["queued", "running"]), name="one_unfinished_comparison"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle}相似比对"

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED

    def has_rested(self, at: dt.datetime) -> bool:
        """Whether enough time has passed since it ended for the next one to begin by itself."""
        if self.started_at is None or self.finished_at is None:
            return True
        return at >= rests_until(self.started_at, self.finished_at)

    @property
    def per_cent(self) -> int:
        return self.done * 100 // self.total if self.total else 0

    @property
    def progress_label(self) -> str:
        if self.state == SimilarityState.QUEUED:
            return _translate("正在排队，很快开始")
        if not self.total:
            return _translate("正在读取报告")
        return _translate("正在比对第 %(number)d 份，共 %(total)d 份") % {"number": self.done + 1, "total": self.total}

    @property
    def audit_organization(self) -> Organization:
        return self.cycle.committee

    def change(self, verb: str = "", **values: object) -> None:
        """Change the row while the attempt is still its own; this is the fence. Raises AttemptLost."""
        mine = SimilarityRun.objects.filter(pk=self.pk, attempt=self.attempt, state=SimilarityState.RUNNING)
        if verb:
            values["state"] = SIMILARITY_FLOW.check(SimilarityState.RUNNING, verb)
        if not mine.update(heard_at=clock.now(), **values):
            raise AttemptLost


class SimilarityMatchQuerySet(models.QuerySet["SimilarityMatch"]):
    def of_latest(self, cycle: Cycle) -> typing.Self:
        """What the last finished comparison of the cycle found, most similar first."""
        run = cycle.similarity_runs.filter(state=SimilarityState.READY).first()
        found = self.filter(run=run) if run else self.none()
        return found.select_related(
            "version__report__reporter__organization",
            "version__report__reporter__post__person",
            "version__report__reporter__cycle",
            "other__report__reporter__organization",
            "other__report__reporter__post__person",
            "other__report__reporter__cycle",
        ).order_by("-percent", "pk")


class SimilarityMatch(models.Model):
    """`percent` of the text of `version` stands word for word in `other`, this cycle's or the own one of last year."""

    run = models.ForeignKey(SimilarityRun, models.CASCADE, related_name="matches")
    version = models.ForeignKey(ReportVersion, models.CASCADE, related_name="+")
    other = models.ForeignKey(ReportVersion, models.CASCADE, related_name="+")
    is_last_year = models.BooleanField(default=False)
    percent = models.DecimalField(_("相似比例"), max_digits=4, decimal_places=1)
    passages = models.JSONField(default=list)

    objects = SimilarityMatchQuerySet.as_manager()

    class Meta:
        ordering = ("-percent", "pk")

    def __str__(self) -> str:
        return f"{self.version} {self.percent}%"

    @property
    def report(self) -> DutyReport:
        return self.version.report

    @property
    def is_stale(self) -> bool:
        """Whether the report was handed in again since; needs one query."""
        last = self.report.last_version
        return last is not None and last.sha256 != self.version.sha256
