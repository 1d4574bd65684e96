"""The states of a comparison of all reports of a cycle, which is a job of minutes (S-76)."""

import datetime as dt

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from common.flow import Flow

LOST_SECONDS = 60  # after so long without a word somebody else takes over
MOST_LOSSES = 3
REST = 9  # times as long as it took: comparing by itself never takes more than a tenth of one core


class SimilarityState(TextChoices):
    QUEUED = "queued", _("排队中")
    RUNNING = "running", _("比对中")
    READY = "ready", _("已完成")
    FAILED = "failed", _("未能完成")


UNFINISHED = frozenset({SimilarityState.QUEUED, SimilarityState.RUNNING})


def rests_until(started: dt.datetime, finished: dt.datetime) -> dt.datetime:
    """When reports handed in meanwhile are compared again without being asked for."""
    return finished + REST * (finished - started)


SIMILARITY_FLOW = Flow(
    "similarity",
    {
        "start": ((SimilarityState.QUEUED,), SimilarityState.RUNNING),
        "requeue": ((SimilarityState.RUNNING,), SimilarityState.QUEUED),
        "finish": ((SimilarityState.RUNNING,), SimilarityState.READY),
        "fail": ((SimilarityState.RUNNING,), SimilarityState.FAILED),
    },
)
