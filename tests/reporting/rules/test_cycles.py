from reporting.rules.cycles import nearness


def test_the_year_under_way_comes_before_one_that_was_opened_early() -> None:
    years = [2025, 2027, 2026, 2024]
    assert sorted(years, key=lambda year: nearness(year, 2026)) == [2026, 2025, 2024, 2027]
