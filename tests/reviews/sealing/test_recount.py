"""What was sealed before recounts to this day: the file was written by the count of format 1."""

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

from reviews.sealing import recount

OLD = Path(__file__).with_name("ballot-output-format-1.json")
KEY = "e5fec0af8d1c0873719c0e0f893e2b8529b9928ee9e92b1acadd47622c2457ef"


def test_an_output_of_the_first_format_recounts(capsys) -> None:
    assert json.loads(json.loads(OLD.read_text())["text"])["format"] == 1
    assert recount.main([str(OLD), "--key", KEY]) == 0
    said = capsys.readouterr().out
    assert "核对无误：签名、票数、验票码都相符。" in said
    assert "无效" not in said.split("\n\n", 1)[1]


def test_a_void_line_is_printed_and_left_out_of_the_mean() -> None:
    grades = [{"code": "good", "label": "好", "points": "100"}, {"code": "poor", "label": "差", "points": "40"}]
    votes = Counter({"good": 2, "poor": 1, "void": 3, "": 4})
    assert recount.mean({"grades": grades}, votes) == Decimal("80.00")
    assert recount.mean({"grades": grades}, Counter({"void": 3, "": 1})) is None


def test_the_program_needs_nothing_of_ours() -> None:
    lines = Path(recount.__file__).read_text().splitlines()
    imports = {line.split()[1].split(".")[0] for line in lines if line.startswith(("import ", "from "))}
    assert imports == {"argparse", "hashlib", "json", "sys", "collections", "decimal"}
