"""docs/requirements.md lists every row once, and whatever is ticked names pages that exist."""

import re
from pathlib import Path

from django.urls import get_resolver

from tests.test_access import _names

TEXT = (Path(__file__).parents[2] / "docs" / "requirements.md").read_text()
ROWS = re.findall(r"^\| (☐|☑) \| (S-\d+) \| .+ \| (核心|应有|可选) \| (.*) \|$", TEXT, flags=re.MULTILINE)


def test_every_row_is_listed_once_in_order() -> None:
    assert [number for _, number, _, _ in ROWS] == [f"S-{n:02d}" for n in range(1, 231)]


def test_whatever_is_ticked_says_where_and_whatever_is_not_says_nothing() -> None:
    assert [number for tick, number, _, where in ROWS if (tick == "☑") != bool(where)] == []


def test_the_pages_named_exist() -> None:
    named = {name for _, _, _, where in ROWS for name in re.findall(r"`(\w+:\w+)`", where)}
    assert named - set(_names(get_resolver())) == set()
