"""The attacks find what is planted, and nothing in the real design."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from reviews.management.attacks.linking import Attack, chance_line, rate
from reviews.management.attacks.run import run_attacks


def test_an_order_that_follows_another_links_everybody_in_both_directions() -> None:
    order = list(range(300))
    assert rate(order, order, 300) == rate(order, order[::-1], 300) == 1
    assert rate([1, 0, 3, 2], [0, 1, 2, 3], 4) == 0
    assert rate([], order, 300) == 0


def test_the_line_is_chance_and_three_standard_deviations() -> None:
    assert chance_line(300) == pytest.approx(4 / 300)
    assert Attack("x", 5 / 300, 300).succeeds
    assert not Attack("x", 4 / 300, 300).succeeds


@pytest.mark.django_db
def test_sqlite_is_no_ground_for_it() -> None:
    if connection.vendor == "sqlite":
        with pytest.raises(CommandError, match="只在 PostgreSQL"):
            call_command("attack_ballots")


@pytest.mark.django_db(transaction=True)
def test_nobody_is_linked_to_a_ballot_while_the_planted_design_falls() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("what is attacked are the system columns and files of PostgreSQL")
    report = run_attacks(40)
    assert report.leaks == []
    assert report.holds, report.best
    assert report.planted_falls, report.planted
    assert len(report.attacks) > 50
