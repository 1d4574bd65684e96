"""What a count deletes leaves the disk too, even when the first try fails; the page says so until then."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry
from config.celery import app
from reviews.actions.ballot_rounds import agree_void, ask_void
from reviews.actions.tallies import count_round
from reviews.models import BallotRound
from reviews.schedule import scrub_waiting_boxes
from tests.reviews.rows_of_ballots import Round, all_marked, make_round, open_up
from tests.world import World

NOTICE = "硬盘上的残留还没有清除干净"


def sealed(world: World) -> Round:
    made = open_up(make_round(world, voters=(6, 6)))
    for letter in ("A", "B"):
        for code in made.slips[letter][:6]:
            made.vote(code, all_marked(made.row, "good"))
    made.seal()
    return made


def count(made: Round) -> BallotRound:
    return count_round(made.fresh(), envelopes=made.envelopes, witnesses="", by=made.clerk)


def page(client: Client, made: Round) -> str:
    client.force_login(made.clerk)
    return client.get(reverse("reviews:round_show", args=[made.row.pk])).content.decode()


def scrubbed(made: Round) -> int:
    return AuditEntry.objects.of(made.fresh()).filter(verb="清除票箱残留").count()


@contextmanager
def another_session(*statements: str) -> Iterator[None]:
    """Somebody else at the same database, in the middle of a transaction, as a backup would be."""
    settings = connection.settings_dict
    other = psycopg2.connect(
        host=settings["HOST"], port=settings["PORT"], dbname=settings["NAME"], user=settings["USER"]
    )
    try:
        with other.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
        yield
    finally:
        other.close()


@pytest.fixture
def on_postgres() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("the files of PostgreSQL")


@pytest.mark.django_db
def test_a_count_whose_server_stops_before_the_scrub_says_so_and_is_caught_up_with(
    client: Client, world: World
) -> None:
    """In a test's transaction nothing that follows a commit is run, as when the power goes just then."""
    made = sealed(world)
    count(made)
    assert made.fresh().awaits_scrub
    assert NOTICE in page(client, made)
    scrub_waiting_boxes()
    assert made.fresh().awaits_scrub, "a VACUUM inside a transaction would do nothing"


@pytest.mark.django_db(transaction=True)
def test_a_count_is_scrubbed_at_once_and_written_down_once(client: Client, world: World) -> None:
    made = sealed(world)
    assert not made.fresh().awaits_scrub
    count(made)
    assert made.fresh().scrubbed_at is not None
    assert scrubbed(made) == 1
    assert NOTICE not in page(client, made)
    scrub_waiting_boxes()
    assert scrubbed(made) == 1


@pytest.mark.django_db(transaction=True)
def test_a_round_that_was_voided_unopened_is_scrubbed_as_well(world: World) -> None:
    made = sealed(world)
    ask_void(made.fresh(), reason="收回多于发出", by=made.clerk)
    agree_void(made.fresh(), redo=False, by=world.user("leader"))
    assert scrubbed(made) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("on_postgres")
def test_a_backup_that_holds_the_table_delays_the_scrub_and_never_the_count(client: Client, world: World) -> None:
    made = sealed(world)
    with another_session("BEGIN", "LOCK reviews_sealedballot IN ACCESS SHARE MODE"):
        row = count(made)
        assert row.output.receipts
        assert made.fresh().scrub_fault == "有别的程序正在读票箱所在的表，例如正在做备份。"
        text = page(client, made)
        assert NOTICE in text
        assert "正在做备份" in text
        scrub_waiting_boxes()
        assert scrubbed(made) == 0
    scrub_waiting_boxes()
    assert not made.fresh().awaits_scrub
    assert made.row.scrub_fault == ""
    assert scrubbed(made) == 1
    assert NOTICE not in page(client, made)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("on_postgres")
def test_rows_that_an_older_snapshot_keeps_alive_are_not_called_gone(world: World) -> None:
    """VACUUM FULL succeeds there and keeps the rows; only a look at the pages tells."""
    made = sealed(world)
    wanted = made.row.slips.values_list("pk", flat=True)[0].encode()
    with another_session("BEGIN ISOLATION LEVEL REPEATABLE READ", "SELECT count(*) FROM accounts_user"):
        count(made)
        assert "较早开始的读取" in made.fresh().scrub_fault
        assert wanted in files_of("reviews_slip")
    scrub_waiting_boxes()
    assert not made.fresh().awaits_scrub
    assert files_of("reviews_slip") == b""
    assert files_of("reviews_sealedballot") == b""


def files_of(table: str) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT pg_read_binary_file(pg_relation_filepath(%s))", [table])
        return bytes(cursor.fetchone()[0])


def test_the_clock_starts_it() -> None:
    jobs = {entry["task"]: entry["schedule"] for entry in app.conf.beat_schedule.values()}
    assert jobs[scrub_waiting_boxes.name] == 60
