"""One hall after another votes in the installation; after each everything is read, now and as it was before."""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from config.celery import CLOCK
from reviews.actions.ballot_rounds import close_round, seal_box
from reviews.actions.tallies import count_round
from reviews.management.attacks.evidence import Orders, has_any, order_in, orders_in_rows
from reviews.management.attacks.hall import Hall, known_orders, set_up
from reviews.management.attacks.planted import SHUFFLED, Planted, add_extensions
from reviews.management.attacks.run import (
    AFTER,
    BEFORE,
    Outcome,
    Report,
    all_contents,
    codes,
    collect,
    contents,
    handles,
    insist,
    secrets_of,
    stored_words,
)
from reviews.management.attacks.wal import position
from reviews.models import BallotRemark, SealedBallot
from reviews.sealing.ballots import open_sealed, read_ballot
from reviews.sealing.keys import open_envelopes
from tests.attack.controls import LoggedControl
from tests.attack.phones import Crowd
from tests.attack.servers import Cluster
from tests.attack.trails import DATABASE_LOG, Trails, dumped_commits

MIDWAY, CLOSED, SEALED, COUNTED, FINISHED = "投票中途", "截止后", "封箱后", "计票提交的一刻", "清除残留后"
Say = Callable[[str], None]


def told_since(log: Path, size: int) -> int:
    """Lines, without those of the clock's jobs: they come every minute, whoever votes."""
    jobs = [job.encode() for job in CLOCK]
    return sum(not any(job in line for job in jobs) for line in log.read_bytes()[size:].splitlines())


@dataclasses.dataclass
class Moment:
    """An instant to which a copy of the database was restored, and how many sealed ballots lay in it."""

    name: str
    target: dict[str, str]
    rows: int = 0


