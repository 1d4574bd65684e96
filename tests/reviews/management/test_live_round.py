"""An auditor looks at a round that is under way: the real one gives nothing away, each planted fault is named."""

import io
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection

from reviews.actions.tallies import count_round
from reviews.management.attacks.hall import Hall, set_up, shut, vote
from reviews.management.attacks.live.audit import audit_round, read_only
from reviews.management.attacks.live.findings import Verdict
from reviews.management.attacks.live.orders import in_step
from reviews.models import BallotRound

VOTERS = 40
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def hall() -> Hall:
    return set_up(VOTERS)


def order(hall: Hall) -> list:
    return secrets.SystemRandom().sample(hall.voters, len(hall.voters))


def leaks(hall: Hall, *logs: Path) -> list[str]:
    row = BallotRound.objects.get(pk=hall.round.pk)
    return [finding.text for finding in audit_round(row, logs=list(logs)) if finding.verdict == Verdict.LEAK]


def said(*arguments: str) -> str:
    out = io.StringIO()
    call_command("attack_ballots", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def on_postgres() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("system columns of PostgreSQL")


@pytest.fixture
def planted_table(on_postgres: None) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE planted_seen (id bigserial PRIMARY KEY, who text)")
    yield "planted_seen"
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE planted_seen CASCADE")
        cursor.execute("DROP FUNCTION IF EXISTS planted_note() CASCADE")


def test_a_real_round_gives_nothing_away_in_any_state(hall: Hall) -> None:
    assert leaks(hall) == []
    vote(hall, order(hall))
    assert leaks(hall) == []
    text = said("--round", str(hall.round.pk))
    assert "只读检查" in text
    assert "0项请注意" in text
    assert "不知道任何人投了什么" in text
    shut(hall)
    count_round(hall.round, envelopes=hall.envelopes[:2], witnesses="", by=hall.clerk)
    assert leaks(hall) == []
    assert f"验票码{VOTERS}个，按字母排序" in said("--round", "0")


def test_the_figures_of_a_round_on_postgres(on_postgres: None, hall: Hall) -> None:
    vote(hall, order(hall))
    text = said("--round", str(hall.round.pk))
    assert f"票箱{VOTERS}行分属{VOTERS}个事务，这些事务没有写过别的表" in text
    assert "投票期间没有写过别的表" in text
    assert f"{VOTERS}个测评码的收票先后" in text


def test_nothing_can_be_written_while_it_looks(hall: Hall) -> None:
    with read_only(), pytest.raises(DatabaseError):
        BallotRound.objects.filter(pk=hall.round.pk).update(title="改")
    BallotRound.objects.filter(pk=hall.round.pk).update(title="改")


def test_a_round_that_is_not_there_is_said(hall: Hall) -> None:
    with pytest.raises(CommandError, match="没有这一轮"):
        said("--round", str(hall.round.pk + 1))


def test_a_row_written_together_with_each_ballot_is_named(planted_table: str, hall: Hall) -> None:
    """As a trigger does it, which is named as well."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION planted_note() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN INSERT INTO planted_seen (who) VALUES ('x'); RETURN NEW; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER planted_trigger AFTER INSERT ON reviews_sealedballot "
            "FOR EACH ROW EXECUTE FUNCTION planted_note()"
        )
    vote(hall, order(hall))
    found = "".join(leaks(hall))
    assert f"planted_seen有{VOTERS}行" in found
    assert "trigger planted_trigger" in found


def test_a_row_written_after_each_ballot_is_named(planted_table: str, hall: Hall) -> None:
    for voter in order(hall):
        vote(hall, [voter])
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO planted_seen (who) VALUES (%s)", [f"人员{voter.number}"])
    (found,) = leaks(hall)
    assert "planted_seen（相邻两票之间恰有一行的占100%" in found


def test_rows_that_come_now_and_then_are_not(planted_table: str, hall: Hall) -> None:
    for voter in order(hall):
        vote(hall, [voter])
        with connection.cursor() as cursor:
            for _ in range(3 if voter.number % 4 == 0 else 0):
                cursor.execute("INSERT INTO planted_seen (who) VALUES ('别的事')")
    assert leaks(hall) == []


def test_a_column_that_somebody_added_is_named(on_postgres: None, hall: Hall) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE reviews_sealedballot ADD COLUMN seen_at timestamptz DEFAULT now()")
    try:
        found = "".join(leaks(hall))
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE reviews_sealedballot DROP COLUMN seen_at")
    assert "本系统没有的列：reviews_sealedballot.seen_at" in found
    assert "可以排出先后" in found


def test_a_submission_in_another_table_and_in_redis_is_named(planted_table: str, hall: Hall, settings) -> None:
    vote(hall, order(hall))
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO planted_seen (who) VALUES (%s)", [f"甲 {hall.voters[3].submission} 12:01"])
    assert "planted_seen.who" in "".join(leaks(hall))
    client = redis.Redis.from_url(settings.REDIS_URL)
    client.set("planted", hall.voters[5].submission, ex=60)
    try:
        assert "Redis里有票箱的提交号" in "".join(leaks(hall))
    finally:
        client.delete("planted")


def test_a_log_of_requests_with_addresses_is_named_and_one_of_the_database_gives_an_order(
    hall: Hall, tmp_path: Path
) -> None:
    vote(hall, order(hall))
    access, statements, quiet = (tmp_path / name for name in ("access.log", "postgresql.log", "quiet.log"))
    access.write_text("".join(f'10.0.0.{n} - [x] "POST /ballots/ HTTP/1.1" 200\n' for n in range(VOTERS)))
    statements.write_text("".join(f"LOG: INSERT INTO x VALUES ('{v.submission}')\n" for v in hall.voters))
    quiet.write_text("started\n")
    (found,) = leaks(hall, access, statements, quiet)
    assert "access.log记了40次投票请求和40个网络地址" in found
    logs = [word for path in (statements, quiet, tmp_path / "none") for word in ("--log", str(path))]
    text = said("--round", "0", *logs)
    assert "[只有先后] postgresql.log里有提交号" in text
    assert "[不比碰运气好] quiet.log（8字节）没有投票请求" in text
    assert "none读不了" in text


@pytest.mark.parametrize(
    ("others", "is_told"), [(list(range(15, 215, 10)), True), (list(range(11, 51)), False), ([], False)]
)
def test_in_step_means_one_row_between_two_ballots(others: list[int], is_told: bool) -> None:
    share, line = in_step(list(range(10, 220, 10)), others)
    assert (share > line) is is_told
