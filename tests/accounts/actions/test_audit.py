"""The chain of the trail: every way of tampering that a database administrator has is found."""

import importlib
import threading
from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, connections, transaction

from accounts.actions.audit import record, seal_entries
from accounts.models import AuditEntry, Organization
from accounts.rules.audit import BEGINNING, entry_hash
from tests.factories import make_organization

GUARD = importlib.import_module("accounts.migrations.0003_audit_chain")


def chain(length: int = 5) -> list[AuditEntry]:
    county = make_organization("某县委")
    for number in range(length):
        record(county, "试验", by=None, after={"figure": 1.5, "name": "***"}, note=f"第{number + 1}次")
    seal_entries()
    return list(AuditEntry.objects.sealed())


def verify(head: str | None = None) -> str:
    out = StringIO()
    call_command("verify_audit", head=head, stdout=out)
    return out.getvalue()


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def disarm() -> None:
    """What somebody does first who holds the database."""
    if connection.vendor == "postgresql":
        run("SET CONSTRAINTS ALL IMMEDIATE", f"DROP TRIGGER {GUARD.TABLE}_guard ON {GUARD.TABLE}")
    else:
        run(f"DROP TRIGGER {GUARD.TABLE}_no_update")


def rearm() -> None:
    """And does last, so that nothing seems to have happened."""
    run(GUARD.POSTGRESQL[1] if connection.vendor == "postgresql" else GUARD.NO_UPDATE)


def rehash(entries: list[AuditEntry]) -> None:
    previous = BEGINNING
    for number, entry in enumerate(entries, start=1):
        values = {"number": number, "previous_hash": previous, "hash": entry_hash(number, previous, entry.content)}
        AuditEntry.objects.filter(pk=entry.pk).update(**values)
        previous = values["hash"]


@pytest.mark.django_db
def test_entries_are_chained_in_the_order_they_were_written() -> None:
    entries = chain()
    assert [entry.number for entry in entries] == [1, 2, 3, 4, 5]
    assert [entry.previous_hash for entry in entries] == [BEGINNING, *[entry.hash for entry in entries[:-1]]]
    assert "共 5 条" in verify()
    assert entries[-1].short_hash in verify()


@pytest.mark.django_db
def test_sealing_again_changes_nothing() -> None:
    chain()
    assert seal_entries() == 0


@pytest.mark.django_db
def test_a_deed_seals_what_it_wrote_once_it_is_committed(django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        record(make_organization("某县委"), "试验", by=None)
    assert not AuditEntry.objects.unsealed().exists()


@pytest.mark.django_db
def test_an_entry_that_waits_is_said_and_taken_along_by_the_next() -> None:
    (*_, last) = chain()
    record(Organization.objects.get(), "试验", by=None)
    assert "另有 1 条" in verify()
    assert seal_entries() == 1
    assert AuditEntry.objects.head().previous_hash == last.hash


@pytest.mark.django_db
def test_an_empty_trail_is_whole() -> None:
    assert "还没有" in verify()


# --- the database refuses ------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {t} SET note = 'x' WHERE number = 2",
        "UPDATE {t} SET number = 99 WHERE number = 2",
        "UPDATE {t} SET note = 'x', number = 99 WHERE number IS NULL",
        "UPDATE {t} SET before = '{{}}' WHERE number IS NULL",
        "UPDATE {t} SET is_confidential = true, number = 99 WHERE number IS NULL",
        "DELETE FROM {t} WHERE number = 2",
        "DELETE FROM {t} WHERE number IS NULL",
    ],
)
def test_the_database_neither_changes_nor_deletes_an_entry(statement: str) -> None:
    chain()
    record(Organization.objects.get(), "试验", by=None)
    if connection.vendor == "sqlite":
        run(GUARD.NO_DELETE)  # tests/conftest.py takes it away
    with pytest.raises(IntegrityError, match="only ever added"), transaction.atomic():
        run(statement.format(t=GUARD.TABLE))


