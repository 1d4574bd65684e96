"""提示 → 催办 → 通报 → 约谈 → 预警: what follows when an item is late, and how soon (S-155, S-171; practice.md 3.4)."""

import dataclasses
import datetime as dt
import itertools
from collections.abc import Collection, Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _


class LadderLevel(models.IntegerChoices):
    NOTICE = 0, _("到期提醒")
    PROMPT = 1, _("提示")
    URGE = 2, _("催办")
    CIRCULAR = 3, _("通报")
    TALK = 4, _("约谈")
    WARNING = 5, _("预警")


@dataclasses.dataclass(frozen=True)
class Rung:
    """`days` after the last day in time, negative before it; `reply_days` to answer in, None for no answer due."""

    level: int
    days: int
    reply_days: int | None
    text: str
    automatic: bool = True


# The usual ladder; a committee writes its own for the year. Days of the reply are those of practice.md 3.4.
PRESET = (
    Rung(LadderLevel.NOTICE, -7, None, "该事项即将到期，请对照措施抓紧落实，按时填报进展、申请销号。"),
    Rung(LadderLevel.PROMPT, 1, None, "该事项已经超过承诺的时限，请抓紧整改，及时填报进展。"),
    Rung(LadderLevel.URGE, 8, None, "该事项逾期仍未完成，请查明原因，采取措施，限期完成整改。"),
    Rung(LadderLevel.CIRCULAR, 22, 7, "该事项长时间逾期，予以通报，请在规定期限内完成整改并书面报告。"),
    Rung(
        LadderLevel.TALK, 36, 3, "就该事项整改不力约谈责任人，请在规定期限内说明情况、提出整改措施。", automatic=False
    ),
    Rung(LadderLevel.WARNING, 50, 3, "该事项经多次督促仍未完成整改，予以预警，考核时从严掌握。", automatic=False),
)


class LadderRefused(Exception):
    """The step cannot be taken; `str(error)` says why."""


def due_rung(rungs: Sequence[Rung], *, due_date: dt.date, today: dt.date, taken: Collection[int]) -> Rung | None:
    """The rung the clock takes today: the highest automatic one whose day has come, unless it or a higher was taken.

    A missed day costs nothing, and nobody gets two sheets on one day.
    """
    reached = [rung for rung in rungs if rung.automatic and today >= due_date + dt.timedelta(days=rung.days)]
    if not reached:
        return None
    rung = max(reached, key=lambda each: each.level)
    return None if taken and max(taken) >= rung.level else rung


def check_order(rungs: Sequence[Rung]) -> list[str]:
    """What is wrong with a ladder, in sentences: a higher rung comes no sooner than a lower one."""
    ordered = sorted(rungs, key=lambda rung: rung.level)
    return [
        f"“{LadderLevel(after.level).label}”不能早于“{LadderLevel(before.level).label}”。"
        for before, after in itertools.pairwise(ordered)
        if after.days < before.days
    ]


def sheet_title(level: int) -> str:
    """提示单, 催办单 …; the reminder before the day is a 提醒单."""
    return {LadderLevel.NOTICE: "提醒单"}.get(LadderLevel(level), f"{LadderLevel(level).label}单")
