import pytest

from accounts.rules.classes import OrganizationRank, change_of, rank_of


@pytest.mark.parametrize(
    ("typed", "rank"),
    [
        ("中间", "ordinary"),
        ("一般", "ordinary"),
        (" 先进 ", "advanced"),
        ("后进", "lagging"),
        ("lagging", "lagging"),
        ("好", "好"),
    ],
)
def test_a_class_is_known_by_code_name_and_alias(typed: str, rank: str) -> None:
    assert rank_of(typed) == rank


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [
        ("lagging", "ordinary", "up"),
        ("ordinary", "advanced", "up"),
        ("advanced", "lagging", "down"),
        ("ordinary", "ordinary", "same"),
        (None, "ordinary", ""),
        ("ordinary", None, ""),
    ],
)
def test_the_change_from_last_year(before: str | None, now: str | None, change: str) -> None:
    assert change_of(before, now) == change


def test_every_class_has_a_place() -> None:
    assert [str(rank.label) for rank in OrganizationRank] == ["先进", "一般", "后进"]