# --- whoever gets past the database is found -------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changed",
    [{"note": "改"}, {"actor_name": "别人"}, {"after": {"figure": 2}}, {"subject_id": 7}, {"is_confidential": True}],
)
def test_changed_content_is_found(changed: dict[str, object]) -> None:
    entries = chain()
    disarm()
    AuditEntry.objects.filter(number=3).update(**changed)
    with pytest.raises(CommandError, match=rf"第 3 条（编号 {entries[2].pk}）：内容被改动"):
        verify()


@pytest.mark.django_db
def test_a_deleted_middle_is_found() -> None:
    chain()
    disarm()
    run(f"DELETE FROM {GUARD.TABLE} WHERE number = 3")
    with pytest.raises(CommandError, match=r"第 4 条.*缺少第 3 条"):
        verify()


@pytest.mark.django_db
def test_a_truncated_end_is_found_by_whoever_knows_the_head() -> None:
    (*_, head) = chain()
    disarm()
    run(f"DELETE FROM {GUARD.TABLE} WHERE number >= 4")
    rearm()
    assert "共 3 条" in verify()
    with pytest.raises(CommandError, match="截断或重写"):
        verify(head.short_hash)


@pytest.mark.django_db
def test_a_tail_hashed_anew_is_found_by_whoever_knows_the_head() -> None:
    (*_, head) = chain()
    disarm()
    AuditEntry.objects.filter(number=3).update(note="改")
    rehash(list(AuditEntry.objects.sealed()))
    rearm()
    assert "共 5 条" in verify()
    with pytest.raises(CommandError, match="截断或重写"):
        verify(head.hash)


@pytest.mark.django_db
def test_a_head_written_down_earlier_is_still_there_after_further_deeds() -> None:
    (*_, head) = chain()
    record(Organization.objects.get(), "试验", by=None)
    seal_entries()
    assert "第 5 条" in verify(head.short_hash.upper())


@pytest.mark.django_db
def test_half_a_head_is_not_taken_for_one() -> None:
    with pytest.raises(CommandError, match="至少要 16 位"):
        verify("0123-4567")


@pytest.mark.django_db
def test_a_guard_that_is_gone_is_told_though_the_chain_holds() -> None:
    chain()
    disarm()
    with pytest.raises(CommandError, match="触发器不见了"):
        verify()


# --- many at once ------------------------------------------------------------------------------------


def _at_once(deeds: list[Callable[[], None]]) -> list[Exception]:
    failed: list[Exception] = []

    def work(deed: Callable[[], None]) -> None:
        try:
            deed()
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return failed


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one write at a time")
def test_deeds_that_hold_rows_and_write_twice_neither_block_each_other_nor_fork_the_chain() -> None:
    """Each deed writes an entry, then waits for a row that another deed holds until it has written its own."""
    rows = [make_organization(f"第{number}单位").pk for number in range(4)]

    def deed(number: int) -> Callable[[], None]:
        # Rows are always taken in the same order; between them entries are written.
        mine = sorted({rows[number % 4], rows[(number + 1) % 4]})

        def work() -> None:
            for _ in range(5):
                with transaction.atomic():
                    for pk in mine:
                        locked = Organization.objects.select_for_update().get(pk=pk)
                        record(locked, "试验", by=None, note=str(number))

        return work

    assert _at_once([deed(number) for number in range(8)]) == []
    assert AuditEntry.objects.sealed().count() == 8 * 5 * 2
    assert "共 80 条" in verify()


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
@pytest.mark.parametrize("statement", [f"TRUNCATE {GUARD.TABLE}", "TRUNCATE accounts_organization CASCADE"])
def test_the_trail_cannot_be_emptied(statement: str) -> None:
    chain(2)
    run("SET CONSTRAINTS ALL IMMEDIATE", f"ALTER TABLE {GUARD.TABLE} ENABLE TRIGGER {GUARD.TABLE}_no_truncate")
    with pytest.raises(IntegrityError, match="only ever added"), transaction.atomic():
        run(statement)
    assert AuditEntry.objects.count() == 2
