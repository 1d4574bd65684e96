import datetime as dt

import pytest

from accounts.rules.proofs import is_fresh

NOON = dt.datetime(2027, 1, 5, 12, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("minutes_ago", "minutes", "expected"),
    [
        (0, 15, True),
        (15, 15, True),
        (16, 15, False),
        (-1, 15, False),
        (None, 15, False),
        (None, 0, True),
        (99, 0, True),
    ],
)
def test_a_proof_holds_for_so_many_minutes(minutes_ago: int | None, minutes: int, expected: bool) -> None:
    proved_at = None if minutes_ago is None else NOON - dt.timedelta(minutes=minutes_ago)
    assert is_fresh(proved_at, now=NOON, minutes=minutes) is expected
