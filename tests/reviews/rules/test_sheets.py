import json

import pytest

from reviews.rules.sheets import Sheet, filling_rules
from tests.reviews.rules.sheet_examples import BANDS, GRADES, POINTS, TICKS


def test_the_description_is_the_one_of_the_contract() -> None:
    assert POINTS.as_json() == {
        "title": "评分表",
        "mode": "points",
        "grades": [
            {"code": "good", "label": "好", "points": "100", "min": "90", "max": "100"},
            {"code": "fairly_good", "label": "较好", "points": "80", "min": "80", "max": "89"},
            {"code": "fair", "label": "一般", "points": "60", "min": "70", "max": "79"},
            {"code": "poor", "label": "差", "points": "40", "min": "0", "max": "69"},
        ],
        "items": [{"id": "11", "name": "履行责任", "max": "20"}, {"id": "12", "name": "工作实效", "max": "12.5"}],
        "overall": True,
        "remark": True,
        "remark_max": 500,
        "reporters": [
            {"id": "1", "order": 1, "unit": "甲乡党委", "name": "赵某", "post": "党委书记", "oral": True},
            {
                "id": "2",
                "order": 2,
                "unit": "县一中党委",
                "name": "钱某",
                "post": "党委书记",
                "oral": False,
                "items": [{"id": "21", "name": "学校党建", "max": "100"}],
                "link": "/reports/2/",
            },
        ],
        "rules": ["实名。"],
    }


@pytest.mark.parametrize("sheet", [POINTS, TICKS, BANDS])
def test_a_description_is_read_back_as_it_was(sheet: Sheet) -> None:
    assert Sheet.from_json(json.loads(json.dumps(sheet.as_json()))) == sheet


def test_the_rules_above_a_sheet() -> None:
    assert filling_rules("grade", GRADES, anonymous=True) == (
        "无记名：不写姓名，不作记号。",
        "每人每项从好、较好、一般、差中只选一项；不选为弃权，弃权不计入平均。",
        "大会述职和书面述职的同志都要评。",
    )
