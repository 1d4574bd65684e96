import pytest

from rectification.rules.problems import preset_novelty


@pytest.mark.parametrize(
    ("chosen", "is_linked", "novelty"),
    [("", True, "old"), ("", False, "new"), ("old_new", True, "old_new"), ("new", True, "new")],
)
def test_what_goes_on_from_last_year_is_an_old_problem_unless_judged_otherwise(
    chosen: str, is_linked: bool, novelty: str
) -> None:
    assert preset_novelty(chosen, is_linked=is_linked) == novelty
