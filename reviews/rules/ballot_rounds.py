"""A round of anonymous ballots: its states, and what must balance before it goes on (S-121, quality.md 2)."""

import dataclasses
from collections.abc import Iterable, Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.flow import Flow

SMALLEST_GROUP = 5  # below so many ballots a category is merged before anybody sees numbers
LEAST_SMALLEST_GROUP = 3
GRACE_SECONDS = 120


class BallotError(Exception):
    """A sentence for the person in front of the screen; nothing was changed."""


class KeyMode(models.TextChoices):
    SIMPLE = "simple", _("简易模式（一个密钥信封）")
    ENVELOPES = "envelopes", _("三信封模式（三个信封凑齐两个才能开箱）")


class RoundState(models.TextChoices):
    SETUP = "setup", _("筹备中")
    KEYED = "keyed", _("密钥已封存")
    PRINTED = "printed", _("测评码已印制")
    ISSUED = "issued", _("测评码已发放")
    OPEN = "open", _("正在投票")
    CLOSING = "closing", _("即将截止")
    SEALED = "sealed", _("已封箱")
    COUNTED = "counted", _("已计票")
    DESTROYED = "destroyed", _("密钥已销毁")
    VOID = "void", _("已作废")


ACCEPTING = frozenset({RoundState.OPEN, RoundState.CLOSING})
TALLIED = frozenset({RoundState.COUNTED, RoundState.DESTROYED})
BEFORE_VOTING = frozenset({RoundState.SETUP, RoundState.KEYED, RoundState.PRINTED, RoundState.ISSUED})

ROUND_FLOW = Flow(
    "ballot_round",
    {
        "edit": ([RoundState.SETUP], RoundState.SETUP),
        "make_keys": ([RoundState.SETUP, RoundState.KEYED], RoundState.KEYED),
        "print_slips": ([RoundState.KEYED, RoundState.PRINTED], RoundState.PRINTED),
        "settle_issue": ([RoundState.PRINTED, RoundState.ISSUED], RoundState.ISSUED),
        "open": ([RoundState.ISSUED], RoundState.OPEN),
        "close": ([RoundState.OPEN], RoundState.CLOSING),
        "resume": ([RoundState.CLOSING], RoundState.OPEN),
        "seal": ([RoundState.CLOSING], RoundState.SEALED),
        "count": ([RoundState.SEALED], RoundState.COUNTED),
        "destroy": ([RoundState.COUNTED], RoundState.DESTROYED),
        "void": ([state for state in RoundState if state != RoundState.VOID], RoundState.VOID),
    },
)


@dataclasses.dataclass(frozen=True)
class SlipCounts:
    """What became of the slips of one pile; `name` as people call it."""

    name: str
    printed: int
    issued: int
    unissued: int
    spoiled: int
    unissued_voided: int


def issue_faults(piles: Iterable[SlipCounts]) -> list[str]:
    """Why voting cannot open yet: 印制 = 发出 + 未发 + 作废, and no unissued code may still be used."""
    faults = []
    for pile in piles:
        sum_ = pile.issued + pile.unissued + pile.spoiled
        if pile.printed != sum_:
            faults.append(
                f"{pile.name}印制{pile.printed}张，发出{pile.issued}、未发{pile.unissued}、作废{pile.spoiled}"
                f"合计{sum_}张，相差{abs(pile.printed - sum_)}张。"
            )
        elif pile.unissued_voided != pile.unissued:
            faults.append(
                f"{pile.name}未发{pile.unissued}张，已逐张扫码注销{pile.unissued_voided}张，"
                f"{'还要注销' if pile.unissued_voided < pile.unissued else '多注销了'}"
                f"{abs(pile.unissued - pile.unissued_voided)}张。"
            )
    return faults


def quorum_fault(expected: int | None, present: int | None) -> str:
    """Why the vote cannot be held: 实到 > 应到半数 (practice.md 3.3). Empty when it can."""
    if expected is None or present is None:
        return "请先填写应到和实到人数。"
    if present > expected:
        return f"实到{present}人多于应到{expected}人，请核对。"
    if present * 2 <= expected:
        return f"应到{expected}人，实到{present}人，没有超过半数，不能进行测评。"
    return ""


def present_fault(present: int, piles: Sequence[SlipCounts]) -> str:
    """Nobody gets two slips."""
    issued = sum(pile.issued for pile in piles)
    return f"发出{issued}张，多于实到{present}人，请核对。" if issued > present else ""


def returned_fault(name: str, issued: int, returned: int) -> str:
    """收回 > 发出: the vote is void and is held again."""
    if returned > issued:
        return f"{name}发出{issued}张，收回{returned}张，收回多于发出，本轮测评无效，应作废重投。"
    return ""
