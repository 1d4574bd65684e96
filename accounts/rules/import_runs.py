"""The states of an uploaded file, which is read, compared and then written, at once or as a job of a minute."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from common.flow import Flow

DIRECT_ROWS = 300  # so many are compared and written while the page waits
DIRECT_BYTES = 512 * 1024  # so much, unpacked, is read while the page waits
MOST_ROWS = 10_000  # of one table
HEARTBEAT_SECONDS = 2
LOST_SECONDS = 60  # after so long without a word somebody else takes over
MOST_LOSSES = 3


class ImportState(TextChoices):
    RECEIVED = "received", _("等待读取")
    READING = "reading", _("读取中")
    QUEUED = "queued", _("等待核对")
    COMPARING = "comparing", _("核对中")
    COMPARED = "compared", _("已核对")
    CONFIRMED = "confirmed", _("等待写入")
    WRITING = "writing", _("写入中")
    WRITTEN = "written", _("已导入")
    FAILED = "failed", _("未能完成")


WAITING = frozenset({ImportState.RECEIVED, ImportState.QUEUED, ImportState.CONFIRMED})
WORKED_ON = frozenset({ImportState.READING, ImportState.COMPARING, ImportState.WRITING})
UNFINISHED = WAITING | WORKED_ON

IMPORT_FLOW = Flow(
    "import",
    {
        "read": ((ImportState.RECEIVED,), ImportState.READING),
        "compare": ((ImportState.READING,), ImportState.COMPARING),
        "start": ((ImportState.QUEUED,), ImportState.COMPARING),
        "show": ((ImportState.COMPARING,), ImportState.COMPARED),
        "confirm": ((ImportState.COMPARED,), ImportState.CONFIRMED),
        "write": ((ImportState.CONFIRMED,), ImportState.WRITING),
        "finish": ((ImportState.WRITING,), ImportState.WRITTEN),
        # The register has moved on since it was looked at: compared afresh, nothing written.
        "look_again": ((ImportState.WRITING,), ImportState.QUEUED),
        "requeue_reading": ((ImportState.READING,), ImportState.RECEIVED),
        "requeue_comparing": ((ImportState.COMPARING,), ImportState.QUEUED),
        "requeue_writing": ((ImportState.WRITING,), ImportState.CONFIRMED),
        "fail": ((ImportState.READING, ImportState.COMPARING, ImportState.WRITING), ImportState.FAILED),
    },
)
