"""The states of a document and what leads from one to another."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from common.flow import Flow

HEARTBEAT_SECONDS = 3  # how often whoever renders a document says so
LOST_SECONDS = 15  # after so long without a word somebody else takes over
MOST_LOSSES = 5  # a document that ends its worker so often is not sent a sixth time


class DocumentState(TextChoices):
    QUEUED = "queued", _("排队中")
    RENDERING = "rendering", _("生成中")
    READY = "ready", _("已生成")
    FAILED = "failed", _("生成失败")


UNFINISHED = frozenset({DocumentState.QUEUED, DocumentState.RENDERING})

DOCUMENT_FLOW = Flow(
    "document",
    {
        "start": ((DocumentState.QUEUED,), DocumentState.RENDERING),
        "requeue": ((DocumentState.RENDERING,), DocumentState.QUEUED),
        "finish": ((DocumentState.RENDERING,), DocumentState.READY),
        "fail": ((DocumentState.RENDERING,), DocumentState.FAILED),
        "retry": ((DocumentState.FAILED,), DocumentState.QUEUED),
    },
)
