"""The attacks find what is planted, and nothing in the real design."""

import secrets
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from reviews.management.attacks.evidence import condense, order_in
from reviews.management.attacks.linking import Attack, all_attacks, chance_line, rate, relation, relation_line
from reviews.management.attacks.pages import table_bytes, taken_apart, versions_of
from reviews.management.attacks.planted import DESIGNS, EXTENSIONS, add_extensions
from reviews.management.attacks.run import MOST_HALLS, Outcome, insist, run_attacks


@pytest.fixture
def on_postgres() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("what is attacked are the system columns and files of PostgreSQL")


@pytest.fixture
def extensions(on_postgres: None, transactional_db: None) -> Iterator[None]:
    add_extensions()
    yield
    with connection.cursor() as cursor:
        for name in EXTENSIONS:
            cursor.execute(f"DROP EXTENSION IF EXISTS {name}")


def shuffled(count: int) -> list[int]:
    return secrets.SystemRandom().sample(range(count), count)


def test_an_order_that_follows_another_links_everybody_in_both_directions() -> None:
    order = list(range(300))
    assert rate(order, order, 300) == rate(order, order[::-1], 300) == 1
    assert rate([1, 0, 3, 2], [0, 1, 2, 3], 4) == 0
    assert rate([], order, 300) == 0


def test_the_line_is_chance_and_three_standard_deviations() -> None:
    assert chance_line(300) == pytest.approx(4 / 300)
    assert Attack("x", 5 / 300, 300).succeeds
    assert not Attack("x", 4 / 300, 300).succeeds


def test_an_order_that_is_right_only_by_and_large_is_told_though_it_hits_nobody() -> None:
    order = list(range(300))
    moved = [*order[1:], 0]
    assert rate(order, moved, 300) < chance_line(300)
    assert relation(order, moved) == pytest.approx(1 - 6 * (299 + 299**2) / (300 * (300**2 - 1)))
    (attack,) = all_attacks({"time": order}, {"rows": moved}, 300)
    assert attack.succeeds
    assert relation(order, order[::-1]) == -1
    assert relation_line(10) == 1


def test_the_same_order_under_another_name_is_the_same_attack() -> None:
    order = shuffled(50)
    attacks = all_attacks({"time": order, "xmin": order[::-1]}, {"rows": order, "none": []}, 50)
    assert [attack.name for attack in attacks] == ["rows × time"]
    assert len(all_attacks({"time": order, "xmin": order}, {"rows": order}, 50, each=True)) == 2


def test_what_works_once_by_luck_is_tried_on_another_hall_and_what_works_always_is_told() -> None:
    order = shuffled(100)
    halls = iter([order, shuffled(100), shuffled(100)])

    lucky = insist(lambda: Outcome({"time": order}, {"rows": next(halls)}, []), 100)
    assert (lucky.lucky, lucky.holds) == (1, True)
    assert lucky.halls in (2, MOST_HALLS)

    always = insist(lambda: Outcome({"time": order}, {"rows": order}, []), 100)
    assert (always.halls, always.holds) == (MOST_HALLS, False)
    assert not insist(lambda: Outcome({}, {"rows": order}, ["开箱前 日志"]), 100).holds


def test_words_are_found_in_the_midst_of_bytes() -> None:
    words = {"remark-00000001": 1, "remark-00000002": 2, "remark-00000003": 3}
    data = b"\x00\x01remark-00000002\xff" + bytes(range(32)) + b"xremark-00000001y short remark-00000002"
    assert order_in(condense(data), words) == [2, 1]
    assert order_in(condense(data), words, last=True) == [1, 2]


@pytest.mark.django_db
def test_sqlite_is_no_ground_for_it() -> None:
    if connection.vendor == "sqlite":
        with pytest.raises(CommandError, match="只在 PostgreSQL"):
            call_command("attack_ballots")


@pytest.mark.usefixtures("extensions")
def test_pages_taken_apart_by_hand_are_what_pageinspect_says() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE planted_page (id int, content text)")
        try:
            cursor.execute("INSERT INTO planted_page SELECT n, repeat('x', 200) || n FROM generate_series(1, 200) n")
            cursor.execute("DELETE FROM planted_page WHERE id % 3 = 0")
            cursor.execute("UPDATE planted_page SET content = 'y' WHERE id < 10")
            cursor.execute("CHECKPOINT")
            seen = versions_of("planted_page")
            assert len(seen) > 100
            assert any(version.xmax for version in seen)
            assert {version.block for version in seen} >= {0, 1}
            assert list(taken_apart(table_bytes("planted_page"))) == seen
        finally:
            cursor.execute("DROP TABLE planted_page")


@pytest.mark.usefixtures("extensions")
def test_nobody_is_linked_to_a_ballot_while_the_planted_designs_fall() -> None:
    report = run_attacks(40)
    assert report.leaks == []
    assert report.holds, [attack for attack in report.attacks if attack.succeeds]
    assert len(report.planted) >= len(DESIGNS)
    assert report.planted_falls, report.planted
    assert report.pairs > 300
    assert len(report.attacks) > 20
