import pytest

from rectification.rules.parties import PartiesInvalid, party_lines


def test_one_a_line_with_or_without_the_word() -> None:
    assert party_lines("主体：XX镇党委\n\n协同责任: 县民政局 ") == [("main", "XX镇党委"), ("joint", "县民政局")]


@pytest.mark.parametrize("text", ["县民政局", "领导：县民政局", "主体："])
def test_what_cannot_be_read_is_told(text: str) -> None:
    with pytest.raises(PartiesInvalid, match="看不懂"):
        party_lines(text)