class Story:
    """`report` after `run`; `facts` are the sentences that say what was seen on the way."""

    def __init__(self, trails: Trails, port: int, voters: int, say: Say) -> None:
        self.trails, self.cluster, self.port, self.voters, self.say = trails, trails.cluster, port, voters, say
        self.planted: dict[str, float] = {}
        self.collusion = 0.0

    def run(self) -> Report:
        call_command("migrate", verbosity=0)
        add_extensions()
        report = insist(self._hold_hall, self.voters)
        report.planted = self.planted
        return report

    def _hold_hall(self) -> Outcome:
        since, base = position(), self.cluster.back_up()
        hall = set_up(self.voters)
        crowd = Crowd(hall, self.port)
        controls = None if self.planted else (Planted(self.voters), LoggedControl(self.voters))
        moments = self._vote(hall, crowd, controls)
        outcome = Outcome({}, {}, [])
        with unheard():
            self._look_before(hall, crowd, since, outcome)
        moments += self._count(hall, controls)
        outcome.known |= known_orders(crowd.order)
        with unheard():
            outcome.known |= collect(AFTER, handles(hall), since=since)
            outcome.found |= collect(AFTER, contents(hall), since=since)
            self._look_outside(hall, crowd, outcome)
            if controls:
                self.planted |= controls[0].rates() | controls[1].rates(self.trails)
        for moment in moments:
            with self.cluster.restored(base, moment.target) as port, looking_at(port):
                self._look_back(hall, moment, outcome)
        return outcome

    def _vote(self, hall: Hall, crowd: Crowd, controls: tuple[Planted, LoggedControl] | None) -> list[Moment]:
        """Half of the hall, a mark in the log, the other half, the call to close; the controls vote beside them."""
        order = secrets.SystemRandom().sample(crowd.phones, self.voters)
        half = self.voters // 2
        written = {name: path.stat().st_size for name, path in self.trails.logs.items()}
        for control in controls or ():
            control.set_up()
        for part, name in ((order[:half], MIDWAY), (order[half:], CLOSED)):
            crowd.vote(part)
            for control in controls or ():
                control.vote([phone.voter.number for phone in part])
            if name == CLOSED:
                close_round(hall.round, by=hall.clerk)
            self._mark(hall, name)
        grown = {name: told_since(path, written[name]) for name, path in self.trails.logs.items()}
        self.say(
            f"{self.voters}人用{crowd.requests}次请求投完；其间程序日志新增："
            + "，".join(f"{n}{k}行" for n, k in grown.items())
            + "（定时任务的不算）"
        )
        self.grown = grown
        return [self._moment(hall, name) for name in (MIDWAY, CLOSED)]

    def _look_before(self, hall: Hall, crowd: Crowd, since: str, outcome: Outcome) -> None:
        outcome.known |= collect(BEFORE, handles(hall), since=since)
        outcome.found |= collect(BEFORE, contents(hall), since=since)
        closed = codes(hall) + all_contents(hall)
        outcome.leaks += stored_words(BEFORE, closed)
        outcome.leaks += [f"{BEFORE} {name}" for name in self.trails.with_any(closed + traces(crowd))]
        outcome.leaks += [f"{BEFORE} 归档日志"] if has_any(self.trails.archived(), closed + traces(crowd)) else []

    def _count(self, hall: Hall, controls: tuple[Planted, LoggedControl] | None) -> list[Moment]:
        hall.round = seal_box(hall.round, by=hall.clerk)
        self._mark(hall, SEALED)
        if controls:
            controls[0].hide()
        hall.round = count_round(hall.round, envelopes=hall.envelopes[:2], witnesses="", by=hall.clerk)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT max(xmin::text::bigint) FROM {BallotRemark._meta.db_table} WHERE round_id = %s",
                [hall.round.pk],
            )
            (transaction,) = cursor.fetchone()
        self._mark(hall, FINISHED)
        counted = Moment(COUNTED, {"recovery_target_xid": str(transaction)})
        return [self._moment(hall, SEALED), counted, self._moment(hall, FINISHED)]

    def _look_outside(self, hall: Hall, crowd: Crowd, outcome: Outcome) -> None:
        """Logs, Redis, folders and the archive, over the whole of the round."""
        outcome.leaks += [f"全程 {name}" for name in self.trails.with_any(codes(hall) + traces(crowd))]
        # The database's log tells every statement here; those of the count hold receipts and remarks, in whatever order.
        others = self.trails.with_any(secrets_of(hall), without=[DATABASE_LOG])
        outcome.leaks += [f"全程 {name}" for name in others]
        outcome.leaks += [f"{name}日志逐次记录投票" for name, lines in self.grown.items() if lines >= self.voters / 2]
        archived = self.trails.archived()
        outcome.leaks += ["归档日志"] if has_any(archived, codes(hall) + traces(crowd)) else []
        for kind, words in contents(hall).items():
            outcome.found |= {f"{AFTER} {kind}: {name}": order for name, order in self.trails.orders(words).items()}
            for end in ("first", "last"):
                outcome.found[f"归档日志 {kind}, {end}"] = order_in(archived, words, last=end == "last")
        for kind, words in handles(hall).items():
            outcome.known |= {f"{kind}: {name}": order for name, order in self.trails.orders(words).items()}

    def _look_back(self, hall: Hall, moment: Moment, outcome: Outcome) -> None:
        moment.rows = SealedBallot.objects.filter(round=hall.round).count()
        when = f"恢复到{moment.name}"
        outcome.known |= collect(when, handles(hall), since="")
        outcome.found |= collect(when, contents(hall), since="")
        is_opened = moment.name in (COUNTED, FINISHED)
        outcome.leaks += stored_words(when, codes(hall) + ([] if is_opened else all_contents(hall)))
        self.say(f"恢复到{moment.name}：票箱{moment.rows}行。")
        if moment.name == CLOSED and SHUFFLED_FROM_BACKUP not in self.planted:
            control = Planted(self.voters)
            self.planted[SHUFFLED_FROM_BACKUP] = control.rate(SHUFFLED, orders_in_rows)
        if moment.name == SEALED:
            outcome.known[f"{when} pg_waldump"] = self._by_dumped_commits(hall)
            self.collusion = opened_by_thieves(hall)

    def _by_dumped_commits(self, hall: Hall) -> list[int]:
        """Voters by the moment at which, says pg_waldump, their row was committed."""
        moments = dumped_commits(self.cluster)
        whose = handles(hall)["submissions"]
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT submission, xmin::text::bigint FROM {SealedBallot._meta.db_table} WHERE round_id = %s",
                [hall.round.pk],
            )
            rows = sorted((moments.get(xid, ""), whose[submission]) for submission, xid in cursor.fetchall())
        return list(dict.fromkeys(number for _moment, number in rows))

    def _mark(self, hall: Hall, name: str) -> None:
        """And a new segment of the log: those of before hold nothing that came later."""
        self.cluster.mark(f"{hall.round.pk} {name}")
        self.cluster.archive_all()

    @staticmethod
    def _moment(hall: Hall, name: str) -> Moment:
        return Moment(name, {"recovery_target_name": f"{hall.round.pk} {name}"})


SHUFFLED_FROM_BACKUP = "截止后打乱装进新表，按恢复到截止时的数据库"


def opened_by_thieves(hall: Hall) -> float:
    """What nothing protects from: two envelopes, the box out of a backup, and the network's record of who sent what."""
    key = open_envelopes(hall.envelopes[:2], hall.round.public_key)
    rows = SealedBallot.objects.filter(round=hall.round).values_list("submission", "ciphertext")
    box = {submission: bytes(sealed) for submission, sealed in rows}
    named = 0
    for voter in hall.voters:
        ballot = read_ballot(hall.round.description, open_sealed(box[voter.submission], key))
        named += ballot.receipt == voter.receipt
    return named / len(hall.voters)


def traces(crowd: Crowd) -> list[str]:
    """What tells a phone: its address and the mark in its cookie and its browser's name."""
    return [word for phone in crowd.phones for word in (phone.address, phone.mark)]


@contextmanager
def unheard() -> Iterator[None]:
    """What we ask ourselves stays out of the database's log: our questions name what we look for."""
    with connection.cursor() as cursor:
        cursor.execute("SET log_statement = 'none'")
        cursor.execute("SET log_duration = 'off'")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET log_statement")
            cursor.execute("RESET log_duration")


@contextmanager
def looking_at(port: int) -> Iterator[None]:
    """Django's connection leads to another server meanwhile."""
    usual = connection.settings_dict["PORT"]
    connection.close()
    connection.settings_dict["PORT"] = port
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["PORT"] = usual


def tell(folder: Path, cluster: Cluster) -> str:
    return f"{cluster.program('postgres', '--version').strip()}，{folder}"


__all__ = ["Orders", "Story", "tell"]
