"""What the meeting named and what may become of it (S-111 to S-115)."""

from collections.abc import Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _

from reviews.rules.meetings import MeetingError


class FindingRefusedError(MeetingError):
    """It cannot become a problem, or not yet; `str(error)` says why."""


class FindingKind(models.TextChoices):
    COMMENT = "comment", _("点评指出的问题")
    QUESTION = "question", _("现场提问")
    SPEECH = "speech", _("上级点评讲话")
    REMARK = "remark", _("意见建议")


def guess_category(text: str, names: Sequence[str]) -> str:
    """The category that shares most pairs of characters with the text; empty where none shares any.

    A preset to be looked at, nothing more: 责任落得不够实 → 责任落实.
    """
    pairs = {text[place : place + 2] for place in range(len(text) - 1)}
    shared = {name: sum(name[place : place + 2] in pairs for place in range(len(name) - 1)) for name in names}
    best = max(shared, key=lambda name: shared[name], default="")
    return best if best and shared[best] else ""
