import datetime as dt

from rectification.rules.standing_checks import quarter_of, quarters_due


def test_from_the_quarter_after_the_promise_to_the_one_under_way() -> None:
    assert quarter_of(dt.date(2026, 12, 31)) == (2026, 4)
    assert quarters_due(dt.date(2026, 2, 10), dt.date(2026, 3, 31)) == []
    assert quarters_due(dt.date(2026, 2, 10), dt.date(2027, 1, 1)) == [(2026, 2), (2026, 3), (2026, 4), (2027, 1)]
