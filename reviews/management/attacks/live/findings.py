"""What was looked at and what an attacker could get from it, in a sentence."""

from __future__ import annotations

import dataclasses
import enum
import functools
from collections.abc import Callable, Iterator

from django.db import DatabaseError, connection

from reviews.models import BallotRound


class Verdict(enum.Enum):
    """`ORDER`: tells in which order sealed ballots came in, which whoever watches the door knows; no content, no name."""

    SAFE = "不比碰运气好"
    ORDER = "只有先后"
    LEAK = "请注意"
    UNSEEN = "没有检查"


@dataclasses.dataclass(frozen=True)
class Finding:
    verdict: Verdict
    text: str


Check = Callable[[BallotRound], Iterator[Finding]]


def careful(check: Check) -> Check:
    """What may not be read is said, and the next look goes on."""

    @functools.wraps(check)
    def looked(round_: BallotRound) -> Iterator[Finding]:
        try:
            yield from list(check(round_))
        except DatabaseError as error:
            words = str(error).strip().splitlines()[0]
            yield Finding(Verdict.UNSEEN, f"{(check.__doc__ or check.__name__).strip()}：数据库没有让看（{words}）。")

    return looked


def rows(query: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, values or None)
        return cursor.fetchall()


def is_postgres() -> bool:
    return bool(connection.vendor == "postgresql")
